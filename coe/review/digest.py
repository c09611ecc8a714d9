"""Corpus, week and day → Digest: what the weekly review needs to see.

Everything is read from the files, so the same commit, week and day give the same digest on every machine. Which files
were edited is known to git only, and is an argument.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path

from coe.corpus import Corpus
from coe.insight.actions import ActionRow, register
from coe.review.adoption import Progress, adoption
from coe.review.agenda import Agenda, Appointment, agenda, appointment
from coe.review.candidates import Candidate, candidates
from coe.review.draw import Draw, draw
from coe.review.follow_up import FollowUp, LeftOpen, follow_up, left_open
from coe.review.ground import Ground
from coe.review.listed import Listed
from coe.review.meeting import Meeting, last_meeting
from coe.review.news import Change, Learned, changed_in, learnings_of, new_in
from coe.review.recurring import RecurringCause, recurring_causes
from coe.review.spotlight import Spotlight, spotlight
from coe.review.waiting import TeamActions, Waiting, by_team, completed_in, late_drafts, queue
from coe.review.week import Week
from coe.review.wins import Spell, spells, verified_in
from coe.weekly import SlotName


@dataclass(frozen=True, slots=True)
class Counts:
    """How many there are. `due` counts open action items with a due date; `compared` the COEs that patterns come from.

    `left_out` counts the documents that could not be read.
    """

    coes: int
    open: int
    due: int
    overdue: int
    due_soon: int
    compared: int
    left_out: int


@dataclass(frozen=True, slots=True)
class Completion:
    """How many action items are finished, of all that are known and not given up."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Digest:
    """One week as the review sees it on the day `as_of`; the numbers of days are the policy's."""

    week: Week
    as_of: dt.date
    counts: Counts
    new: tuple[Listed, ...]
    changed: tuple[Change, ...]
    queue: tuple[Waiting, ...]
    late_drafts: tuple[Waiting, ...]
    teams: tuple[TeamActions, ...]
    completed: tuple[ActionRow, ...]
    learnings: tuple[Learned, ...]
    candidates: tuple[Candidate, ...]
    meeting: Meeting | None
    publish_within_days: int
    due_soon_days: int
    verified: tuple[ActionRow, ...]
    spells: tuple[Spell, ...]
    follow_up: FollowUp | None
    left_open: tuple[LeftOpen, ...]
    spotlight: Spotlight | None
    completion: Completion
    programs: tuple[Progress, ...]
    draw: Draw | None
    agenda: Agenda
    remarks_url: str | None
    meets: Appointment | None
    causes: tuple[RecurringCause, ...]

    @property
    def met(self) -> bool:
        """Say whether the review of this very week has minutes."""
        return self.meeting is not None and self.meeting.week == self.week.name

    @property
    def is_quiet(self) -> bool:
        """Say whether the week brought nothing: no new or changed COE, nothing completed, no minutes."""
        return not (self.new or self.changed or self.completed or self.met)

    @property
    def is_clear(self) -> bool:
        """Say whether nothing waits either."""
        return not (self.queue or self.late_drafts or self.teams)


def digest(
    corpus: Corpus,
    *,
    week: Week,
    as_of: dt.date,
    edited: Collection[Path] = frozenset(),
    chosen: str | None = None,
    ground: Ground | None = None,
) -> Digest:
    """Return the digest of a week on a day.

    `edited` are the files that a history knows to have changed in the week, `chosen` is the COE that people want to read
    at length; the minutes of the week say it too. `ground` is what the digests of one corpus share, where several are made.

    Errors: `CoeError` when there is no such COE.
    """
    review = corpus.repository.config.review
    ground = ground or Ground(corpus)
    entries = ground.entries
    there = {name: entry for name, entry in entries.items() if entry.known(as_of) or week.holds_day(entry.since)}
    rows = [row for row in register(corpus, as_of=as_of) if _is_known(row, there, as_of)]
    new = _not_reviewed_before(new_in(entries.values(), week), corpus, week)
    minutes = corpus.minutes.get(week.name)
    known = minutes.spotlight if minutes and minutes.spotlight in entries else None
    waiting = queue(entries.values(), corpus, week=week, as_of=as_of)
    made = Digest(
        week=week,
        as_of=as_of,
        counts=_counts(corpus, there.values(), rows),
        new=new,
        changed=changed_in(there, week, edited),
        queue=waiting,
        late_drafts=late_drafts(entries.values(), corpus, as_of=as_of),
        teams=by_team(rows),
        completed=completed_in(rows, week),
        learnings=learnings_of(new, corpus),
        candidates=candidates(there.values(), corpus, week=week, new=new),
        meeting=last_meeting(corpus, entries, week),
        publish_within_days=review.publish_within_days,
        due_soon_days=review.due_soon_days,
        verified=verified_in(rows, week),
        spells=spells(there.values(), corpus, week=week),
        follow_up=follow_up(corpus, rows, week),
        left_open=left_open(corpus, entries, week),
        spotlight=spotlight(entries, corpus, week=week, fresh=[*new, *(one.entry for one in waiting)], chosen=chosen or known),
        completion=_completion(rows),
        programs=adoption(corpus, week),
        draw=draw(corpus, week),
        agenda=agenda(review, {}),
        remarks_url=review.remarks_url,
        meets=appointment(review, week, minutes.date if minutes else None),
        causes=recurring_causes([*new, *(one.entry for one in waiting)], ground.causes, day=as_of, rows=rows),
    )
    return replace(made, agenda=agenda(review, _things(made)))


def _is_known(row: ActionRow, there: Collection[str], as_of: dt.date) -> bool:
    """Say whether an action item was known on a day: those of COEs that came later change no earlier digest."""
    if row.source_kind == "coe" and row.source_id not in there:
        return False
    return row.since is None or row.since <= as_of or not row.is_left


def _not_reviewed_before(new: tuple[Listed, ...], corpus: Corpus, week: Week) -> tuple[Listed, ...]:
    """Return the new COEs; a window that begins on the day of the last review leaves out what that one has seen."""
    if week.since is None:
        return new
    seen = {one.coe for minutes in corpus.minutes.values() if minutes.date == week.since for one in minutes.reviewed}
    return tuple(entry for entry in new if entry.coe.id not in seen)


def _completion(rows: list[ActionRow]) -> Completion:
    counted = [row for row in rows if row.state != "wont_do"]
    return Completion(sum(not row.is_left for row in counted), len(counted))


def _things(made: Digest) -> dict[SlotName, int]:
    return {
        "wins": len(made.verified) + len(made.spells),
        "decisions": len(made.follow_up.decisions) + len(made.left_open) if made.follow_up else len(made.left_open),
        "new": len(made.new),
        "queue": len(made.queue) + len(made.late_drafts),
        "actions": made.counts.overdue + made.counts.due_soon,
        "causes": len(made.causes),
        "tenets": len(made.candidates),
        "programs": len(made.programs),
    }


def left_out(corpus: Corpus) -> tuple[str, ...]:
    """Return the paths of the documents whose flaws keep them out of the digest."""
    return tuple(
        analysis.document.source.path for analysis in corpus.analyses if analysis.noun is None and analysis.kind != "page"
    )


def _counts(corpus: Corpus, there: Collection[Listed], rows: list[ActionRow]) -> Counts:
    left = [row for row in rows if row.is_left]
    return Counts(
        coes=len(there),
        open=len(left),
        due=sum(row.item.due is not None for row in left),
        overdue=sum(row.state == "overdue" for row in left),
        due_soon=sum(row.state == "due_soon" for row in left),
        compared=sum(entry.counts for entry in there),
        left_out=len(left_out(corpus)),
    )
