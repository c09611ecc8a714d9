"""Things by their day: those of a week, and how many there were up to a day, are found without a look at the others."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from operator import itemgetter
from typing import Generic, TypeVar

T = TypeVar("T")


class ByDay(Generic[T]):
    """Things, each with a day, the earliest first; of one day, in the order in which they came."""

    def __init__(self, pairs: Iterable[tuple[dt.date, T]]) -> None:
        ordered = sorted(pairs, key=itemgetter(0))
        self._days = [day for day, _ in ordered]
        self._things = [thing for _, thing in ordered]

    def upto(self, day: dt.date) -> int:
        """Return how many there are up to a day, with it."""
        return bisect_right(self._days, day)

    def between(self, first: dt.date, last: dt.date) -> list[T]:
        """Return those of some days, with both of them."""
        return self._things[bisect_left(self._days, first) : bisect_right(self._days, last)]
