"""What our feeds and calendars share: ids that never change, and texts and lines as their formats want them.

Nothing here reads a clock or draws a number: the same values give the same bytes.
"""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Iterable

_SPACE = uuid.UUID("5f9a3a5e-6d0b-4c0e-9f52-0f3a8f2b7c11")
"""What our ids are made in: an id is the same on every machine and at every address of a site."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")
_ESCAPED = re.compile(r"[\\;,]")
_LINE = 75
"""Octets of a line of a calendar, without its end. Source: RFC 5545, section 3.1."""


def stable_id(*words: str) -> str:
    """Return an id for what is called by some words, as a URN: always the same one."""
    return uuid.uuid5(_SPACE, "\0".join(words)).urn


def uid(*words: str) -> str:
    """Return the id of an entry of a calendar."""
    return f"{stable_id(*words).removeprefix('urn:uuid:')}@coekit"


def plain(text: str) -> str:
    """Return a text as XML, JSON and calendars may hold it: without control characters."""
    return text if text.isprintable() else _CONTROL.sub("\ufffd", text)


def calendar(title: str, about: str, events: Iterable[Iterable[str]]) -> bytes:
    """Return a calendar (iCalendar) of events, each given as its lines; `about` says what kind of calendar it is."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//coekit//{about}//EN", "CALSCALE:GREGORIAN"]
    lines += [f"NAME:{escaped(title)}", f"X-WR-CALNAME:{escaped(title)}"]
    lines += (line for event in events for line in ("BEGIN:VEVENT", *event, "END:VEVENT"))
    return "".join(f"{folded(line)}\r\n" for line in (*lines, "END:VCALENDAR")).encode("utf-8")


def escaped(text: str) -> str:
    """Return a text as the value of a line of a calendar."""
    found = _ESCAPED.sub(lambda match: f"\\{match.group()}", plain(text))
    return "\\n".join(found.splitlines())


def day(value: dt.date) -> str:
    """Return a day as calendars write it."""
    return value.isoformat().replace("-", "")


def folded(line: str) -> str:
    """Return a line in pieces of at most 75 octets; no character is cut in two."""
    if line.isascii():
        rest = (line[at : at + _LINE - 1] for at in range(_LINE, len(line), _LINE - 1))
        return "\r\n ".join((line[:_LINE], *rest))
    out: list[str] = []
    size = 0
    for char in line:
        width = len(char.encode("utf-8", "replace"))
        if size + width > _LINE:
            out.append("\r\n ")
            size = 1
        out.append(char)
        size += width
    return "".join(out)
