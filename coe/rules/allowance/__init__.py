"""Allowances: exceptions that carry their reason.

Source: docs/how-to/house-rules.md, what an exception needs so that it can be judged later.
"""
