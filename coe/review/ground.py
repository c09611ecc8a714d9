"""What the digests of several weeks share: made once of a corpus, so that a week takes no look at all that there is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from coe.corpus import Corpus
from coe.insight.actions import Tracked, tracked
from coe.insight.recurrence import CauseTerms
from coe.review.by_day import ByDay
from coe.review.candidates import Groups, decided_in
from coe.review.causes import Causes
from coe.review.items import Items
from coe.review.listed import Listed, is_set_aside, listed
from coe.review.news import arrival, changes
from coe.review.spotlight import Pool
from coe.review.waiting import Reviews, reviews_of
from coe.review.week import Week
from coe.review.wheel import Draws
from coe.review.wins import Quiet

_MARGIN = dt.timedelta(days=2)
"""A moment in a week has its day in universal time at most so far from it."""


@dataclass(frozen=True)
class Ground:
    """A corpus as digests look at it."""

    corpus: Corpus
    tracked: tuple[Tracked, ...] | None = None
    """The action items, where they are at hand."""
    terms: Mapping[str, CauseTerms] = field(default_factory=dict)
    """The words of the causes of COEs, by id, where they are at hand."""

    @cached_property
    def entries(self) -> Mapping[str, Listed]:
        """Return the COEs that a digest may name, by id."""
        return listed(self.corpus)

    @cached_property
    def known(self) -> ByDay[Listed]:
        """Return the COEs by the day since when they are known."""
        return ByDay((entry.since or dt.date.min, entry) for entry in self.entries.values())

    @cached_property
    def arrivals(self) -> ByDay[Listed]:
        """Return the COEs by the day on which they are new; one that was set aside never is."""
        rows = ((arrival(entry), entry) for entry in self.entries.values() if not is_set_aside(entry))
        return ByDay((day, entry) for day, entry in rows if day)

    def touched(self, week: Week) -> list[Listed]:
        """Return the COEs in which something is dated in a week, and maybe some more; each once."""
        found = self._changes.between(week.first - _MARGIN, week.last + _MARGIN)
        return list({entry.coe.id: entry for entry in found}.values())

    @cached_property
    def _changes(self) -> ByDay[Listed]:
        return changes(self.entries.values())

    @cached_property
    def by_file(self) -> Mapping[Path, Listed]:
        """Return the COEs by their files."""
        return {entry.file: entry for entry in self.entries.values() if entry.file}

    @cached_property
    def in_review(self) -> tuple[Listed, ...]:
        """Return the COEs in review."""
        return tuple(entry for entry in self.entries.values() if entry.coe.status == "in_review")

    @cached_property
    def drafts(self) -> tuple[Listed, ...]:
        """Return the drafts."""
        return tuple(entry for entry in self.entries.values() if entry.coe.status == "draft")

    @cached_property
    def reviews(self) -> Reviews:
        """Return the weeks in which a review saw a COE."""
        return reviews_of(self.corpus.minutes.values())

    @cached_property
    def items(self) -> Items:
        """Return the action items by their days."""
        return Items(tracked(self.corpus) if self.tracked is None else self.tracked, self.entries)

    @cached_property
    def groups(self) -> Groups:
        """Return the COEs that share a tenet or a tag."""
        return Groups(self.entries.values())

    @cached_property
    def decided(self) -> Mapping[str, list[str]]:
        """Return the weeks that decided something about a tenet."""
        return decided_in(self.corpus.minutes.values())

    @cached_property
    def quiet(self) -> Quiet:
        """Return the COEs that may have stayed away."""
        return Quiet(self.entries.values(), self.corpus.repository.config.review.recurrence_quiet_days)

    @cached_property
    def pool(self) -> Pool:
        """Return the COEs that may be read at length."""
        return Pool(self.entries.values())

    @cached_property
    def causes(self) -> Causes:
        """Return the causes of the COEs by the words that stand in them."""
        return Causes(tuple(entry for entry in self.entries.values() if entry.counts), self.terms)

    @cached_property
    def draws(self) -> Draws:
        """Return the weights of the wheel before each review."""
        return Draws(self.corpus)

    @cached_property
    def left_out(self) -> tuple[str, ...]:
        """Return the paths of the documents whose flaws keep them out of the digest."""
        return left_out(self.corpus)


def left_out(corpus: Corpus) -> tuple[str, ...]:
    """Return the paths of the documents whose flaws keep them out of the digest."""
    return tuple(
        analysis.document.source.path for analysis in corpus.analyses if analysis.noun is None and analysis.kind != "page"
    )
