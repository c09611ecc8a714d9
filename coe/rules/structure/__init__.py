"""What the fields of one document say about each other.

Source: docs/reference/front-matter.md, what each field means and refers to; for action items also Google, The Site
Reliability Workbook, chapter 10: an owner, a priority, and an end that can be seen.
"""
