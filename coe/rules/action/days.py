"""Deadlines of the policy as calendar days."""

from __future__ import annotations

import datetime as dt

_WEEK = 7
_FRIDAY = 4


def last_day(start: dt.date, days: int, *, business_days: bool) -> dt.date:
    """Return the last day of a deadline; business days run from Monday to Friday, and holidays are not known.

    A start at a weekend counts as the Friday before it, so that the next Monday is the first day.
    """
    ahead = days
    if business_days:
        weekday = min(start.weekday(), _FRIDAY)
        weeks, rest = divmod(days, _FRIDAY + 1)
        over_weekend = weekday + rest > _FRIDAY
        ahead = weeks * _WEEK + rest + (2 if over_weekend else 0) - (start.weekday() - weekday)
    return dt.date.fromordinal(min(start.toordinal() + ahead, dt.date.max.toordinal()))
