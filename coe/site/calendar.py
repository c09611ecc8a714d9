"""Publication → calendars of due dates (iCalendar): one for all, and one per team."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from coe.exchange import calendar, day, escaped, uid
from coe.insight.actions import ActionRow
from coe.site.address import page_path
from coe.site.page import File
from coe.site.view import Site

_LAST = dt.date.max - dt.timedelta(1)


def calendars(site: Site) -> Iterator[File]:
    """Yield the calendar of all due dates, and those of teams that have any."""
    rows = [row for row in site.publication.actions if row.is_left and row.item.due]
    yield _calendar(site, "calendars/actions.ics", f"{site.name}: due dates", rows)
    teams: dict[str, list[ActionRow]] = {}
    for row in rows:
        if row.team:
            teams.setdefault(row.team, []).append(row)
    for name, some in teams.items():
        yield _calendar(site, f"calendars/teams/{name}.ics", f"{site.name}: {some[0].team_name}, due dates", some)


def _calendar(site: Site, path: str, title: str, rows: Iterable[ActionRow]) -> File:
    ordered = sorted(rows, key=lambda row: (row.item.due or dt.date.max, row.source_id, row.item.id))
    return File(path, calendar(title, "due dates", (_event(site, path, row) for row in ordered)))


def _event(site: Site, path: str, row: ActionRow) -> Iterator[str]:
    item, due = row.item, row.item.due or dt.date.max
    # The moment of the entry comes from the data: the same commit gives the same bytes.
    since = max((moved for moved in (row.since, *_decided(row)) if moved), default=due)
    page = page_path("coes" if row.source_kind == "coe" else "reviews", row.source_id)
    yield f"UID:{uid('action', row.source_kind, row.source_id, item.id)}"
    yield f"DTSTAMP:{day(since)}T000000Z"
    yield f"DTSTART;VALUE=DATE:{day(due)}"
    yield f"DTEND;VALUE=DATE:{day(min(due, _LAST) + dt.timedelta(1))}"
    yield f"SEQUENCE:{len(item.extensions)}"
    yield "TRANSP:TRANSPARENT"
    yield f"SUMMARY:{escaped(f'Due: {item.title}')}"
    about = f"{item.id} of {row.source_title}\n{item.priority}, {item.commitment}; {row.team_name}"
    yield f"DESCRIPTION:{escaped(about)}"
    if site.url:
        yield f"URL:{site.address(page, start=path)}"


def _decided(row: ActionRow) -> Iterator[dt.date]:
    """Yield the days on which something about a due date is known to have been decided."""
    if row.item.created:
        yield row.item.created
