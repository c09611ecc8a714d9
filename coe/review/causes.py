"""COEs → their causes by the words that stand in them, and by the day since when they are known."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter

from coe.insight.recurrence import CauseTerms, cause_terms
from coe.model.causes import Cause
from coe.review.listed import Listed


@dataclass(frozen=True, slots=True)
class Told:
    """A cause, the COE that it is of, the day since when that is known, and when its event was, with the COE's id."""

    since: dt.date
    entry: Listed
    cause: Cause
    key: tuple[str, str]
    event: tuple[dt.date, str]


def event_of(entry: Listed) -> tuple[dt.date, str]:
    """Return what tells which of two events was earlier."""
    return entry.event_day or dt.date.min, entry.coe.id


@dataclass(frozen=True)
class Causes:
    """The causes of some COEs. A day says what was known then: what came later changes no answer."""

    entries: tuple[Listed, ...]
    known: Mapping[str, CauseTerms]
    """The words of the causes of some of them, by id."""

    def terms_of(self, entry: Listed) -> CauseTerms:
        """Return the causes of a COE with the words that say something."""
        found = self.known.get(entry.coe.id) or self._terms.get(entry.coe.id)
        if found is None:
            found = self._terms[entry.coe.id] = cause_terms(entry.coe)
        return found

    @cached_property
    def _terms(self) -> dict[str, CauseTerms]:
        return {}

    @cached_property
    def _days(self) -> list[dt.date]:
        return sorted(entry.since or dt.date.min for entry in self.entries)

    @cached_property
    def _by_word(self) -> dict[str, list[Told]]:
        found: dict[str, list[Told]] = {}
        for entry in self.entries:
            since, event = entry.since or dt.date.min, event_of(entry)
            for cause, words in self.terms_of(entry):
                told = Told(since, entry, cause, (entry.coe.id, cause.id), event)
                for word in words:
                    found.setdefault(word, []).append(told)
        for rows in found.values():
            rows.sort(key=attrgetter("since", "key"))
        return found

    @cached_property
    def _days_of_word(self) -> dict[str, list[dt.date]]:
        return {}

    def size(self, day: dt.date) -> int:
        """Return how many COEs were known on a day."""
        return bisect_right(self._days, day)

    def often(self, word: str, day: dt.date) -> int:
        """Return in the causes of how many COEs a word stood on a day."""
        days = self._days_of_word.get(word)
        if days is None:  # few words are asked for, of all that there are
            known = {one.entry.coe.id: one.since for one in self._by_word.get(word, ())}
            days = self._days_of_word[word] = sorted(known.values())
        return bisect_right(days, day)

    def with_word(self, word: str, day: dt.date, *, most: int) -> list[Told]:
        """Return the causes with a word that were known on a day: the last of them, where there are more than `most`."""
        rows = self._by_word.get(word, [])
        upto = bisect_right(rows, day, key=lambda one: one.since)
        return rows[max(0, upto - most) : upto]
