"""The COE that the meeting reads at length: chosen by people, else by a score that is shown."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from coe.corpus import Corpus
from coe.errors import CoeError
from coe.review.listed import Listed
from coe.review.week import Week

Origin: TypeAlias = Literal["chosen", "week", "archive"]
_MOST = 3
"""The most that novelty and reach can give, so that neither outweighs a severity or two."""


@dataclass(frozen=True, slots=True)
class Score:
    """Why a COE is worth the room's time. Each part is a small number, and what it counts is named.

    `severity` is 5 for SEV1 down to 1 for SEV5; `novelty` counts the terms (trigger, detection, categories of causes, tags)
    that no earlier COE has; `reach` counts further services, and learnings that are for more than the team.
    """

    severity: int
    novelty: int
    reach: int
    new_terms: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """Return the sum."""
        return self.severity + self.novelty + self.reach


@dataclass(frozen=True, slots=True)
class Spotlight:
    """The COE, its score, where it comes from, and how many others were looked at."""

    entry: Listed
    score: Score
    origin: Origin
    others: int


class Pool:
    """The COEs from which one is chosen, with what of their scores no day changes."""

    def __init__(self, entries: Iterable[Listed]) -> None:
        counted = [entry for entry in entries if entry.counts]
        self._scored = [(entry, _since(entry), _severity(entry) + _reach(entry)) for entry in counted]
        self._first: dict[str, tuple[list[dt.date], list[str]]] = {}
        for entry in sorted(counted, key=_since):
            for term in {*_terms(entry)}:
                days, ids = self._first.setdefault(term, ([], []))
                if not ids or entry.coe.id < ids[-1]:
                    days.append(_since(entry))
                    ids.append(entry.coe.id)

    def first_named(self, day: dt.date) -> dict[str, str]:
        """Return, for each term of the COEs that are known on a day, the id of the earliest that has it."""
        found = ((term, bisect_right(days, day), ids) for term, (days, ids) in self._first.items())
        return {term: ids[upto - 1] for term, upto, ids in found if upto}

    def best(self, day: dt.date, seen: Mapping[str, str], first: Mapping[str, str]) -> tuple[Listed, int] | None:
        """Return the best of the COEs that are known on a day, and how many there are."""
        there = [(entry, fixed) for entry, since, fixed in self._scored if since <= day]
        new = Counter(first.values())

        def order(pair: tuple[Listed, int]) -> tuple[str, int, int, str]:
            entry, fixed = pair
            return _order(entry, seen, fixed + min(_MOST, new[entry.coe.id]))

        return (min(there, key=order)[0], len(there)) if there else None


def _since(entry: Listed) -> dt.date:
    return entry.since or dt.date.min


def spotlight(
    entries: Mapping[str, Listed],
    corpus: Corpus,
    *,
    week: Week,
    fresh: Sequence[Listed],
    pool: Pool,
    chosen: str | None = None,
) -> Spotlight | None:
    """Return the COE to read at length: the chosen one, else the best of the week's, else one from the archive.

    `fresh` are the week's. COEs that a review has shown before come last, the longest ago first. Absent without any COE.

    Errors: `CoeError` when the chosen one is not among the entries.
    """
    if chosen and chosen not in entries:
        raise CoeError(f"there is no COE {chosen} to read at length", "Give the id of a COE that is published or in review.")
    first = pool.first_named(week.last)
    if chosen:
        return Spotlight(entries[chosen], score(entries[chosen], first), "chosen", 0)
    lit, seen = _shown(corpus, week)
    new = {entry.coe.id: entry for entry in fresh}.values()  # one that is new may wait as well
    if few := [entry for entry in new if entry.counts and entry.coe.id not in lit]:
        best = min(few, key=lambda entry: _order(entry, lit, score(entry, first).total))
        return Spotlight(best, score(best, first), "week", len(few) - 1)
    if (found := pool.best(week.last, seen, first)) is None:
        return None
    return Spotlight(found[0], score(found[0], first), "archive", found[1] - 1)


def _order(entry: Listed, shown: Mapping[str, str], total: int) -> tuple[str, int, int, str]:
    """Return what puts the COE to be read first; among equals that is the newest."""
    day = entry.event_day or dt.date.min
    return shown.get(entry.coe.id, ""), -total, -day.toordinal(), entry.coe.id


def _shown(corpus: Corpus, week: Week) -> tuple[dict[str, str], dict[str, str]]:
    """Return the last week before this one in which each COE was in the spotlight, and in which a review saw it at all."""
    lit: dict[str, str] = {}
    seen: dict[str, str] = {}
    for name, minutes in sorted(corpus.minutes.items()):
        if name < week.name:
            lit |= {minutes.spotlight: name} if minutes.spotlight else {}
            seen |= {one.coe: name for one in minutes.reviewed}
    return lit, seen | {coe: max(name, seen.get(coe, "")) for coe, name in lit.items()}


def score(entry: Listed, first: Mapping[str, str]) -> Score:
    """Return the score of a COE; `first` has the earliest COE of each term."""
    coe = entry.coe
    new = tuple(sorted({term for term in _terms(entry) if first.get(term, coe.id) >= coe.id}))
    return Score(severity=_severity(entry), novelty=min(_MOST, len(new)), reach=_reach(entry), new_terms=new)


def _severity(entry: Listed) -> int:
    return 6 - int(entry.coe.severity[-1])


def _reach(entry: Listed) -> int:
    wide = sum(learning.audience != "team" for learning in entry.coe.learnings)
    return min(_MOST, max(0, len(entry.coe.services) - 1) + wide)


def _terms(entry: Listed) -> Iterator[str]:
    coe = entry.coe
    if coe.trigger and coe.trigger.type not in ("none", "unknown"):
        yield f"trigger {coe.trigger.type}"
    if coe.detection and coe.detection.method != "unknown":
        yield f"detection {coe.detection.method}"
    yield from (f"cause {cause.category}" for cause in (*coe.root_causes, *coe.contributing_factors))
    yield from coe.tags
