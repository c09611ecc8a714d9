"""Offsets in a text ↔ lines and columns as an editor counts them: in the units that it asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from coe.text import Lines, Span

Unit: TypeAlias = Literal["utf-8", "utf-16", "utf-32"]
BOM = "\ufeff"


class Spot(NamedTuple):
    """A place as an editor counts it: line and column from 0."""

    line: int
    column: int


class Stretch(NamedTuple):
    """A half-open range of places."""

    start: Spot
    end: Spot


@dataclass(frozen=True, slots=True)
class Ruler:
    """What turns offsets into places and back, for one text; `shift` is 1 when the editor's text has a byte order mark."""

    lines: Lines
    unit: Unit = "utf-16"
    shift: int = 0

    def spot(self, offset: int) -> Spot:
        """Return the place of an offset."""
        line, column, _ = self.lines.position(offset)
        before = self.lines.text[self.lines.start(line) : self.lines.start(line) + column - 1]
        mark = width(BOM, self.unit) if self.shift and line == 1 else 0
        return Spot(line - 1, width(before, self.unit) + mark)

    def stretch(self, span: Span) -> Stretch:
        """Return the range of a span."""
        return Stretch(self.spot(span.start), self.spot(span.end))

    def offset(self, spot: Spot) -> int:
        """Return the offset of a place; a column past the end of its line is the end, one inside a character its start."""
        if spot.line >= len(self.lines):
            return len(self.lines.text)
        text = self.lines.line(spot.line + 1)
        column = spot.column - (width(BOM, self.unit) if self.shift and spot.line == 0 else 0)
        return self.lines.start(spot.line + 1) + _characters(text, max(column, 0), self.unit)

    def span(self, stretch: Stretch) -> Span:
        """Return the span of a range."""
        start = self.offset(stretch.start)
        return Span(start, max(start, self.offset(stretch.end)))


def width(text: str, unit: Unit) -> int:
    """Return how many units a text has."""
    if unit == "utf-32" or text.isascii():
        return len(text)
    if unit == "utf-8":
        return len(text.encode("utf-8", "surrogatepass"))
    return len(text) + sum(char > "\uffff" for char in text)


def _characters(line: str, column: int, unit: Unit) -> int:
    """Return how many characters of a line lie before a column."""
    if unit == "utf-32" or line.isascii():
        return min(column, len(line))
    at = 0
    for index, char in enumerate(line):
        at += width(char, unit)
        if at > column:
            return index
    return len(line)
