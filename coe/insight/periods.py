"""Days → months, quarters and years of the calendar, one after the other, empty ones included."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

Unit: TypeAlias = Literal["month", "quarter", "year"]
_MONTHS: dict[Unit, int] = {"month": 1, "quarter": 3, "year": 12}
_MAX_MONTHS, _MAX_QUARTERS, MAX = 18, 24, 40
"""How many columns of a unit are still readable; of more years than `MAX`, those in which something happened are kept."""


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """One month, quarter or year, by its first day."""

    first: dt.date
    unit: Unit

    @property
    def last(self) -> dt.date:
        """Return the last day."""
        ahead = _shifted(self.first, _MONTHS[self.unit])
        return ahead - dt.timedelta(days=1) if ahead else dt.date.max

    @property
    def name(self) -> str:
        """Return the name people use: `2025`, `2025-Q4`, `2025-11`."""
        year, month = f"{self.first.year:04}", self.first.month
        return {"year": year, "quarter": f"{year}-Q{(month + 2) // 3}", "month": f"{year}-{month:02}"}[self.unit]


@lru_cache(maxsize=1 << 15)
def period_of(day: dt.date, unit: Unit) -> Period:
    """Return the period that holds a day."""
    step = _MONTHS[unit]
    return Period(dt.date(day.year, (day.month - 1) // step * step + 1, 1), unit)


def unit_for(first: dt.date, last: dt.date) -> Unit:
    """Return the smallest unit in which a stretch of days is still readable."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    return "month" if months <= _MAX_MONTHS else "quarter" if months <= _MAX_QUARTERS * 3 else "year"


def periods(days: Collection[dt.date], unit: Unit, *, until: dt.date | None = None) -> tuple[Period, ...]:
    """Return the periods from the first of some days to the last, or to `until` when that is later.

    Of more than `MAX` only those that hold one of the days are there, at most the newest `MAX` of them.
    """
    if not days:
        return ()
    start, end = period_of(min(days), unit), period_of(max(*days, until or dt.date.min), unit)
    step = _MONTHS[unit]
    if ((end.first.year - start.first.year) * 12 + end.first.month - start.first.month) // step >= MAX:
        return tuple(sorted({period_of(day, unit) for day in days}))[-MAX:]
    found, at = [], start.first
    while at <= end.first:
        found.append(Period(at, unit))
        at = _shifted(at, step) or dt.date.max
    return tuple(found)


def _shifted(day: dt.date, months: int) -> dt.date | None:
    """Return the first day of a later month, absent past the end of the calendar."""
    years, month = divmod(day.month - 1 + months, 12)
    return dt.date(day.year + years, month + 1, 1) if day.year + years <= dt.MAXYEAR else None
