"""The rule `event-order`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.model.coe import Coe
from coe.model.words import clock
from coe.rule import Bad, Finding, Good, rule


@rule(
    "STR108",
    Severity.ERROR,
    Bad(
        "timeline:\n  - id: E1\n    at: 2026-07-14T23:50:00Z\n    end: «2026-07-14T00:20:00Z»\n"
        "    type: change\n    text: The release rolls out.\n"
    ),
    Bad(
        "timeline:\n  - id: E1\n    at: 2026-07-14T23:50:00Z\n    end: «2026-07-14T23:40:00Z»\n    precision: PT1H\n"
        "    type: change\n    text: The release rolls out.\n"
    ),
    Good(
        "timeline:\n  - id: E1\n    at: 2026-07-14T23:50:00Z\n    end: 2026-07-15T00:20:00Z\n"
        "    type: change\n    text: The release rolls out.\n"
    ),
)
def event_order(coe: Coe) -> Iterator[Finding]:
    """An event that takes time ends after it begins.

    Most often the end lies past midnight and has the day of the beginning.
    Where `precision` makes it possible after all, it is a warning.
    """
    for index, event in enumerate(coe.timeline):
        if event.end is None or event.end >= event.at:
            continue
        possible = event.at - event.end <= (event.precision or dt.timedelta()) / 2
        yield Finding(
            ("timeline", index, "end"),
            f"the event {event.id} ends before it begins ({clock(event.at)})",
            f"Check day and offset of both times: `end: {clock(event.at)}` or later.",
            severity=Severity.WARNING if possible else None,
        )
