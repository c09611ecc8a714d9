"""What waits: COEs for their review, drafts for their end, action items for their day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import TypeAlias

from coe.corpus import Corpus
from coe.insight.actions import ActionRow, Tracked
from coe.model.organization import Minutes
from coe.review.listed import Listed
from coe.review.week import Week

Reviews: TypeAlias = Mapping[str, Sequence[tuple[str, str]]]
"""The weeks of the reviews of a COE, the newest first, with their outcomes."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A COE that waits. Unit: days since the event, and days past the policy (0 when within it).

    `returned` is the week of the review that gave it back to its authors.
    """

    entry: Listed
    age: int | None
    late: int
    returned: str | None = None


@dataclass(frozen=True, slots=True)
class TeamActions:
    """What one team has left: how many action items are open, and those that are pressing."""

    team: str | None
    name: str
    open: int
    overdue: tuple[ActionRow, ...]
    due_soon: tuple[ActionRow, ...]


def queue(entries: Iterable[Listed], reviews: Reviews, corpus: Corpus, *, week: Week, as_of: dt.date) -> tuple[Waiting, ...]:
    """Return the COEs in review that no review up to the week has seen, or that the last one returned, the oldest first."""
    found = []
    for entry in entries:
        if entry.coe.status != "in_review" or not entry.known(as_of):
            continue
        seen = next((one for one in reviews.get(entry.coe.id, ()) if one[0] <= week.name), None)
        if seen is None or (seen[1] == "returned" and seen[0] != week.name):
            found.append(_waiting(entry, corpus, as_of, seen[0] if seen else None))
    return _by_age(found)


def late_drafts(entries: Iterable[Listed], corpus: Corpus, *, as_of: dt.date) -> tuple[Waiting, ...]:
    """Return the drafts that are older than the policy wants a published COE to be, the oldest first."""
    drafts = [entry for entry in entries if entry.coe.status == "draft" and entry.known(as_of)]
    waiting = (_waiting(entry, corpus, as_of, None) for entry in drafts)
    return _by_age([one for one in waiting if one.late])


def reviews_of(minutes: Iterable[Minutes]) -> Reviews:
    """Return the weeks in which a review saw a COE, with what came of it, by COE; minutes come with the newest first."""
    found: dict[str, list[tuple[str, str]]] = {}
    for one in minutes:
        for reviewed in one.reviewed:
            found.setdefault(reviewed.coe, []).append((one.week, reviewed.outcome))
    return found


def _waiting(entry: Listed, corpus: Corpus, as_of: dt.date, returned: str | None) -> Waiting:
    age = (as_of - entry.event_day).days if entry.event_day else None
    allowed = corpus.repository.config.review.publish_within_days
    return Waiting(entry, age, max(0, (age or 0) - allowed), returned)


def _by_age(found: list[Waiting]) -> tuple[Waiting, ...]:
    return tuple(sorted(found, key=lambda one: (-(one.age or 0), one.entry.coe.id)))


def by_team(left: Iterable[Tracked], *, as_of: dt.date) -> tuple[TeamActions, ...]:
    """Return the pressing ones of the action items that are left by team, teams by name: the order is no ranking."""
    teams: dict[tuple[str, str | None], list[Tracked]] = {}
    for one in left:
        teams.setdefault((one.team_name, one.team), []).append(one)
    found = []
    for (name, team), some in sorted(teams.items(), key=lambda pair: (pair[0][0].casefold(), pair[0][1] or "")):
        rows = [one.row(as_of) for one in some if one.item.due and (one.item.due - as_of).days <= one.soon]
        late = tuple(row for row in rows if row.state == "overdue")
        soon = tuple(row for row in rows if row.state == "due_soon")
        found.append(TeamActions(team, name, len(some), late, soon))
    return tuple(team for team in found if team.overdue or team.due_soon)


def completed_in(rows: Iterable[ActionRow], week: Week) -> tuple[ActionRow, ...]:
    """Return what was finished in the week, by day."""
    found = [row for row in rows if not row.is_left and week.holds_day(row.finished)]
    return tuple(sorted(found, key=attrgetter("finished", "source_kind", "source_id", "item.id")))
