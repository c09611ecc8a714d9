"""The weeks whose reviews have pages, and what each digest is made of: it is made again only when one of its documents changed.

A digest judges a week as of its last day. So what became known later is no part of it, and a new COE leaves the pages of
all earlier weeks as they are, without a look into any document.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from coe.model.organization import Minutes, Program, Tenet
from coe.model.validate import Analysis
from coe.review.digest import Digest, digest
from coe.review.ground import Ground, left_out
from coe.review.week import Week, parse_week, week_of_day
from coe.site.publication import Publication


@dataclass(frozen=True)
class PastWeeks:
    """The digests of a publication."""

    publication: Publication

    @cached_property
    def ground(self) -> Ground:
        """Return what all digests share."""
        known = self.publication
        return Ground(known.corpus, known.tracked, known.cause_terms)

    def week(self, name: str) -> Week:
        """Return the week of a name, as the configuration cuts weeks."""
        review = self.publication.corpus.repository.config.review
        return parse_week(name, review.timezone, review.week_starts, cutoff=review.cutoff)

    def day(self, week: Week) -> dt.date:
        """Return the day as of which a week is judged: its last one, or today while it is not over."""
        return min(week.last, self.publication.as_of)

    def digest(self, week: Week) -> Digest:
        """Return the digest of a week; that of the last one asked for is at hand."""
        kept = self._last.get(week)
        if kept is None:
            kept = digest(self.publication.corpus, week=week, as_of=self.day(week), ground=self.ground)
            self._last.clear()  # two hundred digests of ten thousand COEs would fill the memory
            self._last[week] = kept
        return kept

    @cached_property
    def _last(self) -> dict[Week, Digest]:
        return {}

    @cached_property
    def newest(self) -> Digest:
        """Return the digest of this week; of the latest week that met, when this one has brought nothing yet."""
        known = self.publication
        review = known.corpus.repository.config.review
        this = week_of_day(known.as_of, review.timezone, review.week_starts, cutoff=review.cutoff)
        made = digest(known.corpus, week=this, as_of=known.as_of, ground=self.ground)
        past = [week for week in map(self.week, known.corpus.minutes) if week.last <= known.as_of]
        if not made.is_quiet or not past:
            return made
        return self.digest(max(past, key=lambda week: week.last))

    def inputs(self, week: Week) -> str:
        """Return a name for all that the digest and the minutes of a week are made of."""
        known = self.publication
        day = self.day(week)
        rows = [
            (row.item.id, row.state, row.days_left)
            for row in known.actions
            if row.source_kind == "minutes" and row.source_id == week.name
        ]
        days, names = self._coes
        upto = bisect_right(days, week.last)
        reviews = next((name for at, name in reversed(self._minutes) if at <= week.name), "")
        told = (week.name, str(day), names[upto], reviews, self._beside, repr(rows))
        return hashlib.blake2b("\0".join(told).encode("utf-8"), digest_size=20).hexdigest()

    @cached_property
    def _coes(self) -> tuple[list[dt.date], list[str]]:
        """Return the days since when COEs are known, and a name of the first none, one, two … of them."""
        days, names = [], [""]
        entries = self.ground.entries
        known = sorted((entry.since or dt.date.min, name) for name, entry in entries.items())
        for (since, _), name in zip(known, _chained(self._document(name) for _, name in known), strict=True):
            days.append(since)
            names.append(name)
        return days, names

    @cached_property
    def _minutes(self) -> list[tuple[str, str]]:
        """Return the weeks with minutes, the earliest first, each with a name of all up to it and of the COEs in them."""
        found = sorted((one.noun.week, one) for one in self.publication.analyses_of(Minutes) if isinstance(one.noun, Minutes))
        return list(zip((week for week, _ in found), _chained(self._told_in(one) for _, one in found), strict=True))

    def _told_in(self, analysis: Analysis) -> str:
        minutes = analysis.noun
        named = [one.coe for one in minutes.reviewed] if isinstance(minutes, Minutes) else []
        spotlight = minutes.spotlight if isinstance(minutes, Minutes) else None
        return "\0".join((analysis.document.source.digest or "", *map(self._document, (*named, spotlight or ""))))

    def _document(self, coe: str) -> str:
        """Return the name of the bytes of a COE."""
        analysis = self.publication.coe_analyses.get(coe)
        return f"{coe} {analysis.document.source.digest or ''}" if analysis else ""

    @cached_property
    def _beside(self) -> str:
        """Return a name of what has no day: tenets and programs, and what could not be read."""
        others = (*self.publication.analyses_of(Tenet), *self.publication.analyses_of(Program))
        told = sorted(f"{one.document.source.path} {one.document.source.digest or ''}" for one in others)
        return "\0".join((*told, *left_out(self.publication.corpus)))


def _chained(parts: Iterator[str]) -> Iterator[str]:
    """Yield, for each part, a name of it and all before it."""
    found = hashlib.blake2b(digest_size=20)
    for part in parts:
        found.update(f"{part}\0\0".encode())
        yield found.hexdigest()
