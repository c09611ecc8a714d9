"""Corpus → pages on disk → site engine."""
