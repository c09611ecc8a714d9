"""What went right: action items that were shown to work, and causes that have stayed away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from coe.corpus import Corpus
from coe.insight.actions import ActionRow
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


def spells(entries: Iterable[Listed], corpus: Corpus, *, week: Week) -> tuple[Spell, ...]:
    """Return the COEs that in this week have stayed away for as long as the policy calls quiet, by id.

    Counted from the day on which the last of their action items was finished. A COE without any, with one that is open,
    or that a later COE names as having come back, has no such day.
    """
    quiet = corpus.repository.config.review.recurrence_quiet_days
    back = _came_back(entries := tuple(entries))
    return tuple(sorted(_spells(entries, back, quiet, week), key=lambda one: one.entry.coe.id))


def _spells(entries: Iterable[Listed], back: Collection[str], quiet: int, week: Week) -> Iterator[Spell]:
    for entry in entries:
        since = finished_on(entry)
        if since is None or entry.coe.id in back or is_set_aside(entry) or not entry.is_finished:
            continue
        until = since + dt.timedelta(days=quiet)
        if week.holds_day(until):
            yield Spell(entry, since, quiet, until)


def _came_back(entries: Iterable[Listed]) -> frozenset[str]:
    return frozenset(
        tie.id for entry in entries for tie in entry.coe.related if tie.type == "recurrence_of" and not is_set_aside(entry)
    )


def finished_on(entry: Listed) -> dt.date | None:
    """Return the day on which the last action item of a COE was finished; absent while one is open or has no day."""
    wanted = [item for item in entry.coe.action_items if item.status != "wont_do"]
    days = [item.completed or (item.verification.at.date() if item.verification else None) for item in wanted]
    if not days or any(item.is_open for item in wanted):
        return None
    known = [day for day in days if day is not None]
    return max(known) if len(known) == len(days) else None
