"""Corpus and week → digest, one value with many renderings."""
