"""Weeks: numbers as the calendar counts them, half-open, as long as the clocks make them."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coe.errors import CoeError
from coe.review.week import Week, parse_week, week_of, week_of_day, weeks_in

ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Africa/Cairo", "Pacific/Apia")
DAYS = st.dates(dt.date(1971, 1, 1), dt.date(2400, 12, 31))
MOMENTS = st.integers(40_000_000, 13_000_000_000).map(lambda seconds: dt.datetime.fromtimestamp(seconds, dt.UTC))


@given(DAYS)
def test_monday_weeks_are_iso_weeks(day: dt.date) -> None:
    week = week_of_day(day, "UTC")
    assert (week.year, week.number) == day.isocalendar()[:2]
    assert week.first.isoweekday() == 1
    assert week.holds_day(day)
    assert parse_week(week.name, "UTC") == week


@given(DAYS)
def test_sunday_weeks_are_named_after_their_monday(day: dt.date) -> None:
    week = week_of_day(day, "UTC", "sunday")
    monday = week.first + dt.timedelta(1)
    assert week.first.isoweekday() == 7
    assert week.holds_day(day)
    assert (week.year, week.number) == monday.isocalendar()[:2]
    assert week.last == monday + dt.timedelta(5)


@given(MOMENTS, st.sampled_from(ZONES), st.sampled_from(["monday", "sunday"]))
def test_every_moment_is_in_one_week(moment: dt.datetime, zone: str, starts: str) -> None:
    week = week_of(moment, zone, starts)
    assert week.holds(moment)
    assert week_of(week.start, zone, starts) == week
    before = week_of(week.start - dt.timedelta(microseconds=1), zone, starts)
    after = week_of(week.end, zone, starts)
    assert (before.end, after.start) == (week.start, week.end)
    assert not before.holds(moment)
    assert not after.holds(moment)


@pytest.mark.parametrize(
    ("name", "zone", "hours"),
    [
        ("2026-W13", "Europe/Berlin", 167),
        ("2026-W43", "Europe/Berlin", 169),
        ("2026-W13", "UTC", 168),
        ("2026-W10", "America/New_York", 167),
        ("2026-W44", "America/New_York", 169),
        ("2026-W14", "Australia/Lord_Howe", 168.5),
        ("2011-W52", "Pacific/Apia", 144),  # the island left 30 December out
    ],
)
def test_length(name: str, zone: str, hours: float) -> None:
    assert parse_week(name, zone).hours == hours


def test_the_edges_of_a_clock_change_week() -> None:
    week = parse_week("2026-W13", "Europe/Berlin")
    assert (week.start.isoformat(), week.end.isoformat()) == ("2026-03-23T00:00:00+01:00", "2026-03-30T00:00:00+02:00")
    place = ZoneInfo("Europe/Berlin")
    assert week.holds(dt.datetime(2026, 3, 29, 23, 59, 59, tzinfo=place))
    assert not week.holds(dt.datetime(2026, 3, 30, tzinfo=place))


def test_a_midnight_that_does_not_exist_begins_the_week_later() -> None:
    # Clocks in Beirut jump from 00:00 to 01:00 on the last Sunday of March.
    week = parse_week("2026-W14", "Asia/Beirut", "sunday")
    assert week.first == dt.date(2026, 3, 29)
    assert week.start.isoformat() == "2026-03-29T01:00:00+03:00"
    assert week.hours == 167


def test_new_year_belongs_to_the_old_week() -> None:
    assert week_of_day(dt.date(2027, 1, 1), "UTC").name == "2026-W53"
    assert weeks_in(2026) == 53
    assert (parse_week("2026-W53", "UTC").first, parse_week("2026-W53", "UTC").last) == (
        dt.date(2026, 12, 28),
        dt.date(2027, 1, 3),
    )
    late = dt.datetime(2027, 1, 3, 23, 30, tzinfo=dt.UTC)
    assert week_of(late, "UTC").name == "2026-W53"
    assert week_of(late, "Europe/Berlin").name == "2027-W01"


@pytest.mark.parametrize(
    ("name", "message", "help_text"),
    [
        ("2026-W60", "no week 2026-W60", "2026-W01 to 2026-W53."),
        ("2025-W53", "no week 2025-W53", "2025-W01 to 2025-W52; 2025-12-31 is in 2026-W01."),
        ("2026-W00", "no week 2026-W00", "2026-W01"),
        ("2026W7", "not a week", "Did you mean `2026-W07`?"),
        ("2026-w47", "not a week", "Did you mean `2026-W47`?"),
        ("٢٠٢٦-W47", "not a week", "such as `2026-W47`"),
        ("", "not a week", "such as `2026-W47`"),
        ("2026-W47\n", "not a week", "Did you mean `2026-W47`?"),
        ("0001-W01", "outside", "1970"),
        ("9999-W52", "outside", "9998"),
    ],
)
def test_what_is_no_week(name: str, message: str, help_text: str) -> None:
    with pytest.raises(CoeError) as caught:
        parse_week(name, "UTC")
    assert message in caught.value.message
    assert help_text in (caught.value.help or "")


@pytest.mark.parametrize("day", [dt.date(1, 1, 1), dt.date(1969, 12, 31), dt.date(1970, 1, 1), dt.date.max])
def test_the_ends_of_the_calendar(day: dt.date) -> None:
    if day == dt.date(1970, 1, 1):
        assert week_of_day(day, "UTC", "sunday").name == "1970-W01"
        return
    with pytest.raises(CoeError):
        week_of_day(day, "UTC", "sunday")


def test_the_last_week_has_an_end() -> None:
    week = Week(9998, weeks_in(9998), "Pacific/Kiritimati")
    assert week.start < week.end
