"""Publication → calendars of due dates (iCalendar): one for all, and one per team."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from coe.exchange import calendar, day, escaped, folded, uid
from coe.insight.actions import ActionRow
from coe.site.address import page_path
from coe.site.page import DueFile
from coe.site.questions import Questions
from coe.site.store import named
from coe.site.view import Site

_LAST = dt.date.max - dt.timedelta(1)


_END = b"END:VCALENDAR\r\n"


class Told(NamedTuple):
    """All that an entry tells of an action item."""

    kind: str
    source: str
    item: str
    title: str
    about: str
    due: str
    until: str
    since: str
    moves: int


def calendars(site: Site) -> Iterator[DueFile]:
    """Yield the calendar of all due dates, and those of teams that have any."""
    due = (row for row in site.publication.actions if row.is_left and row.item.due)
    rows = sorted(due, key=lambda row: (row.item.due or dt.date.max, row.source_id, row.item.id))
    entries = [_told(row) for row in rows]
    yield _calendar(site, "calendars/actions.ics", f"{site.name}: due dates", entries)
    teams: dict[str, list[tuple[ActionRow, Told]]] = {}
    for row, told in zip(rows, entries, strict=True):
        if row.team:
            teams.setdefault(row.team, []).append((row, told))
    for name, some in teams.items():
        title = f"{site.name}: {some[0][0].team_name}, due dates"
        yield _calendar(site, f"calendars/teams/{name}.ics", title, [told for _, told in some])


def _calendar(site: Site, path: str, title: str, entries: Sequence[Told]) -> DueFile:
    def make(ask: Questions) -> bytes:  # noqa: ARG001 (all that it tells is in its inputs)
        head = calendar(title, "due dates", ()).removesuffix(_END)
        return b"".join((head, *(_written(_event(site, told)) for told in entries), _END))

    return DueFile(path, named(title, site.url, *map(repr, entries)), make)


def _written(lines: Iterable[str]) -> bytes:
    """Return an entry as it stands in each calendar that has it."""
    return "".join(f"{folded(line)}\r\n" for line in ("BEGIN:VEVENT", *lines, "END:VEVENT")).encode("utf-8")


def _told(row: ActionRow) -> Told:
    item, due = row.item, row.item.due or dt.date.max
    # The moment of the entry comes from the data: the same commit gives the same bytes.
    since = max((moved for moved in (row.since, item.created) if moved), default=due)
    return Told(
        row.source_kind,
        row.source_id,
        item.id,
        item.title,
        f"{item.id} of {row.source_title}\n{item.priority}, {item.commitment}; {row.team_name}",
        day(due),
        day(min(due, _LAST) + dt.timedelta(1)),
        day(since),
        len(item.extensions),
    )


def _event(site: Site, told: Told) -> Iterator[str]:
    page = page_path("coes" if told.kind == "coe" else "reviews", told.source)
    yield f"UID:{uid('action', told.kind, told.source, told.item)}"
    yield f"DTSTAMP:{told.since}T000000Z"
    yield f"DTSTART;VALUE=DATE:{told.due}"
    yield f"DTEND;VALUE=DATE:{told.until}"
    yield f"SEQUENCE:{told.moves}"
    yield "TRANSP:TRANSPARENT"
    yield f"SUMMARY:{escaped(f'Due: {told.title}')}"
    yield f"DESCRIPTION:{escaped(told.about)}"
    if site.url:
        yield f"URL:{site.url}{site.addresses.url(page)}"
