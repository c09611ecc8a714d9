"""What action items say of themselves: whether they can be done, by when, and how one sees it.

Source: Google, The Site Reliability Workbook, chapter 10: an action item has an owner, a priority, and an end that can
be seen.
"""
