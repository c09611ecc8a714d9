"""Weeks: ISO numbers, half-open in local time.

A week is named after the ISO week of its Monday. When weeks start on Sunday, 2026-W47 is the same week moved one day
ahead: it begins on the Sunday before that Monday. A cutoff is the last day that is looked at: with Wednesday, 2026-W47 is
the seven days up to the Wednesday in that week, so that a meeting on Thursday sees whole days only.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

from coe.errors import CoeError
from coe.weekly import DAYS, DayName

WeekStart: TypeAlias = Literal["monday", "sunday"]
YEARS = range(1970, 9999)
"""Years whose weeks have a name here; neither end of the calendar is near."""

_NAME = re.compile(r"([0-9]{4})-W([0-9]{2})")
_MEANT = re.compile(r"([0-9]{4})[-_ /]?[wW]?([0-9]{1,2})")
_DAY, _NONE = dt.timedelta(days=1), dt.timedelta()


@dataclass(frozen=True, slots=True)
class Week:
    """One week in one zone, from its first midnight to the next week's, without that moment."""

    year: int
    number: int
    zone: str = "UTC"
    week_starts: WeekStart = "monday"
    cutoff: DayName | None = None
    since: dt.date | None = None
    """The first day, where it is not the one that follows from the last, as when a review was skipped."""

    @property
    def name(self) -> str:
        """Return the name people use, such as `2026-W47`."""
        return f"{self.year:04}-W{self.number:02}"

    @property
    def first(self) -> dt.date:
        """Return the first day."""
        return self.since or self.last - 6 * _DAY

    @property
    def last(self) -> dt.date:
        """Return the last day."""
        monday = dt.date.fromisocalendar(self.year, self.number, 1)
        opening = 6 if self.week_starts == "sunday" else 0
        begins = monday - _DAY if opening else monday
        after = 6 if self.cutoff is None else (DAYS.index(self.cutoff) - opening) % 7
        return begins + after * _DAY

    @property
    def start(self) -> dt.datetime:
        """Return the first moment, with the offset that holds then."""
        return _dawn(self.first, self.zone)

    @property
    def end(self) -> dt.datetime:
        """Return the first moment that is no longer in the week."""
        return _dawn(self.last + _DAY, self.zone)

    @property
    def hours(self) -> float:
        """Return how long it is. Unit: hours; of seven days 168, or 167 and 169 where clocks change by an hour."""
        return (self.end - self.start) / dt.timedelta(hours=1)

    def holds(self, moment: dt.datetime) -> bool:
        """Say whether a moment, given with its offset, is in the week."""
        return self.start <= moment < self.end

    def holds_day(self, day: dt.date | None) -> bool:
        """Say whether a day is in the week; no day is in no week."""
        return day is not None and self.first <= day <= self.last


def _dawn(day: dt.date, zone: str) -> dt.datetime:
    """Return the first moment of a local day with a fixed offset, so that differences count real hours.

    Where clocks jump at midnight that moment reads 01:00; where midnight comes twice it is the first.
    """
    place = ZoneInfo(zone)
    local = dt.datetime.combine(day, dt.time(), place).astimezone(dt.UTC).astimezone(place)
    return local.replace(tzinfo=dt.timezone(local.utcoffset() or dt.timedelta()), fold=0)


def weeks_in(year: int) -> int:
    """Return how many ISO weeks a year has: 28 December is always in the last one."""
    return dt.date(year, 12, 28).isocalendar().week


def week_of(moment: dt.datetime, zone: str, week_starts: WeekStart = "monday", *, cutoff: DayName | None = None) -> Week:
    """Return the week that holds a moment, given with its offset.

    Errors: `CoeError` outside the years that have weeks here.
    """
    return week_of_day(moment.astimezone(ZoneInfo(zone)).date(), zone, week_starts, cutoff=cutoff)


def week_of_day(day: dt.date, zone: str, week_starts: WeekStart = "monday", *, cutoff: DayName | None = None) -> Week:
    """Return the week that holds a local day.

    Errors: `CoeError` outside the years that have weeks here.
    """
    if day.year not in YEARS:
        raise _outside(str(day))
    iso = (day + _DAY if week_starts == "sunday" else day).isocalendar()
    if iso.year not in YEARS:
        raise _outside(str(day))
    week = Week(iso.year, iso.week, zone, week_starts, cutoff)
    if day <= week.last:
        return week
    iso = (day + 7 * _DAY + (_DAY if week_starts == "sunday" else _NONE)).isocalendar()
    return Week(iso.year, iso.week, zone, week_starts, cutoff)


def week_at(day: dt.date, zone: str, week_starts: WeekStart = "monday", *, cutoff: DayName | None = None) -> Week:
    """Return the week whose review is prepared or held on a local day: the one of the calendar.

    With a cutoff on Wednesday, on Thursday that is the week whose days are over, not the one that begins.

    Errors: `CoeError` outside the years that have weeks here.
    """
    return replace(week_of_day(day, zone, week_starts), cutoff=cutoff)


def parse_week(name: str, zone: str, week_starts: WeekStart = "monday", *, cutoff: DayName | None = None) -> Week:
    """Return the week with a name such as `2026-W47`.

    Errors: `CoeError` for what is no name of a week, and for a week that its year does not have.
    """
    match = _NAME.fullmatch(name)
    if not match:
        meant = _MEANT.fullmatch(name.strip())
        guess = f"Did you mean `{meant[1]}-W{int(meant[2]):02}`? " if meant else ""
        raise CoeError(f"`{name}` is not a week", f"{guess}Write the ISO year and week, such as `2026-W47`.")
    year, number = int(match[1]), int(match[2])
    if year not in YEARS:
        raise _outside(name)
    last = weeks_in(year)
    if not 1 <= number <= last:
        after = f"; {year}-12-31 is in {week_of_day(dt.date(year, 12, 31), zone).name}" if number == last + 1 else ""
        raise CoeError(f"there is no week {name}", f"{year} has the weeks {year}-W01 to {year}-W{last}{after}.")
    return Week(year, number, zone, week_starts, cutoff)


def _outside(name: str) -> CoeError:
    return CoeError(f"{name} is outside the years that have weeks here", f"Give a year from {YEARS[0]} to {YEARS[-1]}.")
