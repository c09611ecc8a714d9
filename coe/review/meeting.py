"""The last review up to a week: what it saw and decided, and where that stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from coe.corpus import Corpus
from coe.insight.names import names
from coe.model.organization import Minutes
from coe.review.listed import Listed
from coe.review.news import Named, program_named, tenet_named
from coe.review.week import Week


@dataclass(frozen=True, slots=True)
class Seen:
    """A COE on the table and what came of it."""

    entry: Listed
    outcome: str
    notes: str | None


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision with the tenet and the program it made or changed, as they stand now."""

    id: str
    text: str
    tenet: Named | None
    program: Named | None


@dataclass(frozen=True, slots=True)
class Meeting:
    """The minutes of one review; `unlisted` counts COEs on the table that this digest may not or cannot name."""

    week: str
    date: dt.date
    facilitator: str
    seen: tuple[Seen, ...]
    unlisted: int
    decisions: tuple[Decided, ...]
    spotlight: Listed | None
    picked: str | None


def last_meeting(corpus: Corpus, entries: Mapping[str, Listed], week: Week) -> Meeting | None:
    """Return the last review up to a week, absent when there was none yet."""
    minutes = next((minutes for name, minutes in corpus.minutes.items() if name <= week.name), None)
    return _meeting(minutes, corpus, entries) if minutes else None


def _meeting(minutes: Minutes, corpus: Corpus, entries: Mapping[str, Listed]) -> Meeting:
    called = names(corpus)
    picked = minutes.wheel.picked if minutes.wheel else None
    return Meeting(
        week=minutes.week,
        date=minutes.date,
        facilitator=called.holder(minutes.facilitator) or minutes.facilitator,
        seen=tuple(Seen(entries[one.coe], one.outcome, one.notes) for one in minutes.reviewed if one.coe in entries),
        unlisted=sum(one.coe not in entries for one in minutes.reviewed),
        decisions=tuple(
            Decided(one.id, one.text, tenet_named(corpus, one.tenet), program_named(corpus, one.program))
            for one in minutes.decisions
        ),
        spotlight=entries.get(minutes.spotlight) if minutes.spotlight else None,
        picked=called.services.get(picked, called.team(picked)) if picked else None,
    )
