"""Corpus → its action items by their days: which of them are left on a day, and which were finished in a week.

The register makes a row of each action item. A digest needs those of its week and those that press; of the others it
tells the number. So a week takes a look at two numbers of each item, and makes rows of few.
"""

from __future__ import annotations

import datetime as dt
import math
from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from coe.insight.actions import STATES, ActionRow, Tracked
from coe.review.by_day import ByDay
from coe.review.listed import Listed


@dataclass(frozen=True, slots=True)
class Completion:
    """How many action items are finished, of all that are known and not given up."""

    done: int
    total: int


class Items:
    """The action items of some COEs and of minutes. What came later than a day changes no answer about it."""

    def __init__(self, tracked: Iterable[Tracked], entries: Mapping[str, Listed]) -> None:
        self._all = list(tracked)
        self._spans: list[tuple[int, float, int]] = []
        """From which day on an action item is left, until which day, and its place. Unit: days as numbers."""
        self._done: list[float] = []
        """Since when an action item is done, for all that will be."""
        self._of: dict[tuple[str, str], list[int]] = {}
        for place, one in enumerate(self._all):
            self._of.setdefault((one.source_kind, one.source_id), []).append(place)
            known = _known_since(one, entries)
            begin, end = max(known, _number(one.since)), _end(one)
            if begin < end:
                self._spans.append((begin, end, place))
            if one.item.status != "wont_do" and end < math.inf:
                self._done.append(max(known, end))
        self._done.sort()
        self.finished = ByDay((one.finished, one) for one in self._all if one.finished)
        self.verified = ByDay((one.verified, one) for one in self._all if one.verified)

    def of(self, kind: str, name: str) -> list[Tracked]:
        """Return the action items of one document."""
        return [self._all[place] for place in self._of.get((kind, name), ())]

    def rows(self, kind: str, name: str, as_of: dt.date) -> list[ActionRow]:
        """Return the rows of one document that are known on a day, in the order of the register."""
        found = (one.row(as_of) for one in self.of(kind, name))
        known = [row for row in found if row.since is None or row.since <= as_of or not row.is_left]
        return sorted(known, key=lambda row: STATES.index(row.state))

    def left(self, day: dt.date, late: Collection[Listed] = ()) -> list[Tracked]:
        """Return what is left on a day, in the order of the register; `late` are COEs that are looked at before their day."""
        now = day.toordinal()
        places = [place for begin, end, place in self._spans if begin <= now < end]
        more = [place for entry in late for place in self._of.get(("coe", entry.coe.id), ()) if self._is_left(place, now)]
        return [self._all[place] for place in (sorted((*places, *more)) if more else places)]

    def _is_left(self, place: int, now: int) -> bool:
        one = self._all[place]
        return _number(one.since) <= now < _end(one)

    def completion(self, day: dt.date, left: int, late: Collection[Listed] = ()) -> Completion:
        """Return how many of those known on a day are done, given how many are left."""
        now = day.toordinal()
        done = bisect_right(self._done, now)
        done += sum(one.item.status != "wont_do" and _end(one) <= now for entry in late for one in self.of("coe", entry.coe.id))
        return Completion(done, done + left)


def _number(day: dt.date | None) -> int:
    return day.toordinal() if day else 0


def _known_since(one: Tracked, entries: Mapping[str, Listed]) -> int:
    """Return since when the document of an action item is known; minutes always were."""
    return _number(entries[one.source_id].since) if one.source_kind == "coe" else 0


def _end(one: Tracked) -> float:
    """Return the first day on which an action item is no longer left."""
    if one.item.is_open:
        return math.inf
    return _number(one.finished)
