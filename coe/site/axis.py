"""Moments → places on one line: an axis in UTC on which long empty stretches are cut short and marked."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from coe.site import words

_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_STEPS = (
    1, 2, 5, 10, 15, 30,
    *(minutes * _MINUTE for minutes in (1, 2, 5, 10, 15, 30)),
    *(hours * _HOUR for hours in (1, 2, 3, 6, 12)),
    *(days * _DAY for days in (1, 2, 7, 14, 30, 90, 180, 365, 730, 1825)),
)  # fmt: skip
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_BREAK = 34.0
_LEAST = 72.0
_LABEL = 64.0
_MAX_BREAKS = 4
_EMPTY = 3
"""A gap this many times longer than all the rest together is cut short."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One unbroken stretch of the axis; `only` is given when it shows a single moment. Unit: `left` and `right` in pixels."""

    start: dt.datetime
    end: dt.datetime
    left: float
    right: float
    only: dt.datetime | None = None

    def x(self, at: dt.datetime) -> float:
        """Return the place of a moment inside the stretch."""
        span = (self.end - self.start).total_seconds()
        return self.left + (self.right - self.left) * ((at - self.start).total_seconds() / span)


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark of the axis: the time of day, and the day where it begins or changes."""

    x: float
    at: dt.datetime
    clock: str
    day: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch that was cut short, and how long it lasts."""

    x: float
    length: dt.timedelta


@dataclass(frozen=True, slots=True)
class Axis:
    """The whole line."""

    pieces: tuple[Piece, ...]

    def x(self, at: dt.datetime) -> float:
        """Return the place of a moment; one inside a cut stretch stands in the middle of the cut."""
        for piece in self.pieces:
            if at < piece.start:
                return piece.left - (_BREAK / 2 if piece is not self.pieces[0] else 0)
            if at <= piece.end:
                return piece.x(at)
        return self.pieces[-1].right

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Return the stretches that were cut short."""
        pairs = pairwise(self.pieces)
        return tuple(Gap(after.left - _BREAK / 2, after.start - before.end) for before, after in pairs)

    @property
    def ticks(self) -> tuple[Tick, ...]:
        """Return the marks, at round times and so far apart that their labels do not touch."""
        return tuple(tick for piece in self.pieces for tick in _ticks(piece))


def axis(moments: Iterable[dt.datetime], *, left: float, right: float) -> Axis | None:
    """Return the axis that shows all moments between two places; absent when there is no moment."""
    known = sorted({moment.astimezone(dt.UTC) for moment in moments})
    if not known:
        return None
    groups = _groups(known)
    bounds = [_padded(group[0], group[-1]) for group in groups]
    room = right - left - _BREAK * (len(groups) - 1)
    spans = [(end - start).total_seconds() for start, end in bounds]
    widths = _shares(spans, room)
    pieces, at = [], left
    for group, (start, end), width in zip(groups, bounds, widths, strict=True):
        pieces.append(Piece(start, end, at, at + width, group[0] if len(group) == 1 else None))
        at += width + _BREAK
    return Axis(tuple(pieces))


def moved(at: dt.datetime, by: dt.timedelta) -> dt.datetime:
    """Return a moment moved by a length, at most to the ends of the calendar."""
    try:
        return at + by
    except OverflowError:
        return dt.datetime.max.replace(tzinfo=dt.UTC) if by > dt.timedelta() else dt.datetime.min.replace(tzinfo=dt.UTC)


def _groups(known: list[dt.datetime]) -> list[list[dt.datetime]]:
    """Return the moments in groups between which the axis is cut."""
    gaps = {index: (after - before).total_seconds() for index, (before, after) in enumerate(pairwise(known))}
    cuts: set[int] = set()
    while gaps and len(cuts) < _MAX_BREAKS:
        longest = max(gaps, key=lambda index: (gaps[index], -index))
        rest = sum(gaps.values()) - gaps[longest]
        if not rest or gaps[longest] <= _EMPTY * rest:
            break
        cuts.add(longest)
        del gaps[longest]
    groups: list[list[dt.datetime]] = [[]]
    for index, moment in enumerate(known):
        groups[-1].append(moment)
        if index in cuts:
            groups.append([])
    return groups


def _padded(start: dt.datetime, end: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
    """Return a stretch with a little room on both sides, so that no mark stands on the edge."""
    room = (end - start) * 0.03 or dt.timedelta(minutes=5)
    return moved(start, -room), moved(end, room)


def _shares(spans: list[float], room: float) -> list[float]:
    """Return the width of each stretch: in proportion to its length, but wide enough for one label."""
    least = min(_LEAST, room / len(spans))
    free = room - least * len(spans)
    return [least + free * span / sum(spans) for span in spans]


def _ticks(piece: Piece) -> Iterator[Tick]:
    seconds = (piece.end - piece.start).total_seconds()
    least = _LABEL * seconds / (piece.right - piece.left)
    step = next((step for step in _STEPS if step >= least), _STEPS[-1] * math.ceil(least / _STEPS[-1]))
    first = -(-int((piece.start - _EPOCH).total_seconds()) // step) * step
    marks = [_EPOCH + dt.timedelta(seconds=at) for at in range(first, int((piece.end - _EPOCH).total_seconds()) + 1, step)]
    marks = [mark for mark in marks if piece.x(mark) <= piece.right - _LABEL / 3]
    if piece.only or not marks:
        marks, step = [piece.only or piece.start + (piece.end - piece.start) / 2], 1
    last = ""
    for mark in marks:
        day = words.day(mark)
        yield Tick(piece.x(mark), mark, "" if step >= _DAY else words.clock(mark), day if day != last else "")
        last = day
