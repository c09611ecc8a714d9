"""What the digests of several weeks share: made once of a corpus, as the site has a page for each week."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from coe.corpus import Corpus
from coe.insight.recurrence import cause_terms
from coe.model.causes import Cause
from coe.review.listed import Listed, listed


@dataclass(frozen=True)
class Ground:
    """A corpus as digests look at it."""

    corpus: Corpus

    @cached_property
    def entries(self) -> Mapping[str, Listed]:
        """Return the COEs that a digest may name, by id."""
        return listed(self.corpus)

    @cached_property
    def causes(self) -> Causes:
        """Return the causes of the COEs by the words that stand in them."""
        return Causes(tuple(entry for entry in self.entries.values() if entry.counts))


@dataclass(frozen=True, slots=True)
class Told:
    """A cause, the COE that it is of, the day since when that is known, and the words of the cause that say something."""

    since: dt.date
    entry: Listed
    cause: Cause
    words: frozenset[str]


@dataclass(frozen=True)
class Causes:
    """The causes of some COEs. A day says what was known then: what came later changes no answer."""

    entries: tuple[Listed, ...]

    @cached_property
    def _days(self) -> list[dt.date]:
        return sorted(entry.since or dt.date.min for entry in self.entries)

    @cached_property
    def _by_word(self) -> dict[str, list[Told]]:
        found: dict[str, list[Told]] = {}
        for entry in self.entries:
            for cause, words in cause_terms(entry.coe):
                told = Told(entry.since or dt.date.min, entry, cause, words)
                for word in words:
                    found.setdefault(word, []).append(told)
        for rows in found.values():
            rows.sort(key=lambda one: (one.since, one.entry.coe.id, one.cause.id))
        return found

    @cached_property
    def _days_of_word(self) -> dict[str, list[dt.date]]:
        """Return, for each word, since when the COEs are known in whose causes it stands, the earliest first."""
        return {word: sorted({one.entry.coe.id: one.since for one in rows}.values()) for word, rows in self._by_word.items()}

    def size(self, day: dt.date) -> int:
        """Return how many COEs were known on a day."""
        return bisect_right(self._days, day)

    def often(self, word: str, day: dt.date) -> int:
        """Return in the causes of how many COEs a word stood on a day."""
        return bisect_right(self._days_of_word.get(word, ()), day)

    def with_word(self, word: str, day: dt.date, *, most: int) -> list[Told]:
        """Return the causes with a word that were known on a day: the last of them, where there are more than `most`."""
        rows = self._by_word.get(word, [])
        upto = bisect_right(rows, day, key=lambda one: one.since)
        return rows[max(0, upto - most) : upto]
