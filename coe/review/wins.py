"""What went right: action items that were shown to work, and causes that have stayed away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from coe.insight.actions import ActionRow
from coe.review.by_day import ByDay
from coe.review.listed import Listed, is_set_aside
from coe.review.week import Week


@dataclass(frozen=True, slots=True)
class Spell:
    """A COE whose action items are finished and that has not come back: `days` since the last of them, on day `until`."""

    entry: Listed
    since: dt.date
    days: int
    until: dt.date


def verified_in(rows: Iterable[ActionRow], week: Week) -> tuple[ActionRow, ...]:
    """Return the action items that were shown to work in the week, by day, document and item."""
    found = [row for row in rows if row.state == "verified" and week.holds_day(row.verified)]
    return tuple(sorted(found, key=lambda row: (row.verified or dt.date.max, row.source_kind, row.source_id, row.item.id)))


class Quiet:
    """The COEs that may have stayed away: when the last of their action items was finished, and what came back when."""

    def __init__(self, entries: Iterable[Listed], days: int) -> None:
        self._days = days
        self._back: dict[str, list[Listed]] = {}
        found: list[tuple[dt.date, Spell]] = []
        for entry in entries:
            if is_set_aside(entry):
                continue
            for tie in entry.coe.related:
                if tie.type == "recurrence_of":
                    self._back.setdefault(tie.id, []).append(entry)
            since = finished_on(entry) if entry.is_finished else None
            if since is not None and (dt.date.max - since).days >= days:
                until = since + dt.timedelta(days=days)
                found.append((until, Spell(entry, since, days, until)))
        self._spells = ByDay(found)

    def spells(self, week: Week, there: Callable[[Listed], bool]) -> tuple[Spell, ...]:
        """Return the COEs that in this week have stayed away for as long as the policy calls quiet, by id.

        Counted from the day on which the last of their action items was finished. A COE without any, with one that is
        open, or that a later COE names as having come back, has no such day.
        """
        found = [
            one
            for one in self._spells.between(week.first, week.last)
            if there(one.entry) and not any(map(there, self._back.get(one.entry.coe.id, ())))
        ]
        return tuple(sorted(found, key=lambda one: one.entry.coe.id))


def finished_on(entry: Listed) -> dt.date | None:
    """Return the day on which the last action item of a COE was finished; absent while one is open or has no day."""
    wanted = [item for item in entry.coe.action_items if item.status != "wont_do"]
    days = [item.completed or (item.verification.at.date() if item.verification else None) for item in wanted]
    if not days or any(item.is_open for item in wanted):
        return None
    known = [day for day in days if day is not None]
    return max(known) if len(known) == len(days) else None
