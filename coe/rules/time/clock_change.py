"""The rule `clock-change`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from coe.diagnostic import Path, Severity
from coe.model.coe import SET_ASIDE, Coe
from coe.model.words import clock
from coe.rule import Bad, Finding, Good, rule

_HOUR = dt.timedelta(hours=1)
_ZONES = (
    "Europe/London", "Europe/Berlin", "Europe/Athens", "Asia/Jerusalem", "Africa/Cairo", "Africa/Casablanca",
    "America/St_Johns", "America/Halifax", "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles",
    "America/Anchorage", "America/Adak", "America/Havana", "America/Santiago", "America/Asuncion", "America/Sao_Paulo",
    "America/Nuuk", "Atlantic/Azores", "Australia/Sydney", "Australia/Adelaide", "Pacific/Auckland", "Pacific/Norfolk",
    "Pacific/Easter",
)  # fmt: skip
"""One zone for each pair of offsets and calendar of changes in use."""

_EVENT = "  - id: {}\n    at: {}\n    type: note\n    text: The canary failed.\n"


class Stamp(NamedTuple):
    """A time as it was written, and where it stands."""

    at: dt.datetime
    path: Path


@rule(
    "TIM108",
    Severity.NOTE,
    Bad("timeline:\n" + _EVENT.format("E1", "2026-07-14T15:59:00+02:00") + _EVENT.format("E2", "«2026-07-14T15:14:00+01:00»")),
    Good("timeline:\n" + _EVENT.format("E1", "2026-07-14T15:59:00+02:00") + _EVENT.format("E2", "2026-07-14T14:14:00Z")),
    Good("timeline:\n" + _EVENT.format("E1", "2026-10-25T02:59:00+02:00") + _EVENT.format("E2", "2026-10-25T02:01:00+01:00")),
    Good("timeline:\n" + _EVENT.format("E1", "2026-07-14T15:59:00+02:00") + _EVENT.format("E2", "2026-07-14T19:44:00+05:30")),
)
def clock_change(coe: Coe) -> Iterator[Finding]:
    """Offsets that differ by one hour fit one place only when its clocks changed in between; else one of the two is wrong.

    Who writes local times writes the offset of winter in summer, or keeps that of summer after the clocks went back, and every
    duration is then wrong by an hour. Two times that follow each other and whose offsets differ by exactly an hour are
    compared with the clock changes of the world's time zones, and one finding speaks for all times with these two offsets.
    `Z` fits every place, and so do offsets farther apart.

    Source: the IANA time zone database.
    """
    if coe.status in SET_ASIDE:
        return
    told: set[frozenset[dt.timedelta]] = set()
    for one, other in pairwise(sorted(_stamps(coe), key=lambda stamp: stamp.at)):
        pair = frozenset((_offset(one.at), _offset(other.at)))
        if abs(_offset(one.at) - _offset(other.at)) != _HOUR or pair in told or _fits_one_place(one.at, other.at):
            continue
        told.add(pair)
        yield Finding(
            other.path,
            f"the offset of {clock(other.at)} differs by an hour from that of {clock(one.at)}, the time before it, "
            "and no clocks changed in between",
            f"Check which offset was in force, or write all times in UTC: `{clock(other.at.astimezone(dt.UTC))}`.",
        )


def _stamps(coe: Coe) -> Iterator[Stamp]:
    """Yield the times that were written with another offset than zero."""
    for index, event in enumerate(coe.timeline):
        if _offset(event.at):
            yield Stamp(event.at, ("timeline", index, "at"))
    for index, event in enumerate(coe.timeline):
        if event.end and _offset(event.end):
            yield Stamp(event.end, ("timeline", index, "end"))
    for index, window in enumerate(coe.impact.windows if coe.impact else ()):
        if _offset(window.start):
            yield Stamp(window.start, ("impact", "windows", index, "start"))
        if window.end and _offset(window.end):
            yield Stamp(window.end, ("impact", "windows", index, "end"))
    for index, word in enumerate(coe.communications):
        if _offset(word.at):
            yield Stamp(word.at, ("communications", index, "at"))


def _offset(moment: dt.datetime) -> dt.timedelta:
    return moment.utcoffset() or dt.timedelta()


def _fits_one_place(one: dt.datetime, other: dt.datetime) -> bool:
    """Say whether some zone had both offsets, each at its moment."""
    return any(all(_offset(at.astimezone(zone)) == _offset(at) for at in (one, other)) for zone in _zones())


@cache
def _zones() -> tuple[ZoneInfo, ...]:
    return tuple(ZoneInfo(name) for name in _ZONES)
