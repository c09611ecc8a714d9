"""Publication → calendars of due dates (iCalendar): one for all, and one per team."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from coe.exchange import calendar, day, escaped, folded, uid
from coe.insight.actions import ActionRow
from coe.site.address import page_path
from coe.site.page import File
from coe.site.view import Site

_LAST = dt.date.max - dt.timedelta(1)


_END = b"END:VCALENDAR\r\n"


def calendars(site: Site) -> Iterator[File]:
    """Yield the calendar of all due dates, and those of teams that have any."""
    due = (row for row in site.publication.actions if row.is_left and row.item.due)
    rows = sorted(due, key=lambda row: (row.item.due or dt.date.max, row.source_id, row.item.id))
    events = [_written(_event(site, row)) for row in rows]
    yield _calendar("calendars/actions.ics", f"{site.name}: due dates", events)
    teams: dict[str, list[tuple[ActionRow, str]]] = {}
    for row, event in zip(rows, events, strict=True):
        if row.team:
            teams.setdefault(row.team, []).append((row, event))
    for name, some in teams.items():
        title = f"{site.name}: {some[0][0].team_name}, due dates"
        yield _calendar(f"calendars/teams/{name}.ics", title, [event for _, event in some])


def _calendar(path: str, title: str, events: Iterable[str]) -> File:
    head = calendar(title, "due dates", ()).removesuffix(_END)
    return File(path, b"".join((head, *(event.encode("utf-8") for event in events), _END)))


def _written(lines: Iterable[str]) -> str:
    """Return an entry as it stands in each calendar that has it."""
    return "".join(f"{folded(line)}\r\n" for line in ("BEGIN:VEVENT", *lines, "END:VEVENT"))


def _event(site: Site, row: ActionRow) -> Iterator[str]:
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
        yield f"URL:{site.url}{site.addresses.url(page)}"


def _decided(row: ActionRow) -> Iterator[dt.date]:
    """Yield the days on which something about a due date is known to have been decided."""
    if row.item.created:
        yield row.item.created
