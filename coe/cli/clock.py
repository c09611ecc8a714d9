"""The day a command speaks of: what --as-of says, else SOURCE_DATE_EPOCH, else the clock."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from coe.errors import CoeError

if TYPE_CHECKING:
    import datetime as dt


def given_day(text: str, option: str = "--as-of") -> dt.date:
    """Return the day that an option names.

    Errors: `CoeError` when it names none.
    """
    import datetime as dt
    import re

    from coe.review.week import YEARS

    try:
        day = dt.date.fromisoformat(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
    except ValueError:
        day = None
    if day is None or day.year not in YEARS:
        raise CoeError(f"`{text}` is not a day for {option}", f"Write YYYY-MM-DD, from {YEARS[0]} to {YEARS[-1]}.")
    return day


def today(zone: str) -> dt.date:
    """Return the day in a zone: that of SOURCE_DATE_EPOCH where it is set, else today.

    Errors: `CoeError` when SOURCE_DATE_EPOCH is no time.
    """
    import datetime as dt
    from zoneinfo import ZoneInfo

    given = os.environ.get("SOURCE_DATE_EPOCH")
    if not given:
        return dt.datetime.now(ZoneInfo(zone)).date()
    try:
        return dt.datetime.fromtimestamp(int(given), dt.UTC).astimezone(ZoneInfo(zone)).date()
    except (ValueError, OverflowError, OSError):
        raise CoeError(f"SOURCE_DATE_EPOCH is `{given}`", "Give the seconds since 1970, or unset it.") from None
