"""The rule `future-time`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from coe.case import Case
from coe.diagnostic import Path, Severity
from coe.model.coe import Coe, causes
from coe.model.words import clock
from coe.rule import Bad, Finding, Good, rule
from coe.rules.time.stretch import NOTHING, slack

_WRITTEN = frozenset({"published", "closed"})


@rule(
    "TIM104",
    Severity.ERROR,
    Bad("impact:\n  windows:\n    - id: I1\n      start: «2026-08-14T13:57:40Z»\n"),
    Bad(
        "status: draft\nimpact:\n  windows:\n    - id: I1\n      start: 2026-07-14T13:57:40Z\n"
        "      end: «2062-07-14T14:29:00Z»\n"
    ),
    Bad("status: published\npublished: «2026-08-01»\n"),
    Good("impact:\n  windows:\n    - id: I1\n      start: 2026-07-30T23:59:00Z\n"),
    Good("published: 2026-08-01\n"),
    Good(
        "status: draft\nkind: exercise\ntimeline:\n  - id: E1\n    at: 2026-09-01T10:00:00Z\n    type: action\n"
        "    text: The database is cut off.\n"
    ),
)
def future_time(case: Case) -> Iterator[Finding]:
    """A COE tells what happened, so none of its moments lies in the future.

    The day is the one on which the check runs, in the time zone of the reviews (`review.timezone`).
    What is planned may lie ahead: due dates, the `published` day of a COE in review, and the draft of an exercise.
    """
    if case.as_of is None or case.as_of == dt.date.max:
        return
    zone = ZoneInfo(case.repository.config.review.timezone)
    midnight = dt.datetime.combine(case.as_of + dt.timedelta(days=1), dt.time(), zone)
    coe = case.coe
    if coe is None or (coe.kind == "exercise" and coe.status == "draft"):
        return
    midnight = midnight.astimezone(dt.UTC)  # which is compared in less time
    for path, at, off in _moments(coe):
        if at >= midnight and at - midnight >= off:
            yield Finding(path, f"`{clock(at)}` is in the future", _help(case.as_of))
    for path, day in _days(coe):
        if day and day > case.as_of:
            yield Finding(path, f"`{day}` is in the future", _help(case.as_of))


def _help(day: dt.date) -> str:
    return f"Check year, month and day: {day} is today, in the time zone of the reviews."


def _moments(coe: Coe) -> Iterator[tuple[Path, dt.datetime, dt.timedelta]]:
    """Yield the moments of what happened: where, when, and how far off they may be."""
    for index, window in enumerate(coe.impact.windows if coe.impact else ()):
        yield ("impact", "windows", index, "start"), window.start, NOTHING
        if window.end:
            yield ("impact", "windows", index, "end"), window.end, NOTHING
    for index, change in enumerate(coe.severity_history):
        yield ("severity_history", index, "at"), change.at, NOTHING
    for index, word in enumerate(coe.communications):
        yield ("communications", index, "at"), word.at, NOTHING
    for index, event in enumerate(coe.timeline):
        yield ("timeline", index, "at"), event.at, slack(event)
        if event.end:
            yield ("timeline", index, "end"), event.end, slack(event)
    if coe.engagement and coe.engagement.tech_call and coe.engagement.tech_call.opened:
        yield ("engagement", "tech_call", "opened"), coe.engagement.tech_call.opened, NOTHING


def _days(coe: Coe) -> Iterator[tuple[Path, dt.date | None]]:
    yield ("created",), coe.created
    if coe.status in _WRITTEN:
        yield ("published",), coe.published
    for path, cause in causes(coe):
        yield (*path, "introduced"), cause.introduced
