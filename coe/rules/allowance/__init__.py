"""Allowances: exceptions that carry their reason."""
