"""Diagnostics with fixes → new text; fixes never overlap, and a second run has nothing left to change."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from coe.diagnostic import Diagnostic, Edit, Safety
from coe.read import BOM, Source
from coe.text import Span

MAX_ROUNDS = 10
_UNSAFE = re.compile(r'["\\\x00-\x1f\x7f]')
_ESCAPED = {'"': '\\"', "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}


@dataclass(frozen=True, slots=True)
class Fixed:
    """A source whose text a fix changed, as it was and as it is."""

    before: Source
    after: str

    def diff(self, path: str) -> str:
        """Return the change as a unified diff of the bytes in the file, as `git apply` and `patch` take it."""
        mark = BOM if self.before.bom else ""
        return _diff((_name(f"a/{path}"), mark + self.before.text), (_name(f"b/{path}"), mark + self.after))


def added(path: str, text: str) -> str:
    """Return a new file as a unified diff."""
    return _diff(("/dev/null", ""), (_name(f"b/{path}"), text))


def _diff(old: tuple[str, str], new: tuple[str, str]) -> str:
    lines = difflib.unified_diff(_lines(old[1]), _lines(new[1]), old[0], new[0])
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _name(path: str) -> str:
    """Return a path as git writes it in a diff: quoted when a line cannot hold it, and with its end told after a space."""
    if not _UNSAFE.search(path):
        return f"{path}\t" if " " in path else path
    return '"' + _UNSAFE.sub(lambda one: _ESCAPED.get(one[0]) or f"\\{ord(one[0]):03o}", path) + '"'


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


Found = Mapping[int, list[Diagnostic]]
"""What is found in some texts, by their numbers."""


def converge(
    sources: Sequence[Source], found: Found, recheck: Callable[[Mapping[int, str]], Found], safeties: frozenset[Safety]
) -> list[Fixed]:
    """Return what sources become when their fixes are applied until none is left; what nothing changes is left out.

    `found` is what is found in them, by the place in their row; `recheck` returns what is found in texts that they become, all
    of one round at once: what looks at a whole repository does so once a round, and not once a file.
    """
    texts = {at: source.text for at, source in enumerate(sources)}
    for _ in range(MAX_ROUNDS):
        fixed = {at: apply(texts[at], some, safeties) for at, some in found.items()}
        changed = {at: text for at, text in fixed.items() if text != texts[at]}
        if not changed:
            break
        texts |= changed
        found = recheck(changed)
    return [Fixed(source, texts[at]) for at, source in enumerate(sources) if texts[at] != source.text]
