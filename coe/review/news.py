"""What the week brought: new COEs, changed ones, and the learnings of the new."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

from coe.corpus import Corpus
from coe.model.learning import Learning
from coe.review.by_day import ByDay
from coe.review.listed import Listed, is_set_aside
from coe.review.week import Week

ReasonKind: TypeAlias = Literal["severity", "action_completed", "action_verified", "action_agreed", "edited"]
_STAGES = ("published", "closed", "in_review", "draft")


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that changed: `about` is the id of an action item, or the new severity."""

    kind: ReasonKind
    about: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A COE from before the week, and what changed in it during the week."""

    entry: Listed
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A tenet or program that something refers to; `status` is absent when it does not exist."""

    id: str
    title: str
    status: str | None


@dataclass(frozen=True, slots=True)
class Learned:
    """A learning, the COE it comes from, and what carries it on."""

    entry: Listed
    learning: Learning
    tenet: Named | None
    program: Named | None


def tenet_named(corpus: Corpus, name: str | None) -> Named | None:
    """Return the tenet of an id."""
    if name is None:
        return None
    tenet = corpus.tenets.get(name)
    return Named(name, tenet.title, tenet.status) if tenet else Named(name, name, None)


def program_named(corpus: Corpus, name: str | None) -> Named | None:
    """Return the program of an id."""
    if name is None:
        return None
    program = corpus.programs.get(name)
    return Named(name, program.title, program.status) if program else Named(name, name, None)


def new_in(entries: Iterable[Listed], week: Week) -> tuple[Listed, ...]:
    """Return the COEs published in a week, then those begun in it: by stage, severity and id.

    A draft without a `created` day counts from the day of its event.
    """
    found = [entry for entry in entries if not is_set_aside(entry) and week.holds_day(arrival(entry))]
    return tuple(sorted(found, key=lambda entry: (_stage(entry), entry.coe.severity, entry.coe.id)))


def arrival(entry: Listed) -> dt.date | None:
    """Return the day on which a COE is new: that of its publication, and of its first day before that."""
    return entry.coe.published if entry.is_finished else entry.coe.created or entry.event_day


def _stage(entry: Listed) -> int:
    return 0 if entry.is_finished else _STAGES.index(entry.coe.status)


def changes(entries: Iterable[Listed]) -> ByDay[Listed]:
    """Return COEs by the days on which something in them is dated, in universal time."""
    return ByDay((day, entry) for entry in entries for day in {*_changed_on(entry)})


def _changed_on(entry: Listed) -> Iterator[dt.date]:
    yield from (change.at.astimezone(dt.UTC).date() for change in entry.coe.severity_history)
    for item in entry.coe.action_items:
        yield from (day for day in (item.completed, item.created) if day)
        if item.verification:
            yield item.verification.at.astimezone(dt.UTC).date()


def changed_in(entries: Iterable[Listed], week: Week, edited: Collection[Path], *, but: Iterable[Listed]) -> tuple[Change, ...]:
    """Return the COEs in which something is dated in the week, or whose file is among the edited ones, but for the new."""
    new = {entry.coe.id for entry in but}
    found = ((entry, tuple(_reasons(entry, week))) for entry in entries if entry.coe.id not in new)
    changed = [Change(entry, reasons or (Reason("edited"),)) for entry, reasons in found if reasons or (entry.file in edited)]
    return tuple(sorted(changed, key=lambda change: (change.entry.coe.severity, change.entry.coe.id)))


def _reasons(entry: Listed, week: Week) -> Iterator[Reason]:
    coe, zone = entry.coe, ZoneInfo(week.zone)
    yield from (Reason("severity", change.level) for change in coe.severity_history if week.holds(change.at))
    for item in coe.action_items:
        if week.holds_day(item.completed) and not item.is_open:
            yield Reason("action_completed", item.id)
        if item.verification and week.holds_day(item.verification.at.astimezone(zone).date()):
            yield Reason("action_verified", item.id)
        if week.holds_day(item.created):
            yield Reason("action_agreed", item.id)


def learnings_of(new: Iterable[Listed], corpus: Corpus) -> tuple[Learned, ...]:
    """Return the learnings of new COEs; a draft has none yet that others should use."""
    return tuple(
        Learned(entry, learning, tenet_named(corpus, learning.tenet), program_named(corpus, learning.program))
        for entry in new
        if entry.counts
        for learning in entry.coe.learnings
    )
