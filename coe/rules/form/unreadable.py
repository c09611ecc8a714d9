"""The rule `unreadable`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.parse.document import Document
from coe.rule import Finding, Good, rule
from coe.rules.form.flaws import told


@rule(
    "FRM001",
    Severity.ERROR,
    Good("A café in Zürich."),
)
def unreadable(document: Document) -> Iterator[Finding]:
    """A document is UTF-8 text of at most two million bytes; anything else cannot be placed or shown.

    What to do: save the file as UTF-8. Logs, dumps and pictures belong beside the document, linked from it.
    """
    yield from told("unreadable", document.flaws)
