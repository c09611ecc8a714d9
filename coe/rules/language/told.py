"""Readings of the prose → findings of the rule that speaks of them."""

from __future__ import annotations

from collections.abc import Iterator

from coe.language.prose import Prose
from coe.language.reading import Reading
from coe.rule import Finding
from coe.rules.language.hint import hint
from coe.rules.language.suggestion import suggestion


def told(prose: Prose, category: str, message: str, help: str) -> Iterator[Finding]:  # noqa: A002 (as in the report)
    """Yield the readings of a category as findings; `{words}` and `{who}` in the message are those of the reading."""
    for reading in prose.of(category):
        yield finding(prose, reading, message, help)


def finding(prose: Prose, reading: Reading, message: str, help: str) -> Finding:  # noqa: A002 (as in the report)
    """Return one reading as a finding; its help is built from the sentence where that is certain, else the general one."""
    text = prose.document.text
    said = message.format_map({"words": reading.words, "who": reading.who or "people"})
    return Finding(
        reading.span,
        said,
        hint(reading, text) or help,
        suggestion(reading, text),
        severity=reading.severity,
    )
