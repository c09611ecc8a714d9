"""Digest → a calendar (iCalendar): the meeting with its agenda, and the due dates that are near or past."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from coe.exchange import calendar, day, escaped, uid
from coe.insight.actions import ActionRow
from coe.review import words
from coe.review.digest import Digest
from coe.review.markdown import Link

_DAY = dt.timedelta(days=1)


def render(digest: Digest, *, link: Link | None = None) -> bytes:
    """Return the calendar as bytes; the same digest gives the same ones."""
    rows = [row for team in digest.teams for row in (*team.overdue, *team.due_soon)]
    due = (tuple(_due(row, digest, link)) for row in sorted(rows, key=_order))
    title = f"Weekly review {digest.week.name}"
    return calendar(title, "weekly review", [tuple(_meeting(digest, title, link)), *due])


def _order(row: ActionRow) -> tuple[dt.date, str, str]:
    return row.item.due or dt.date.max, row.source_id, row.item.id


def meets_at(digest: Digest) -> tuple[dt.datetime, dt.datetime] | None:
    """Return when the meeting begins and ends, in UTC; absent when nobody says at which time it is held."""
    if digest.meets is None:
        return None
    hour, minute = digest.meets.clock
    held = dt.datetime.combine(digest.meets.day, dt.time(hour, minute), ZoneInfo(digest.week.zone))
    start = held.astimezone(dt.UTC)
    return start, start + dt.timedelta(minutes=digest.agenda.minutes)


def _meeting(digest: Digest, title: str, link: Link | None) -> Iterator[str]:
    yield f"UID:{uid('review', digest.week.name)}"
    yield f"DTSTAMP:{day(digest.as_of)}T000000Z"
    times = meets_at(digest)
    if times:
        yield from (f"{name}:{moment:%Y%m%dT%H%M%SZ}" for name, moment in zip(("DTSTART", "DTEND"), times, strict=True))
    else:
        held = digest.meeting.date if digest.met and digest.meeting else digest.week.last
        yield f"DTSTART;VALUE=DATE:{day(held)}"
        yield f"DTEND;VALUE=DATE:{day(held + _DAY)}"
    yield f"SUMMARY:{escaped(title)}"
    agenda = "\n".join(words.slot(item) for item in digest.agenda.items)
    said = words.quiet(digest) or ", ".join(words.headline(digest))
    yield "DESCRIPTION:" + escaped(f"{said}\n\n{agenda}")
    url = (link("minutes", digest.week.name) if link else None) or words.remarks(digest, "agenda")
    if url:
        yield f"URL:{url}"


def _due(row: ActionRow, digest: Digest, link: Link | None) -> Iterator[str]:
    due = row.item.due or digest.as_of
    yield f"UID:{uid('action', row.source_kind, row.source_id, row.item.id)}"
    yield f"DTSTAMP:{day(row.since or due)}T000000Z"
    yield f"DTSTART;VALUE=DATE:{day(due)}"
    yield f"DTEND;VALUE=DATE:{day(min(due, dt.date.max - _DAY) + _DAY)}"
    yield f"SEQUENCE:{len(row.item.extensions)}"
    yield "TRANSP:TRANSPARENT"
    yield f"SUMMARY:{escaped(f'Due: {words.plain(row.item.title)}')}"
    yield f"DESCRIPTION:{escaped(f'{row.item.id} of {words.plain(row.source_title)}; {words.plain(row.team_name)}')}"
    url = link(row.source_kind, row.source_id) if link else None
    if url:
        yield f"URL:{url}"
