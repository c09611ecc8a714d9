"""Moments, lengths and the words of the model as people read them on a page."""

from __future__ import annotations

import datetime as dt

from coe.model.measures import duration_words

_SHORT = {"wont_do": "won't do", "slo": "SLO", "near_miss": "near miss"}


def label(word: str) -> str:
    """Return a word of the model for people: `in_progress` as `in progress`."""
    return _SHORT.get(word) or word.replace("_", " ")


def clock(at: dt.datetime) -> str:
    """Return the time of day in UTC, with seconds only where they say something."""
    at = at.astimezone(dt.UTC)
    return at.time().isoformat("seconds" if at.second else "minutes")


def day(at: dt.datetime) -> str:
    """Return the day in UTC."""
    return at.astimezone(dt.UTC).date().isoformat()


def moment(at: dt.datetime) -> str:
    """Return day and time of day in UTC."""
    return f"{day(at)} {clock(at)} UTC"


def iso(at: dt.datetime) -> str:
    """Return a moment for machines."""
    at = at.astimezone(dt.UTC)
    return f"{at.date().isoformat()}T{at.time().isoformat()}Z"


def offset(at: dt.datetime, zero: dt.datetime | None) -> str:
    """Return how long after the start of the impact something was: `+12 min`."""
    if zero is None:
        return ""
    if at == zero:
        return "+0"
    words = duration_words(at - zero)
    return words.replace("-", "\u2212", 1) if words.startswith("-") else f"+{words}"


def number(value: float) -> str:
    """Return a number with groups of three digits, without a needless fraction."""
    return f"{value:,.2f}".rstrip("0").rstrip(".") if value % 1 else f"{value:,.0f}"


def count(amount: int, noun: str, plural: str | None = None) -> str:
    """Return an amount with its noun: `1 event`, `3 events`."""
    return f"{amount:,} {noun if amount == 1 else plural or noun + 's'}"


def seconds(length: float) -> str:
    """Return a duration, given in seconds, for people."""
    return duration_words(dt.timedelta(seconds=length))
