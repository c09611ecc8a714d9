"""The one exception that ends a run: what went wrong, and what to do about it."""

from __future__ import annotations

ISSUES = "https://github.com/coekit/coekit/issues"
"""Where bugs are reported."""


class CoeError(Exception):
    """A run that cannot go on (usage, configuration, input or output); the command line exits with 2.

    A flaw in a document is never an exception: it is a finding.
    """

    def __init__(self, message: str, help: str | None = None) -> None:  # noqa: A002 (the report calls it help)
        super().__init__(message)
        self.message = message
        self.help = help
