"""Corpus, week and day → Digest: what the weekly review needs to see.

Everything is read from the files, so the same commit, week and day give the same digest on every machine. Which files
were edited is known to git only, and is an argument.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from coe.corpus import Corpus
from coe.insight.actions import ActionRow, register
from coe.review.candidates import Candidate, candidates
from coe.review.listed import Listed, listed
from coe.review.meeting import Meeting, last_meeting
from coe.review.news import Change, Learned, changed_in, learnings_of, new_in
from coe.review.waiting import TeamActions, Waiting, by_team, completed_in, late_drafts, queue
from coe.review.week import Week


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


def digest(corpus: Corpus, *, week: Week, as_of: dt.date, edited: Collection[Path] = frozenset()) -> Digest:
    """Return the digest of a week on a day; `edited` are the files that a history knows to have changed in the week."""
    review = corpus.repository.config.review
    entries = listed(corpus)
    there = [entry for entry in entries.values() if entry.known(as_of) or week.holds_day(entry.since)]
    rows = [row for row in register(corpus, as_of=as_of) if row.since is None or row.since <= as_of or not row.is_left]
    new = new_in(entries.values(), week)
    return Digest(
        week=week,
        as_of=as_of,
        counts=_counts(corpus, there, rows),
        new=new,
        changed=changed_in(entries, week, edited),
        queue=queue(entries.values(), corpus, week=week, as_of=as_of),
        late_drafts=late_drafts(entries.values(), corpus, as_of=as_of),
        teams=by_team(rows),
        completed=completed_in(rows, week),
        learnings=learnings_of(new, corpus),
        candidates=candidates(there, corpus, week=week, new=new),
        meeting=last_meeting(corpus, entries, week),
        publish_within_days=review.publish_within_days,
        due_soon_days=review.due_soon_days,
    )


def left_out(corpus: Corpus) -> tuple[str, ...]:
    """Return the paths of the documents whose flaws keep them out of the digest."""
    return tuple(
        analysis.document.source.path for analysis in corpus.analyses if analysis.noun is None and analysis.kind != "page"
    )


def _counts(corpus: Corpus, there: list[Listed], rows: list[ActionRow]) -> Counts:
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
