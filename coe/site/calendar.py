"""Publication → calendars of due dates (iCalendar): one for all, and one per team."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator

from coe.insight.actions import ActionRow
from coe.site.address import page_path
from coe.site.feeds import plain, stable_id
from coe.site.page import File
from coe.site.view import Site

_LINE = 75
"""Octets of a line, without its end."""
_LAST = dt.date.max - dt.timedelta(1)
_ESCAPED = re.compile(r"[\\;,]")


def calendars(site: Site) -> Iterator[File]:
    """Yield the calendar of all due dates, and those of teams that have any."""
    due = (row for row in site.publication.actions if row.is_left and row.item.due)
    rows = sorted(due, key=lambda row: (row.item.due or dt.date.max, row.source_id, row.item.id))
    events = ["".join(f"{folded(line)}\r\n" for line in _event(site, row)) for row in rows]
    yield _calendar("calendars/actions.ics", f"{site.name}: due dates", events)
    teams: dict[str, list[tuple[ActionRow, str]]] = {}
    for row, event in zip(rows, events, strict=True):
        if row.team:
            teams.setdefault(row.team, []).append((row, event))
    for name, some in teams.items():
        title = f"{site.name}: {some[0][0].team_name}, due dates"
        yield _calendar(f"calendars/teams/{name}.ics", title, [event for _, event in some])


def _calendar(path: str, title: str, events: Iterable[str]) -> File:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//coekit//due dates//EN", "CALSCALE:GREGORIAN"]
    lines += [f"NAME:{_text(title)}", f"X-WR-CALNAME:{_text(title)}"]
    head = "".join(f"{folded(line)}\r\n" for line in lines)
    return File(path, f"{head}{''.join(events)}END:VCALENDAR\r\n".encode())


def _event(site: Site, row: ActionRow) -> Iterator[str]:
    item, due = row.item, row.item.due or dt.date.max
    # The moment of the entry comes from the data: the same commit gives the same bytes.
    since = max((moved for moved in (row.since, *_decided(row)) if moved), default=due)
    page = page_path("coes" if row.source_kind == "coe" else "reviews", row.source_id)
    yield "BEGIN:VEVENT"
    yield f"UID:{stable_id('action', row.source_kind, row.source_id, item.id).removeprefix('urn:uuid:')}@coekit"
    yield f"DTSTAMP:{_day(since)}T000000Z"
    yield f"DTSTART;VALUE=DATE:{_day(due)}"
    yield f"DTEND;VALUE=DATE:{_day(min(due, _LAST) + dt.timedelta(1))}"
    yield f"SEQUENCE:{len(item.extensions)}"
    yield "TRANSP:TRANSPARENT"
    yield f"SUMMARY:{_text(f'Due: {item.title}')}"
    about = f"{item.id} of {row.source_title}\n{item.priority}, {item.commitment}; {row.team_name}"
    yield f"DESCRIPTION:{_text(about)}"
    if site.url:
        yield f"URL:{site.url}{site.addresses.url(page)}"
    yield "END:VEVENT"


def _day(day: dt.date) -> str:
    return day.isoformat().replace("-", "")


def _decided(row: ActionRow) -> Iterator[dt.date]:
    """Yield the days on which something about a due date is known to have been decided."""
    if row.item.created:
        yield row.item.created


def _text(text: str) -> str:
    escaped = _ESCAPED.sub(lambda match: f"\\{match.group()}", plain(text))
    return "\\n".join(escaped.splitlines())


def folded(line: str) -> str:
    """Return a line in pieces of at most 75 octets; no character is cut in two."""
    if len(line) <= _LINE and line.isascii():
        return line
    if line.isascii():
        return "\r\n ".join((line[:_LINE], *(line[at : at + _LINE - 1] for at in range(_LINE, len(line), _LINE - 1))))
    out: list[str] = []
    size = 0
    for char in line:
        width = len(char.encode("utf-8", "replace"))
        if size + width > _LINE:
            out.append("\r\n ")
            size = 1
        out.append(char)
        size += width
    return "".join(out)
