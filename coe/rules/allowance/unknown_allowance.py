"""The rule `unknown-allowance`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.parse.document import Document
from coe.rule import Bad, Finding, Good, all_rules, rule
from coe.text import nearest


@rule(
    "ALW002",
    Severity.WARNING,
    Bad("«<!-- coe: allow unreadible: it is old -->»\n\nText.\n"),
    Good("<!-- coe: allow unreadable: it is old -->\n\nText.\n"),
)
def unknown_allowance(document: Document) -> Iterator[Finding]:
    """An allowance names a rule that exists, else it silences nothing."""
    if not document.allowances:
        return
    known = {rule.name for rule in all_rules()} | {rule.code for rule in all_rules()}
    for allowance in document.allowances:
        if allowance.rule not in known:
            guess = nearest(allowance.rule, known)
            help_text = f"Did you mean `{guess}`?" if guess else "`coe rules` lists them."
            yield Finding(allowance.span, f"there is no rule `{allowance.rule}`", help_text)
