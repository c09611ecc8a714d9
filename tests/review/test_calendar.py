"""The calendar of a digest, as a reader of calendars sees it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest

from coe.review import ics
from coe.review.digest import Digest, digest
from coe.review.week import parse_week

BERLIN = ZoneInfo("Europe/Berlin")
NAMES = ("empty", "quiet", "year-end", "clock-change", "busy", "many", "examples")


def events(data: bytes) -> list[Any]:
    calendar = icalendar.Calendar.from_ical(data)
    assert calendar["VERSION"] == "2.0"
    found = [part for part in calendar.walk() if part.name == "VEVENT"]
    assert not [part.errors for part in calendar.walk() if part.errors]
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_reader_understands_it_and_the_bytes_stay(name: str, case: Callable[[str], Digest]) -> None:
    made = case(name)
    data = ics.render(made)
    assert data == ics.render(made)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")
    meeting, *due = events(data)
    assert meeting["SUMMARY"] == f"Weekly review {made.week.name}"
    pressing = [row for team in made.teams for row in (*team.overdue, *team.due_soon)]
    assert [one.decoded("DTSTART") for one in due] == sorted(row.item.due for row in pressing if row.item.due)
    assert len({str(one["UID"]) for one in (meeting, *due)}) == len(due) + 1
    assert all(one.decoded("DTEND") > one.decoded("DTSTART") for one in (meeting, *due))


@pytest.mark.parametrize(
    ("week", "starts", "meets", "held"),
    [
        ("2026-W13", "monday", "sunday 16:00", dt.datetime(2026, 3, 29, 16, tzinfo=BERLIN)),
        ("2026-W13", "sunday", "sunday 16:00", dt.datetime(2026, 3, 22, 16, tzinfo=BERLIN)),
        ("2026-W53", "monday", "friday 09:30", dt.datetime(2027, 1, 1, 9, 30, tzinfo=BERLIN)),
        ("2026-W30", "monday", "thursday 16:00", dt.datetime(2026, 7, 23, 16, tzinfo=BERLIN)),
    ],
)
def test_the_meeting_is_held_at_its_local_time(kit: Any, week: str, starts: str, meets: str, held: dt.datetime) -> None:
    settings = {"review": {"timezone": "Europe/Berlin", "week-starts": starts, "meets": meets, "meeting-minutes": 45}}
    corpus = kit.corpus({}, settings)
    window = parse_week(week, "Europe/Berlin", corpus.repository.config.review.week_starts)
    (meeting,) = events(ics.render(digest(corpus, week=window, as_of=window.last)))
    assert meeting.decoded("DTSTART") == held
    assert meeting.decoded("DTEND") - meeting.decoded("DTSTART") == dt.timedelta(minutes=45)


def test_the_day_of_the_minutes_comes_before_the_usual_one(kit: Any) -> None:
    corpus = kit.corpus(kit.minutes("2026-W30", "2026-07-22"), {"review": {"meets": "thursday 16:00"}})
    window = parse_week("2026-W30", "UTC")
    (meeting,) = events(ics.render(digest(corpus, week=window, as_of=window.last)))
    assert meeting.decoded("DTSTART") == dt.datetime(2026, 7, 22, 16, tzinfo=dt.UTC)


def test_what_authors_write_opens_no_entry_of_its_own(kit: Any) -> None:
    title = "Bound; the, pool\\ \r\nEND:VEVENT\r\nBEGIN:VALARM"
    files = kit.coe("2026-06-14-old", action_items=[kit.item("A1", title=title, due="2026-07-22")])
    made = kit.case("2026-W30", files).digest()
    assert len(events(ics.render(made))) == 2
    assert str(events(ics.render(made))[1]["SUMMARY"]) == "Due: Bound; the, pool\\ END:VEVENT BEGIN:VALARM"
