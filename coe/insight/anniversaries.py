"""COEs and a week → the events of earlier years that its days bring back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from coe.model.coe import Coe, Status

LEFT_OUT: frozenset[Status] = frozenset({"superseded", "withdrawn"})


@dataclass(frozen=True, slots=True)
class Anniversary:
    """An event of an earlier year, the day that brings it back, and how many years lie between."""

    coe: Coe
    event: dt.date
    day: dt.date
    years: int


@dataclass(frozen=True, slots=True)
class Remembered:
    """One week from its first day, and what it brings back, by day, the latest event first."""

    first: dt.date
    found: tuple[Anniversary, ...]

    @property
    def last(self) -> dt.date:
        """Return the last day."""
        return self.first + dt.timedelta(days=6)


def anniversaries(events: Iterable[tuple[Coe, dt.date]], *, first: dt.date, weeks: int) -> tuple[Remembered, ...]:
    """Return a week and those after it with the anniversaries in them; `events` are COEs with their days.

    A 29th of February is remembered on the 28th where a year has no such day. Incidents, near misses and exercises all
    count; what was superseded or withdrawn does not.
    """
    days = [first + dt.timedelta(days=ahead) for ahead in range(7 * weeks)]
    wanted = {key: day for day in days for key in _keys(day)}
    found: dict[int, list[Anniversary]] = {week: [] for week in range(weeks)}
    for coe, event in events:
        day = wanted.get((event.month, event.day))
        if day and event.year < day.year and coe.status not in LEFT_OUT:
            found[(day - first).days // 7].append(Anniversary(coe, event, day, day.year - event.year))
    return tuple(
        Remembered(first + dt.timedelta(weeks=week), tuple(sorted(rows, key=lambda one: (one.day, one.years, one.coe.id))))
        for week, rows in found.items()
    )


def _keys(day: dt.date) -> tuple[tuple[int, int], ...]:
    """Return the months and days that a day stands for."""
    is_last = (day.month, day.day) == (2, 28) and (day + dt.timedelta(days=1)).month == 3
    return ((2, 28), (2, 29)) if is_last else ((day.month, day.day),)
