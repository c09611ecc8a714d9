"""The rule `allowance-without-reason`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.parse.document import Document
from coe.rule import Bad, Finding, Good, rule


@rule(
    "ALW001",
    Severity.WARNING,
    Bad("«<!-- coe: allow absolutes -->»\n\nThe alarm always fires late.\n"),
    Good("<!-- coe: allow absolutes: quoted from the contract -->\n\nThe alarm always fires late.\n"),
)
def allowance_without_reason(document: Document) -> Iterator[Finding]:
    """An allowance says why: the next reader has to know whether the reason still holds.

    An allowance without a reason does not silence anything.
    """
    for allowance in document.allowances:
        if not allowance.reason:
            help_text = f"Write: allow {allowance.rule or 'RULE'}: the reason"
            yield Finding(allowance.span, "the allowance gives no reason", help_text)
