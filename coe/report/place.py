"""Places of findings in the units that other tools count in."""

from __future__ import annotations

from coe.diagnostic import Diagnostic
from coe.text import Lines, Position, Span


def covered(one: Diagnostic) -> tuple[Position, Position]:
    """Return where a finding starts and ends; one that ends with a line break ends on the line before the break."""
    lines = one.source.lines
    start, end = one.start, one.end
    if end.column == 1 and end.line > start.line:
        end = lines.position(max(lines.start(end.line - 1) + len(lines.line(end.line - 1)), start.offset))
    return start, end


def byte_column(lines: Lines, place: Position) -> int:
    """Return the column of a place, from 1, in bytes of UTF-8."""
    return len(lines.text[lines.start(place.line) : place.offset].encode("utf-8", "surrogatepass")) + 1


def whole_lines(lines: Lines, span: Span) -> tuple[int, int]:
    """Return the first and the last line that a span touches."""
    return lines.position(span.start).line, lines.position(span.end).line
