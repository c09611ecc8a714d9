"""Blameless language."""
