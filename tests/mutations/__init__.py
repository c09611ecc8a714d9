"""Mutations of the good repository, a module per family of rules: each breaks it in just the way that one rule names."""
