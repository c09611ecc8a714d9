"""What action items say of themselves: whether they can be done, by when, and how one sees it."""
