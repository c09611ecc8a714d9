"""Words by period → a drawing of cells with their numbers: what changed in how events are found, caused and ended."""

from __future__ import annotations

import math
from dataclasses import dataclass

from coe.insight.periods import Period
from coe.insight.trends import Tally
from coe.site import words
from coe.site.bars import RIGHT, WIDTH, Label
from coe.site.scale import FEW, column_step, spaced

_LEFT, _TOTAL = 158.0, 96.0
_ROW, _TOP = 24.0, 8.0
_SHADES = 5


@dataclass(frozen=True, slots=True)
class Cell:
    """One number at its place; `shade` goes from 1 to 5 with it."""

    x: float
    y: float
    width: float
    height: float
    number: int
    shade: int
    title: str


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its word, its total, and where it stands."""

    y: float
    name: str
    total: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """The drawing."""

    height: float
    bottom: float
    cells: tuple[Cell, ...]
    rows: tuple[Line, ...]
    columns: tuple[Label, ...]
    end: float
    """Where the totals end."""
    width: float = WIDTH
    left: float = _LEFT


def matrix(tally: Tally, periods: tuple[Period, ...]) -> Matrix | None:
    """Return the drawing of a tally; absent when nothing is counted."""
    if not tally.rows or not periods:
        return None
    step = column_step(len(periods), WIDTH - _LEFT - _TOTAL - RIGHT, few=48.0)
    most = max((number for row in tally.rows for number in row.counts), default=0) or 1
    cells, rows = [], []
    for index, row in enumerate(tally.rows):
        y = _TOP + index * _ROW
        name = words.label(row.word)
        rows.append(Line(y + _ROW / 2 + 4, name, f"{row.total:,} of {tally.of:,}"))
        for column, (period, number) in enumerate(zip(periods, row.counts, strict=True)):
            shade = math.ceil(_SHADES * number / most)
            title = f"{name}, {period.name}: {words.count(number, 'COE')}"
            cells.append(Cell(_LEFT + column * step + 1, y + 1, step - 2, _ROW - 2, number, shade, title))
    bottom = _TOP + len(tally.rows) * _ROW
    names = [Label(_LEFT + step * (index + 0.5), period.name) for index, period in enumerate(periods)]
    end = _LEFT + step * len(periods) + (_TOTAL if len(periods) > FEW else 78.0)
    return Matrix(bottom + 22, bottom, tuple(cells), tuple(rows), spaced(names, 6.4), end)
