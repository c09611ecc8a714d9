"""The register of actions: every action item of COEs and minutes, with where it stands on a day.

The site's register page and the weekly digest read the same rows. A day in the past is answered from the dates in the
files: what was completed after that day counts as open on it.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

from coe.corpus import Corpus
from coe.insight.names import Names, names
from coe.model.actions import ActionItem
from coe.model.coe import Coe
from coe.model.measures import impact_start

State: TypeAlias = Literal["overdue", "due_soon", "open", "done", "verified", "wont_do"]
STATES: tuple[State, ...] = ("overdue", "due_soon", "open", "done", "verified", "wont_do")
LEFT = frozenset({"overdue", "due_soon", "open"})
"""The states in which work is left."""

SET_ASIDE = frozenset({"superseded", "withdrawn"})
"""COEs with these states ask for nothing any more: a newer one carries the actions, or there is none."""


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action item, the document that holds it, and its state on a day.

    `finished` is the day it was completed, or verified when no other day is known; `verified` the day it was shown to
    work. `since` is the day from which it is known: when it was agreed, else the day of its document.
    """

    item: ActionItem
    source_id: str
    source_title: str
    source_kind: Literal["coe", "minutes"]
    team: str | None
    team_name: str
    owner_name: str | None
    state: State
    as_of: dt.date
    finished: dt.date | None = None
    verified: dt.date | None = None
    since: dt.date | None = None

    @property
    def is_left(self) -> bool:
        """Say whether work is left on that day."""
        return self.state in LEFT

    @property
    def days_left(self) -> int | None:
        """Return the days until it is due, negative when it is overdue, absent without a due date."""
        return (self.item.due - self.as_of).days if self.item.due else None

    @property
    def age(self) -> int | None:
        """Return the days for which it has been open, absent once it is not, and where its first day is not known."""
        return max(0, (self.as_of - self.since).days) if self.is_left and self.since else None

    @property
    def moved_by(self) -> int:
        """Return by how many days its due date was moved, all moves together."""
        return sum((one.to - one.from_).days for one in self.item.extensions)


AGES = (30, 90, 180, 365)
"""Where one group of ages ends and the next begins. Unit: days."""


def ageing(rows: Iterable[ActionRow]) -> tuple[tuple[str, int], ...]:
    """Return how many action items have been open for how long; those whose first day is not known come last."""
    names = [f"less than {AGES[0]} days", *(f"{low} to {high - 1} days" for low, high in pairwise(AGES)), "a year or more"]
    found = dict.fromkeys([*names, "not known"], 0)
    for row in rows:
        if row.is_left:
            found["not known" if row.age is None else names[bisect_right(AGES, row.age)]] += 1
    return tuple((name, number) for name, number in found.items() if number or name != "not known")


def chosen(
    rows: Iterable[ActionRow], *, team: str | None = None, states: Collection[State] = (), due: dt.date | None = None
) -> tuple[ActionRow, ...]:
    """Return the rows of one team, of some states, and due on a day or before it; what is not given chooses all."""
    return tuple(
        row
        for row in rows
        if (team is None or row.team == team)
        and (not states or row.state in states)
        and (due is None or (row.item.due is not None and row.item.due <= due))
    )


@dataclass(frozen=True, slots=True)
class Tracked:
    """An action item as the register has it on any day: all of its row that no day changes."""

    item: ActionItem
    source_id: str
    source_title: str
    source_kind: Literal["coe", "minutes"]
    team: str | None
    team_name: str
    owner_name: str | None
    finished: dt.date | None
    verified: dt.date | None
    since: dt.date | None
    soon: int

    def row(self, as_of: dt.date) -> ActionRow:
        """Return the row of a day."""
        return ActionRow(
            item=self.item,
            source_id=self.source_id,
            source_title=self.source_title,
            source_kind=self.source_kind,
            team=self.team,
            team_name=self.team_name,
            owner_name=self.owner_name,
            state=_state(self.item, self.verified, as_of, self.soon),
            as_of=as_of,
            finished=self.finished,
            verified=self.verified,
            since=self.since,
        )

    @property
    def order(self) -> tuple[dt.date, str, str, str, str]:
        """Return what orders the rows of one state."""
        return self.item.due or dt.date.max, self.team or "", self.source_kind, self.source_id, self.item.id


def register(corpus: Corpus, *, as_of: dt.date) -> tuple[ActionRow, ...]:
    """Return the action items of all published documents, the most pressing first.

    COEs that are not published (`site.visibility`), superseded or withdrawn are left out. The order is by state, due
    date, team, document and item, and says nothing about anybody.
    """
    return rows(tracked(corpus), as_of=as_of)


def rows(items: Iterable[Tracked], *, as_of: dt.date) -> tuple[ActionRow, ...]:
    """Return the rows of action items on a day, given in the order that rows of one state have."""
    groups: dict[State, list[ActionRow]] = {state: [] for state in STATES}
    for one in items:
        row = one.row(as_of)
        groups[row.state].append(row)
    return tuple(row for group in groups.values() for row in group)


def tracked(corpus: Corpus) -> tuple[Tracked, ...]:
    """Return the action items of all published documents, in the order that rows of one state have."""
    called = names(corpus)
    return tuple(sorted([*_of_coes(corpus, called), *_of_minutes(corpus, called)], key=attrgetter("order")))


def event_day(coe: Coe, zone: ZoneInfo) -> dt.date | None:
    """Return the local day of the event: of the first impact, else the one in the id."""
    if start := impact_start(coe):
        return start.astimezone(zone).date()
    try:
        return dt.date.fromisoformat(coe.id[:10])
    except ValueError:
        return None


def _of_coes(corpus: Corpus, called: Names) -> Iterator[Tracked]:
    config = corpus.repository.config
    zone = ZoneInfo(config.review.timezone)
    for analysis in corpus.coes.values():
        coe = analysis.coe
        if coe is None or coe.visibility not in config.site.visibility or coe.status in SET_ASIDE:
            continue
        day = coe.created or event_day(coe, zone)
        for item in coe.action_items:
            yield _tracked(item, ("coe", coe.id, coe.title, coe.owner_team, day), called, corpus)


def _of_minutes(corpus: Corpus, called: Names) -> Iterator[Tracked]:
    for minutes in corpus.minutes.values():
        for item in minutes.action_items:
            title = f"Weekly review {minutes.week}"
            yield _tracked(item, ("minutes", minutes.week, title, None, minutes.date), called, corpus)


_Origin: TypeAlias = tuple[Literal["coe", "minutes"], str, str, str | None, dt.date | None]


def _tracked(item: ActionItem, origin: _Origin, called: Names, corpus: Corpus) -> Tracked:
    kind, name, title, fallback, day = origin
    review = corpus.repository.config.review
    owner = item.owner if item.owner and not item.owner.startswith("role:") else None
    team = item.owner_team or owner or fallback
    verified = item.verification.at.astimezone(ZoneInfo(review.timezone)).date() if item.verification else None
    return Tracked(
        item=item,
        source_id=name,
        source_title=title,
        source_kind=kind,
        team=team,
        team_name=called.team(team),
        owner_name=called.holder(item.owner),
        finished=None if item.is_open or item.status == "wont_do" else item.completed or verified,
        verified=verified,
        since=item.created or day,
        soon=review.due_soon_days,
    )


def _state(item: ActionItem, verified: dt.date | None, as_of: dt.date, soon: int) -> State:
    if item.status == "wont_do":
        return "wont_do"
    finished = item.completed or verified
    if not item.is_open and not (finished and finished > as_of):
        return "verified" if item.status == "verified" and not (verified and verified > as_of) else "done"
    if item.due is None:
        return "open"
    left = (item.due - as_of).days
    return "overdue" if left < 0 else "due_soon" if left <= soon else "open"
