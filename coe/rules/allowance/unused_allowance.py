"""The rule `unused-allowance`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.parse.document import Document
from coe.rule import Finding, Good, rule


@rule(
    "ALW003",
    Severity.WARNING,
    Good("Text.\n"),
)
def unused_allowance(_document: Document) -> Iterator[Finding]:
    """An allowance that silences nothing is left over: what it was written for is gone, or it stands at another place.

    The fix deletes it where the blocks around it stay what they are.

    Which allowances are used is known only after all other rules ran, so the check itself reports this one.
    """
    return iter(())
