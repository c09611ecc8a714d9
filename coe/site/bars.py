"""Numbers by period → the drawing of stacked bars, as places and words; the template puts the tags around them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from coe.site.scale import column_step, nice_ceiling, spaced

WIDTH, LEFT, RIGHT = 860.0, 40.0, 8.0
_STEP_LABEL = 6.4
"""How wide a character of a label is, about. Unit: pixels."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the bars: its key for colour, its name in the legend, and its pattern, which is its own in all charts."""

    key: str
    name: str
    pattern: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of one bar; `label` is its number where it fits."""

    key: str
    x: float
    y: float
    width: float
    height: float
    label: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it stands for in words, its parts, and the number on top where it fits."""

    title: str
    pieces: tuple[Piece, ...]
    x: float
    top: float
    total: str


@dataclass(frozen=True, slots=True)
class Label:
    """A word or number at a place."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Bars:
    """The drawing."""

    height: float
    bottom: float
    bars: tuple[Bar, ...]
    columns: tuple[Label, ...]
    lines: tuple[Label, ...]
    parts: tuple[Part, ...]
    legend: tuple[Label, ...]
    width: float = WIDTH
    left: float = LEFT
    right: float = WIDTH - RIGHT


def bars(names: Sequence[str], parts: Sequence[Part], rows: Sequence[Sequence[int]], *, height: float = 170.0) -> Bars:
    """Return stacked bars: a bar for each name, and in it a piece for each part; `rows` holds a row of numbers a part."""
    top = 34.0 if len(parts) > 1 else 14.0
    bottom = top + height
    totals = [sum(row[index] for row in rows) for index in range(len(names))]
    most = nice_ceiling(max(totals, default=0))
    step = column_step(len(names), WIDTH - LEFT - RIGHT)
    wide = min(max(step * 0.72, 3.0), 46.0)
    made = []
    for index, name in enumerate(names):
        x = LEFT + step * index + (step - wide) / 2
        pieces, base = [], bottom
        several = sum(row[index] > 0 for row in rows) > 1
        for part, row in zip(parts, rows, strict=True):
            tall = height * row[index] / most
            if row[index]:
                fits = tall >= 13 and wide >= 9 * len(str(row[index])) and several
                pieces.append(Piece(part.key, x, base - tall, wide, tall, str(row[index]) if fits else ""))
            base -= tall
        said = ", ".join(f"{part.name} {row[index]}" for part, row in zip(parts, rows, strict=True) if row[index])
        words = f"{name}: {said or 'none'}" + (f"; {totals[index]} in all" if len(pieces) > 1 else "")
        room = step >= _STEP_LABEL * len(str(totals[index])) + 2
        made.append(Bar(words, tuple(pieces), x + wide / 2, base, str(totals[index]) if totals[index] and room else ""))
    places = [Label(LEFT + step * (index + 0.5), name) for index, name in enumerate(names)]
    marks = max(1, math.floor(height / 34))
    unit = max(1, most // marks)
    lines = tuple(Label(bottom - height * value / most, str(value)) for value in range(0, most + 1, unit))
    return Bars(bottom + 24, bottom, tuple(made), spaced(places, _STEP_LABEL), lines, tuple(parts), _legend(parts))


def _legend(parts: Sequence[Part]) -> tuple[Label, ...]:
    at, found = LEFT, []
    for part in parts if len(parts) > 1 else ():
        found.append(Label(at, part.name))
        at += 26 + _STEP_LABEL * len(part.name) + 10
    return tuple(found)
