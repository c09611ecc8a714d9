"""Places in a text: half-open spans in code points, and lines made of them at the outer edge; the nearest word."""

from __future__ import annotations

import difflib
import re
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate
from typing import NamedTuple

_BREAK = re.compile(r"\r\n|\n|\r")


class Span(NamedTuple):
    """A half-open range of code points, absolute in one decoded text."""

    start: int
    end: int

    def shifted(self, by: int) -> Span:
        """Return the same length, `by` code points further on."""
        return Span(self.start + by, self.end + by)


class Position(NamedTuple):
    """One place as people count it: line and column from 1, offset from 0, in code points."""

    line: int
    column: int
    offset: int


class Lines:
    """The line starts of one text; `\\n`, `\\r\\n` and `\\r` end a line and nothing else does."""

    __slots__ = ("starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        if "\r" in text:
            self.starts = [0, *(match.end() for match in _BREAK.finditer(text))]
        else:
            self.starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))][:-1]

    def __len__(self) -> int:
        return len(self.starts)

    def position(self, offset: int) -> Position:
        """Return line and column of an offset; offsets past the end are taken as the end."""
        offset = max(0, min(offset, len(self.text)))
        line = bisect_right(self.starts, offset)
        return Position(line, offset - self.starts[line - 1] + 1, offset)

    def start(self, line: int) -> int:
        """Return the offset at which line `line` (from 1) starts; past the last line, the end of the text."""
        return self.starts[line - 1] if line <= len(self.starts) else len(self.text)

    def line(self, number: int) -> str:
        """Return the text of line `number` (from 1) without its line break; nothing past the last line."""
        return self.text[self.start(number) : self.start(number + 1)].rstrip("\r\n")


def nearest(word: str, known: Iterable[str], *, cutoff: float = 0.6) -> str | None:
    """Return the known word that was most likely meant; `cutoff` is how alike the two must be, from 0 to 1."""
    lowered = {name.lower(): name for name in known}
    for guess in (word.lower(), word.lower().replace("-", "_")):
        match = difflib.get_close_matches(guess, lowered, n=1, cutoff=cutoff)
        if match:
            return lowered[match[0]]
    return None
