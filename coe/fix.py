"""Diagnostics with fixes → new text; fixes never overlap, and a second run has nothing left to change."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from coe.diagnostic import Diagnostic, Edit, Safety
from coe.read import Source
from coe.text import Span

MAX_ROUNDS = 10


@dataclass(frozen=True, slots=True)
class Fixed:
    """A source whose text a fix changed, as it was and as it is."""

    before: Source
    after: str

    def diff(self) -> str:
        """Return the change as a unified diff."""
        lines = difflib.unified_diff(
            _lines(self.before.text),
            _lines(self.after),
            f"a/{self.before.path}",
            f"b/{self.before.path}",
        )
        return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _lines(text: str) -> list[str]:
    """Return the lines of a text with their ends; what applies a diff knows no end but this one."""
    *whole, rest = text.split("\n")
    return [f"{line}\n" for line in whole] + [rest] * bool(rest)


def apply(text: str, found: Iterable[Diagnostic], safeties: frozenset[Safety]) -> str:
    """Return a text with the fixes of some safeties applied; of two that overlap, the first."""
    edits = sorted(
        ((one.fix.edits, one.rule) for one in found if one.fix and one.fix.safety in safeties),
        key=lambda pair: (pair[0][0].span, pair[1]),
    )
    taken: list[Edit] = []
    for group, _ in edits:
        if not any(_overlap(edit.span, other.span) for edit in group for other in taken):
            taken += group
    for edit in sorted(taken, key=lambda edit: edit.span, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


def _overlap(one: Span, other: Span) -> bool:
    """Say whether two spans share a character, or insert at one place."""
    return one == other or (one.start < other.end and other.start < one.end)


def converge(source: Source, recheck: Callable[[str], list[Diagnostic]], safeties: frozenset[Safety]) -> Fixed | None:
    """Return what a source becomes when its fixes are applied until none is left; absent when nothing changes."""
    text = source.text
    for _ in range(MAX_ROUNDS):
        new = apply(text, recheck(text), safeties)
        if new == text:
            break
        text = new
    return Fixed(source, text) if text != source.text else None
