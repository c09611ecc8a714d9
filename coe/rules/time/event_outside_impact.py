"""The rule `event-outside-impact`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.model.coe import SET_ASIDE, Coe
from coe.model.measures import duration_words, impact_end, impact_start
from coe.model.timeline import Event
from coe.model.words import clock
from coe.rule import Bad, Finding, Good, rule
from coe.rules.time.stretch import last_moment, slack

FAR = dt.timedelta(days=30)
_BACKGROUND = frozenset({"change", "decision", "note"})
_AFTERMATH = frozenset({"change", "communication", "decision", "note"})
_EVENT = "timeline:\n  - id: E1\n    at: {}\n    type: {}\n    text: The canary failed.\n"


@rule(
    "TIM101",
    Severity.WARNING,
    Bad(_EVENT.format("«2026-04-14T13:59:00Z»", "detection")),
    Bad(_EVENT.format("«2027-07-14T13:59:00Z»", "detection")),
    Good(_EVENT.format("2026-07-14T13:59:00Z", "detection")),
    Good(_EVENT.format("2025-03-02T09:00:00Z", "change")),
    Good(_EVENT.format("2026-06-01T12:00:00Z\n    precision: P30D", "detection")),
)
def event_outside_impact(coe: Coe) -> Iterator[Finding]:
    """An event lies within 30 days of the impact; farther away, most often a month or a year is mistyped.

    What led to the event may be much older: changes, decisions, notes and what is `introduced` may lie long before.
    Changes, decisions, notes and messages may follow long after. While a window has no end, nothing lies after it.
    """
    start, end = impact_start(coe), impact_end(coe)
    if start is None or coe.status in SET_ASIDE:
        return
    for index, event in enumerate(coe.timeline):
        before, after = start - last_moment(event), event.at - end if end else None
        if before <= FAR and (after is None or after <= FAR):
            continue
        if before > FAR + slack(event) and not _is_background(event):
            said = f"{duration_words(before)} before the impact starts ({clock(start)})"
        elif end and after and after > FAR + slack(event) and event.type not in _AFTERMATH:
            said = f"{duration_words(after)} after the impact ends ({clock(end)})"
        else:
            continue
        yield Finding(
            ("timeline", index, "at"),
            f"the event {event.id} lies {said}",
            "Check year, month and day. What led to it is a `change` or a `note`: `type: note`.",
        )


def _is_background(event: Event) -> bool:
    return event.type in _BACKGROUND or event.milestone == "introduced"
