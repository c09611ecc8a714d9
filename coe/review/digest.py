"""Corpus, week and day → Digest: what the weekly review needs to see.

Everything is read from the files, so the same commit, week and day give the same digest on every machine. Which files
were edited is known to git only, and is an argument.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from coe.corpus import Corpus
from coe.insight.actions import ActionRow, Tracked
from coe.review.adoption import Progress, adoption
from coe.review.agenda import Agenda, Appointment, agenda, appointment
from coe.review.by_day import ByDay
from coe.review.candidates import Candidate, candidates
from coe.review.draw import Draw, draw
from coe.review.follow_up import FollowUp, LeftOpen, follow_up, left_open
from coe.review.ground import Ground
from coe.review.items import Completion
from coe.review.listed import Listed, Sight
from coe.review.meeting import Meeting, last_meeting
from coe.review.news import Change, Learned, changed_in, learnings_of, new_in
from coe.review.recurring import RecurringCause, recurring_causes
from coe.review.spotlight import Spotlight, spotlight
from coe.review.waiting import TeamActions, Waiting, by_team, completed_in, late_drafts, queue
from coe.review.week import Week
from coe.review.wins import Spell, verified_in
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
    entries, items = ground.entries, ground.items
    sight = Sight(as_of, week.first, week.last)
    late = [entry for entry in ground.known.between(week.first, week.last) if not entry.known(as_of)]
    left = items.left(as_of, late)
    brought = new_in(ground.arrivals.between(week.first, week.last), week)
    new = _not_reviewed_before(brought, corpus, week)
    minutes = corpus.minutes.get(week.name)
    known = minutes.spotlight if minutes and minutes.spotlight in entries else None
    waiting = queue(ground.in_review, ground.reviews, corpus, week=week, as_of=as_of)
    fresh = [*new, *(one.entry for one in waiting)]
    groups = ground.groups.on(sight, least=review.tenet_candidate_coes)
    teams = by_team(left, as_of=as_of)
    made = Digest(
        week=week,
        as_of=as_of,
        counts=_counts(ground, left, teams, late=late, as_of=as_of),
        new=new,
        changed=changed_in(_touched(ground, week, sight, edited), week, edited, but=brought),
        queue=waiting,
        late_drafts=late_drafts(ground.drafts, corpus, as_of=as_of),
        teams=teams,
        completed=completed_in(_rows(items.finished, ground, week, as_of), week),
        learnings=learnings_of(new, corpus),
        candidates=candidates(groups, corpus, ground.decided, week=week, new=new),
        meeting=last_meeting(corpus, entries, week),
        publish_within_days=review.publish_within_days,
        due_soon_days=review.due_soon_days,
        verified=verified_in(_rows(items.verified, ground, week, as_of), week),
        spells=ground.quiet.spells(week, sight.sees),
        follow_up=follow_up(corpus, items, week, as_of),
        left_open=left_open(corpus, entries, week),
        spotlight=spotlight(entries, corpus, week=week, fresh=fresh, pool=ground.pool, chosen=chosen or known),
        completion=items.completion(as_of, len(left), late),
        programs=adoption(corpus, week),
        draw=draw(corpus, ground.draws, week),
        agenda=agenda(review, {}),
        remarks_url=review.remarks_url,
        meets=appointment(review, week, minutes.date if minutes else None),
        causes=recurring_causes(fresh, ground.causes, day=as_of, items=items),
    )
    return replace(made, agenda=agenda(review, _things(made)))


def _touched(ground: Ground, week: Week, sight: Sight, edited: Collection[Path]) -> Iterator[Listed]:
    """Yield the COEs in which something may have changed in the week."""
    files = (ground.by_file[file] for file in edited if file in ground.by_file)
    found = {entry.coe.id: entry for entry in (*ground.touched(week), *files)}
    return filter(sight.sees, found.values())


def _rows(found: ByDay[Tracked], ground: Ground, week: Week, as_of: dt.date) -> Iterator[ActionRow]:
    """Yield the rows of the action items with a day in the week, as far as their documents are known."""
    sight = Sight(as_of, week.first, week.last)
    for one in found.between(week.first, week.last):
        if one.source_kind != "coe" or sight.sees(ground.entries[one.source_id]):
            yield one.row(as_of)


def _not_reviewed_before(new: tuple[Listed, ...], corpus: Corpus, week: Week) -> tuple[Listed, ...]:
    """Return the new COEs; a window that begins on the day of the last review leaves out what that one has seen."""
    if week.since is None:
        return new
    seen = {one.coe for minutes in corpus.minutes.values() if minutes.date == week.since for one in minutes.reviewed}
    return tuple(entry for entry in new if entry.coe.id not in seen)


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


def _counts(
    ground: Ground, left: Sequence[Tracked], teams: Iterable[TeamActions], *, late: Sequence[Listed], as_of: dt.date
) -> Counts:
    pressing = list(teams)
    return Counts(
        coes=ground.known.upto(as_of) + len(late),
        open=len(left),
        due=sum(one.item.due is not None for one in left),
        overdue=sum(len(team.overdue) for team in pressing),
        due_soon=sum(len(team.due_soon) for team in pressing),
        compared=ground.causes.size(as_of) + sum(entry.counts for entry in late),
        left_out=len(ground.left_out),
    )
