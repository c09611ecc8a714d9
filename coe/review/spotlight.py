"""The COE that the meeting reads at length: chosen by people, else by a score that is shown."""

from __future__ import annotations

import datetime as dt
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


def spotlight(
    entries: Mapping[str, Listed], corpus: Corpus, *, week: Week, fresh: Sequence[Listed], chosen: str | None = None
) -> Spotlight | None:
    """Return the COE to read at length: the chosen one, else the best of the week's, else one from the archive.

    `fresh` are the week's. COEs that a review has shown before come last, the longest ago first. Absent without any COE.

    Errors: `CoeError` when the chosen one is not among the entries.
    """
    there = [entry for entry in entries.values() if entry.counts and entry.known(week.last)]
    if chosen:
        if chosen not in entries:
            raise CoeError(
                f"there is no COE {chosen} to read at length", "Give the id of a COE that is published or in review."
            )
        return Spotlight(entries[chosen], score(entries[chosen], first_named(there)), "chosen", 0)
    lit, seen = _shown(corpus, week)
    first = first_named(there)
    new = {entry.coe.id: entry for entry in fresh}.values()  # one that is new may wait as well
    if pool := [entry for entry in new if entry.counts and entry.coe.id not in lit]:
        best = min(pool, key=lambda entry: _order(entry, lit, first))
        return Spotlight(best, score(best, first), "week", len(pool) - 1)
    if not there:
        return None
    best = min(there, key=lambda entry: _order(entry, seen, first))
    return Spotlight(best, score(best, first), "archive", len(there) - 1)


def _order(entry: Listed, shown: Mapping[str, str], first: Mapping[str, str]) -> tuple[str, int, int, str]:
    """Return what puts the COE to be read first; among equals that is the newest."""
    day = entry.event_day or dt.date.min
    return shown.get(entry.coe.id, ""), -score(entry, first).total, -day.toordinal(), entry.coe.id


def _shown(corpus: Corpus, week: Week) -> tuple[dict[str, str], dict[str, str]]:
    """Return the last week before this one in which each COE was in the spotlight, and in which a review saw it at all."""
    lit: dict[str, str] = {}
    seen: dict[str, str] = {}
    for name, minutes in sorted(corpus.minutes.items()):
        if name < week.name:
            lit |= {minutes.spotlight: name} if minutes.spotlight else {}
            seen |= {one.coe: name for one in minutes.reviewed}
    return lit, seen | {coe: max(name, seen.get(coe, "")) for coe, name in lit.items()}


def first_named(entries: Iterable[Listed]) -> dict[str, str]:
    """Return, for each term of the COEs, the id of the earliest that has it."""
    first: dict[str, str] = {}
    for entry in entries:
        for term in _terms(entry):
            first[term] = min(first.get(term, entry.coe.id), entry.coe.id)
    return first


def score(entry: Listed, first: Mapping[str, str]) -> Score:
    """Return the score of a COE; `first` has the earliest COE of each term."""
    coe = entry.coe
    new = tuple(sorted({term for term in _terms(entry) if first.get(term, coe.id) >= coe.id}))
    wide = sum(learning.audience != "team" for learning in coe.learnings)
    return Score(
        severity=6 - int(coe.severity[-1]),
        novelty=min(_MOST, len(new)),
        reach=min(_MOST, max(0, len(coe.services) - 1) + wide),
        new_terms=new,
    )


def _terms(entry: Listed) -> Iterator[str]:
    coe = entry.coe
    if coe.trigger and coe.trigger.type not in ("none", "unknown"):
        yield f"trigger {coe.trigger.type}"
    if coe.detection and coe.detection.method != "unknown":
        yield f"detection {coe.detection.method}"
    yield from (f"cause {cause.category}" for cause in (*coe.root_causes, *coe.contributing_factors))
    yield from coe.tags
