"""Months, quarters and years: every day is in exactly one, and none is left out between the first and the last."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coe.insight.periods import MAX, Unit, period_of, periods, unit_for

DAYS = st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31))
UNITS = st.sampled_from(["month", "quarter", "year"])


@given(DAYS, UNITS)
def test_a_day_is_in_its_period(day: dt.date, unit: Unit) -> None:
    found = period_of(day, unit)
    assert found.first <= day <= found.last
    assert period_of(found.first, unit) == period_of(found.last, unit) == found


@given(st.lists(st.dates(dt.date(2010, 1, 1), dt.date(2014, 12, 31)), min_size=1, max_size=20), UNITS)
def test_periods_follow_one_another_without_a_gap(days: list[dt.date], unit: Unit) -> None:
    found = periods(days, unit)
    if len(found) < MAX and unit != "month":
        assert found[0] == period_of(min(days), unit)
        assert found[-1] == period_of(max(days), unit)
        assert all(before.last + dt.timedelta(days=1) == after.first for before, after in pairwise(found))


@given(st.lists(DAYS, min_size=1, max_size=30), UNITS)
def test_there_are_never_more_than_can_be_read(days: list[dt.date], unit: Unit) -> None:
    found = periods(days, unit)
    assert len(found) <= MAX
    assert period_of(max(days), unit) in found
    assert list(found) == sorted(found)


@pytest.mark.parametrize(
    ("unit", "name", "last"),
    [("month", "2024-02", "2024-02-29"), ("quarter", "2024-Q1", "2024-03-31"), ("year", "2024", "2024-12-31")],
)
def test_names_and_ends(unit: Unit, name: str, last: str) -> None:
    found = period_of(dt.date(2024, 2, 29), unit)
    assert (found.name, str(found.last)) == (name, last)


@pytest.mark.parametrize(
    ("first", "last", "unit"),
    [
        ("2024-01-31", "2025-06-01", "month"),
        ("2024-01-31", "2025-07-01", "quarter"),
        ("2019-01-01", "2024-12-31", "quarter"),
        ("2019-01-01", "2025-01-01", "year"),
    ],
)
def test_the_unit_follows_the_stretch(first: str, last: str, unit: Unit) -> None:
    assert unit_for(dt.date.fromisoformat(first), dt.date.fromisoformat(last)) == unit


def test_quiet_periods_up_to_a_day_are_there() -> None:
    found = periods([dt.date(2026, 1, 5)], "quarter", until=dt.date(2026, 9, 1))
    assert [one.name for one in found] == ["2026-Q1", "2026-Q2", "2026-Q3"]
    assert periods([], "year") == ()
