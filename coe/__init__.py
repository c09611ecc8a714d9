"""coekit: validate, lint and publish post-incident analyses kept as Markdown in git."""

__version__ = "0.1.0"
