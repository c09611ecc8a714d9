"""When things happened, and what the moments of one COE say about each other.

Source: docs/explanation/measures.md, the moments of an incident and what is measured between them.
"""
