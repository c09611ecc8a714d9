"""What documents of a repository say about each other.

Source: docs/reference/front-matter.md, what each reference names.
"""
