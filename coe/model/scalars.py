"""The leaf types: texts, references, moments and quantities, read from what was written and from nothing else.

The modules of the model do without `from __future__ import annotations`: it makes texts of what stands behind each field,
which pydantic would compile one by one at the start of every run.
"""

import calendar
import datetime as dt
import re
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

_TIMESTAMP = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?)?\s*([Zz]|[+-]\d\d:?\d\d)?$", re.ASCII
)
_USUAL = re.compile(r"(?!0001|9999)\d{4}-\d\d-\d\dT\d\d:\d\d:[0-5]\dZ", re.ASCII)
_YEARS = (2, 9998)  # of the first and the last a moment may lie outside the calendar in another zone
_DAY = re.compile(r"\d{4}-\d\d-\d\d$", re.ASCII)
_DURATION = re.compile(r"^P(?!$)(?:(\d+)W)?(?:(\d+)D)?(?:T(?!$)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$", re.ASCII)
_COUNT = re.compile(r"\d+$", re.ASCII)
_NUMBER = re.compile(r"\d+(?:\.\d+)?$", re.ASCII)


def _text_of(value: object, wanted: str) -> str:
    if not isinstance(value, str):
        found = "a mapping" if isinstance(value, dict) else "a list" if isinstance(value, list | tuple) else repr(value)
        raise PydanticCustomError("wrong_type", "{wanted} is due here, found {found}", {"wanted": wanted, "found": found})
    return value.strip()


def parse_timestamp(value: object) -> dt.datetime:
    """Return an RFC 3339 moment with its offset; nanoseconds are cut to microseconds."""
    usual = _usual_moment(value) if isinstance(value, str) else None
    if usual:
        return usual
    if isinstance(value, dt.datetime) and value.tzinfo:
        return value
    text = _text_of(value, "a time with its offset")
    moment = _moment(text)
    if not _YEARS[0] <= moment.year <= _YEARS[1]:
        raise PydanticCustomError("bad_time", "`{found}` is outside any incident", {"found": text})
    return moment


def _usual_moment(text: str) -> dt.datetime | None:
    """Return the moment of a text as nearly all are written; absent where it takes a closer look."""
    if not _USUAL.fullmatch(text):
        return None
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        return None


def _moment(text: str) -> dt.datetime:
    match = _TIMESTAMP.match(text)
    if not match:
        raise PydanticCustomError("bad_time", "`{found}` is not a time", {"found": text})
    *parts, second, fraction, zone = match.groups()
    year, month, day, hour, minute = (int(part or 0) for part in parts)
    if parts[3] is None:
        raise PydanticCustomError("bad_time", "`{found}` is a day, a time of day is due too", {"found": text})
    if zone is None:
        raise PydanticCustomError("naive_time", "`{found}` has no offset from UTC", {"found": text})
    try:
        # A leap second has no number in Python: it counts as the last microsecond before it.
        leap = second == "60"
        micro = 999_999 if leap else int((fraction or "0")[:6].ljust(6, "0"))
        return dt.datetime(year, month, day, hour, minute, 59 if leap else int(second or 0), micro, _zone(zone))
    except (ValueError, OverflowError):
        why = _why_none(year, month, day) or _why_no_time(hour, minute, int(second or 0))
        raise PydanticCustomError("bad_time", "`{found}` does not exist: {why}", {"found": text, "why": why}) from None


def _why_none(year: int, month: int, day: int) -> str:
    """Return why there is no such day, in words that are the same with every Python; empty when there is one."""
    if not year:
        return "a year is 0001 to 9999"
    if not 1 <= month <= 12:
        return "a month is 01 to 12"
    days = calendar.monthrange(year, month)[1]
    return "" if 1 <= day <= days else f"{calendar.month_name[month]} {year} has {days} days"


def _why_no_time(hour: int, minute: int, second: int) -> str:
    if hour > 23:
        return "an hour is 00 to 23"
    return "a minute and a second are 00 to 59" if max(minute, second) > 59 else "an offset is less than 24 hours"


def _zone(text: str) -> dt.tzinfo:
    if text in "Zz":
        return dt.UTC
    digits = text[1:].replace(":", "")
    offset = dt.timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return dt.timezone(-offset if text[0] == "-" else offset)


def parse_day(value: object) -> dt.date:
    """Return a calendar day written as YYYY-MM-DD."""
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    text = _text_of(value, "a day")
    if not _DAY.match(text):
        raise PydanticCustomError("bad_day", "`{found}` is not a day written YYYY-MM-DD", {"found": text})
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        why = _why_none(*map(int, text.split("-")))
        raise PydanticCustomError("bad_day", "`{found}` does not exist: {why}", {"found": text, "why": why}) from None


def parse_duration(value: object) -> dt.timedelta:
    """Return an ISO 8601 duration of weeks, days, hours, minutes and seconds (months have no fixed length)."""
    if isinstance(value, dt.timedelta):
        return value
    text = _text_of(value, "a duration")
    match = _DURATION.match(text)
    if not match:
        raise PydanticCustomError("bad_duration", "`{found}` is not an ISO 8601 duration", {"found": text})
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    try:
        return dt.timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    except OverflowError:
        raise PydanticCustomError("bad_duration", "`{found}` is too long", {"found": text}) from None


def _count(value: object) -> int:
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else _text_of(value, "a whole number")
    if not _COUNT.match(text) or len(text) > 18:
        raise PydanticCustomError("bad_number", "`{found}` is not a whole number from 0 up", {"found": text[:40]})
    return int(text)


def _number(value: object) -> float:
    text = str(value) if isinstance(value, int | float) and not isinstance(value, bool) else _text_of(value, "a number")
    if not _NUMBER.match(text) or len(text) > 40:
        raise PydanticCustomError("bad_number", "`{found}` is not a number from 0 up", {"found": text[:40]})
    return float(text)


def _percent(value: object) -> float:
    number = _number(value)
    if number > 100:
        raise PydanticCustomError("bad_number", "{found} is more than 100 percent", {"found": f"{number:g}"})
    return number


def _flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    text = _text_of(value, "true or false")
    if text not in ("true", "false"):
        raise PydanticCustomError("bad_flag", "`{found}` is neither `true` nor `false`", {"found": text})
    return text == "true"


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, strict=True)]
_FORMS = {
    r"^[A-Za-z][A-Za-z0-9_-]{0,63}$": "a letter, then letters, digits, `-` or `_`",
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "lower-case words joined by `-`",
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}-[a-z0-9]+(-[a-z0-9]+)*$": "the date of the event and lower-case words, joined by `-`",
    r"^(role:)?[a-z0-9]+(-[a-z0-9]+)*$": "`role:` and a role, or a team: lower-case words joined by `-`, no person",
    r"^[0-9]{4}-W(0[1-9]|[1-4][0-9]|5[0-3])$": "a year and an ISO week",
    r"^(https?://|mailto:)[^\s]+$": "a link that begins with https://",
    r"^[A-Z]{3}$": "the three letters of ISO 4217",
}
"""The patterns of texts with a form of their own, and how a person would say them."""
_LOCAL, _SLUG, _COE_ID, _REFERENCE, _WEEK, _URL, _CURRENCY = _FORMS


def form_words(pattern: str) -> str | None:
    """Return what a pattern asks for, in words."""
    return _FORMS.get(pattern)


def _dated(text: str) -> str:
    """Return the id of a COE, which begins with a day that exists."""
    parse_day(text[:10])
    return text


LocalId = Annotated[str, StringConstraints(pattern=_LOCAL)]
Slug = Annotated[str, StringConstraints(pattern=_SLUG, max_length=120)]
CoeId = Annotated[str, StringConstraints(pattern=_COE_ID, max_length=120), AfterValidator(_dated)]
Reference = Annotated[str, StringConstraints(pattern=_REFERENCE, max_length=120)]
Week = Annotated[str, StringConstraints(pattern=_WEEK)]
Url = Annotated[str, StringConstraints(pattern=_URL, max_length=2000)]
Currency = Annotated[str, StringConstraints(pattern=_CURRENCY)]
Timestamp = Annotated[dt.datetime, BeforeValidator(parse_timestamp), WithJsonSchema({"type": "string", "format": "date-time"})]
Day = Annotated[dt.date, BeforeValidator(parse_day), WithJsonSchema({"type": "string", "format": "date"})]
Duration = Annotated[
    dt.timedelta, BeforeValidator(parse_duration), WithJsonSchema({"type": "string", "pattern": _DURATION.pattern})
]
Count = Annotated[int, BeforeValidator(_count), WithJsonSchema({"type": "integer", "minimum": 0})]
Number = Annotated[float, BeforeValidator(_number), WithJsonSchema({"type": "number", "minimum": 0})]
Percent = Annotated[float, BeforeValidator(_percent), WithJsonSchema({"type": "number", "minimum": 0, "maximum": 100})]
Flag = Annotated[bool, BeforeValidator(_flag), WithJsonSchema({"type": "boolean"})]


def _own_key(key: str) -> str:
    if not key.startswith("x-"):
        raise PydanticCustomError("unknown_key", "`{key}` is not a field here", {"key": key})
    return key


OwnKey = Annotated[str, AfterValidator(_own_key)]


class Noun(BaseModel):
    """What all parts of the model share: frozen, strict, and closed but for own fields that start with `x-`."""

    model_config = ConfigDict(
        frozen=True,
        strict=True,
        extra="allow",
        defer_build=True,  # a part is made ready with the noun that holds it, and only where there is one
        json_schema_extra={
            "additionalProperties": False,
            "patternProperties": {"^x-": {"description": "A field of your own."}},
        },
    )
    __pydantic_extra__: dict[OwnKey, Any]


class Money(Noun):
    """An amount that is known as a range."""

    min: Number = Field(description="The least it was.", examples=[10000])
    max: Number = Field(description="The most it was.", examples=[25000])
    currency: Currency = Field(description="ISO 4217 code.", examples=["EUR"])
