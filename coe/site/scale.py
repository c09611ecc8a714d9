"""Round numbers of an axis, and labels that do not touch."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from coe.model.measures import duration_words

if TYPE_CHECKING:
    from coe.site.bars import Label

MINUTE, _HOUR, DAY = 60, 3600, 86400
_MARKS = (
    MINUTE, 5 * MINUTE, 15 * MINUTE, _HOUR, 4 * _HOUR, 12 * _HOUR, DAY, 3 * DAY, 7 * DAY, 30 * DAY, 90 * DAY,
    365 * DAY, 3650 * DAY, 36500 * DAY,
)  # fmt: skip


FEW = 3
"""So few columns stand together at the beginning of a drawing, where a phone shows all of them."""


def column_step(columns: int, room: float, *, few: float = 110.0) -> float:
    """Return how far columns stand apart: all the room is theirs, unless they are few."""
    return min(few, room / columns) if 0 < columns <= FEW else room / max(columns, 1)


def nice_ceiling(value: int) -> int:
    """Return the least round number that is not below a count: a whole axis can be divided by it."""
    if value <= 4:
        return max(value, 1)
    size = 10 ** math.floor(math.log10(value))
    return int(next(size * part for part in (1, 2, 4, 5, 6, 8, 10) if size * part >= value))


def spaced(labels: Sequence[Label], letter: float) -> tuple[Label, ...]:
    """Return the last label and those before it that do not touch one another, at even distances."""
    if len(labels) < 2:
        return tuple(labels)
    step = labels[1].at - labels[0].at
    every = math.ceil((letter * max(len(label.text) for label in labels) + 8) / step)
    return tuple(label for index, label in enumerate(labels) if (len(labels) - 1 - index) % every == 0)


class LogScale:
    """Durations on a line where each step upward multiplies: minutes and days are both readable on it.

    What is shorter than `least`, zero or negative stands at its lower end.
    """

    def __init__(self, values: Sequence[float], *, top: float, bottom: float, least: int = MINUTE) -> None:
        marks = [mark for mark in _MARKS if mark >= least]
        above = [mark for mark in marks[2:] if mark >= max(values, default=0.0)]
        self.least, self.most = float(least), float(above[0] if above else _MARKS[-1])
        self.top, self.bottom = top, bottom

    def share(self, value: float) -> float:
        """Return how far up the line a duration stands: 0 at its lower end, 1 at its upper."""
        held = min(max(value, self.least), self.most)
        return math.log(held / self.least) / math.log(self.most / self.least)

    def y(self, value: float) -> float:
        """Return the place of a duration."""
        return self.bottom - (self.bottom - self.top) * self.share(value)

    def marks(self) -> list[tuple[float, str]]:
        """Return the places and words of the marks, at most eight."""
        there = [mark for mark in _MARKS if self.least <= mark <= self.most]
        every = math.ceil(len(there) / 8)
        words = {mark: duration_words(dt.timedelta(seconds=mark)) for mark in there[::every]}
        return [(self.y(mark), f"≤ {text}" if mark == self.least else text) for mark, text in words.items()]
