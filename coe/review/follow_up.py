"""What the reviews before this one decided, what became of it, and what they left open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from coe.corpus import Corpus
from coe.insight.actions import ActionRow
from coe.model.organization import Decision, Minutes
from coe.review.items import Items
from coe.review.listed import Listed, is_set_aside
from coe.review.news import Named, program_named, tenet_named
from coe.review.week import Week

LOOKED_BACK = 8
"""How many reviews back a thing that was left open is told again."""

OpenKind: TypeAlias = Literal["decision", "returned", "escalated", "accepted"]


@dataclass(frozen=True, slots=True)
class Became:
    """A decision of the last review, and what carries it now; nothing does when both are absent."""

    week: str
    id: str
    text: str
    tenet: Named | None
    program: Named | None

    @property
    def is_carried(self) -> bool:
        """Say whether a tenet or program with a page carries it."""
        return any(one is not None and one.status is not None for one in (self.tenet, self.program))


@dataclass(frozen=True, slots=True)
class FollowUp:
    """The review before this one: its decisions, and the action items that the meeting took on itself."""

    week: str
    decisions: tuple[Became, ...]
    actions: tuple[ActionRow, ...]


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """Something that an earlier review left open: a decision that names a tenet or program without a page, or a COE."""

    kind: OpenKind
    week: str
    about: str
    text: str


def follow_up(corpus: Corpus, items: Items, week: Week, as_of: dt.date) -> FollowUp | None:
    """Return what the last review before this week decided, and where it stands; absent when there was none."""
    minutes = next(_before(corpus, week), None)
    if minutes is None:
        return None
    own = tuple(items.rows("minutes", minutes.week, as_of))
    return FollowUp(minutes.week, tuple(_became(minutes, one, corpus) for one in minutes.decisions), own)


def _before(corpus: Corpus, week: Week) -> Iterator[Minutes]:
    return (minutes for name, minutes in corpus.minutes.items() if name < week.name)


def _became(minutes: Minutes, one: Decision, corpus: Corpus) -> Became:
    return Became(minutes.week, one.id, one.text, tenet_named(corpus, one.tenet), program_named(corpus, one.program))


def left_open(corpus: Corpus, entries: Mapping[str, Listed], week: Week) -> tuple[LeftOpen, ...]:
    """Return what the last reviews left open, the newest review first.

    A COE that was returned or escalated stays open until a later review accepts it, an accepted one until it is published:
    it may lack what the policy asks for, or still wait for changes.
    """
    found: list[LeftOpen] = []
    settled: set[str] = set()
    for minutes, _ in zip(_before(corpus, week), range(LOOKED_BACK), strict=False):
        for decision in minutes.decisions:
            became = _became(minutes, decision, corpus)
            if (became.tenet or became.program) and not became.is_carried:
                found.append(LeftOpen("decision", minutes.week, decision.id, decision.text))
        for one in minutes.reviewed:
            entry = entries.get(one.coe)
            if entry and one.coe not in settled and not entry.is_finished and not is_set_aside(entry):
                kind: OpenKind = "accepted" if one.outcome == "accepted_with_changes" else one.outcome
                found.append(LeftOpen(kind, minutes.week, one.coe, entry.coe.title))
            settled.add(one.coe)
    return tuple(found)
