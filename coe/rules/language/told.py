"""Readings of the prose → findings of the rule that speaks of them."""

from __future__ import annotations

from collections.abc import Iterator

from coe.language.prose import Prose
from coe.language.reading import Reading
from coe.rule import Finding


def told(prose: Prose, category: str, message: str, help: str) -> Iterator[Finding]:  # noqa: A002 (as in the report)
    """Yield the readings of a category as findings; `{words}` and `{who}` in the texts are those of the reading."""
    for reading in prose.of(category):
        yield finding(reading, message, help)


def finding(reading: Reading, message: str, help: str) -> Finding:  # noqa: A002 (as in the report)
    """Return one reading as a finding."""
    values = {"words": reading.words, "who": reading.who or "people"}
    return Finding(reading.span, message.format_map(values), help.format_map(values), severity=reading.severity)
