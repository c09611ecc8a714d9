"""What waits: COEs for their review, drafts for their end, action items for their day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter

from coe.corpus import Corpus
from coe.insight.actions import ActionRow
from coe.model.organization import Minutes
from coe.review.listed import Listed
from coe.review.week import Week


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


def queue(entries: Iterable[Listed], corpus: Corpus, *, week: Week, as_of: dt.date) -> tuple[Waiting, ...]:
    """Return the COEs in review that no review up to the week has seen, or that the last one returned, the oldest first."""
    past = [minutes for name, minutes in corpus.minutes.items() if name <= week.name]
    found = []
    for entry in entries:
        if entry.coe.status != "in_review" or not entry.known(as_of):
            continue
        seen = _last_review(entry.coe.id, past)
        if seen is None or (seen[1] == "returned" and seen[0] != week.name):
            found.append(_waiting(entry, corpus, as_of, seen[0] if seen else None))
    return _by_age(found)


def late_drafts(entries: Iterable[Listed], corpus: Corpus, *, as_of: dt.date) -> tuple[Waiting, ...]:
    """Return the drafts that are older than the policy wants a published COE to be, the oldest first."""
    drafts = [entry for entry in entries if entry.coe.status == "draft" and entry.known(as_of)]
    waiting = (_waiting(entry, corpus, as_of, None) for entry in drafts)
    return _by_age([one for one in waiting if one.late])


def _last_review(name: str, past: Iterable[Minutes]) -> tuple[str, str] | None:
    """Return week and outcome of the last review of a COE; `past` has the newest first."""
    found = ((minutes.week, reviewed.outcome) for minutes in past for reviewed in minutes.reviewed if reviewed.coe == name)
    return next(found, None)


def _waiting(entry: Listed, corpus: Corpus, as_of: dt.date, returned: str | None) -> Waiting:
    age = (as_of - entry.event_day).days if entry.event_day else None
    allowed = corpus.repository.config.review.publish_within_days
    return Waiting(entry, age, max(0, (age or 0) - allowed), returned)


def _by_age(found: list[Waiting]) -> tuple[Waiting, ...]:
    return tuple(sorted(found, key=lambda one: (-(one.age or 0), one.entry.coe.id)))


def by_team(rows: Iterable[ActionRow]) -> tuple[TeamActions, ...]:
    """Return the pressing action items by team, teams by name: the order is no ranking."""
    teams: dict[tuple[str, str | None], list[ActionRow]] = {}
    for row in rows:
        if row.is_left:
            teams.setdefault((row.team_name, row.team), []).append(row)
    found = [
        TeamActions(
            team,
            name,
            len(left),
            tuple(row for row in left if row.state == "overdue"),
            tuple(row for row in left if row.state == "due_soon"),
        )
        for (name, team), left in sorted(teams.items(), key=lambda pair: (pair[0][0].casefold(), pair[0][1] or ""))
    ]
    return tuple(team for team in found if team.overdue or team.due_soon)


def completed_in(rows: Iterable[ActionRow], week: Week) -> tuple[ActionRow, ...]:
    """Return what was finished in the week, by day."""
    found = [row for row in rows if not row.is_left and week.holds_day(row.finished)]
    return tuple(sorted(found, key=attrgetter("finished", "source_kind", "source_id", "item.id")))
