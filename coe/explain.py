"""A rule as a page: what the command, the docs, the editor and SARIF show."""
