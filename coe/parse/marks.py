"""`<redact>` … `</redact>`: the marks between which authors write what the public does not get to read.

They may stand in prose and in texts of the front matter. A code host shows the words between them as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from coe.text import Span

_MARK = re.compile(r"<[ \t]{0,4}(/?)[ \t]{0,4}redact[ \t]{0,4}(/?)[ \t]{0,4}>", re.IGNORECASE)


class Marked(NamedTuple):
    """Words between two marks, with the marks; `inner` is the words alone. An unclosed mark reaches to the end."""

    span: Span
    inner: Span
    is_closed: bool = True


def has_marks(text: str) -> bool:
    """Say whether a text may hold a mark."""
    return "redact" in text.lower() and _MARK.search(text) is not None


def marked(text: str) -> Iterator[Marked]:
    """Yield what stands between marks, the outermost where marks stand inside each other.

    What is not closed is taken out to the end: too much is missed sooner than too little.
    """
    depth, opening = 0, None
    for mark in _MARK.finditer(text):
        if not mark[1]:
            opening = mark if depth == 0 else opening
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0 and opening:
                yield Marked(Span(opening.start(), mark.end()), Span(opening.end(), mark.start()))
    if depth and opening:
        yield Marked(Span(opening.start(), len(text)), Span(opening.end(), len(text)), is_closed=False)


def lone_marks(text: str) -> Iterator[tuple[Span, bool]]:
    """Yield each mark that lacks its other, and whether it opens."""
    waiting: list[Span] = []
    for mark in _MARK.finditer(text):
        if not mark[1]:
            waiting.append(Span(*mark.span()))
        elif waiting:
            waiting.pop()
        else:
            yield Span(*mark.span()), False
    yield from ((span, True) for span in waiting)


def unmarked(text: str) -> str:
    """Return a text without the marks, with all its words."""
    return _MARK.sub("", text)
