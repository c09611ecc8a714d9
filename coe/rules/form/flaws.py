"""Flaws that reading and validating met → findings of the rule that speaks of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from coe.diagnostic import Flaw
from coe.rule import Finding


def told(name: str, flaws: Iterable[Flaw]) -> Iterator[Finding]:
    """Yield the flaws of one name as findings."""
    return (Finding(flaw.span, flaw.message, flaw.help, field=flaw.path) for flaw in flaws if flaw.rule == name)
