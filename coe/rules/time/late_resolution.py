"""The rule `late-resolution`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.model.coe import SET_ASIDE, Coe
from coe.model.measures import duration_words, impact_end, milestones
from coe.model.words import clock
from coe.rule import Bad, Finding, Good, rule
from coe.rules.time.stretch import slack

LATE = dt.timedelta(hours=24)
_RESOLVED = "timeline:\n  - id: E1\n    at: {}\n    type: recovery\n    milestone: resolved\n    text: All was over.\n"


@rule(
    "TIM107",
    Severity.NOTE,
    Bad(_RESOLVED.format("«2026-07-16T14:29:00Z»")),
    Good(_RESOLVED.format("2026-07-15T14:29:00Z")),
    Good(_RESOLVED.format("2026-07-16T12:00:00Z\n    precision: P3D")),
    Good("status: draft\n" + _RESOLVED.format("2026-07-16T14:29:00Z")),
)
def late_resolution(coe: Coe) -> Iterator[Finding]:
    """An incident is declared over within a day after the last impact; later, a day is wrong or something else held it open.

    Watching for a day is common. What keeps an incident open for longer is most often a repair that
    belongs to the action items, or a second impact that no window tells of. The time to resolve grows with it.
    """
    end, event = impact_end(coe), milestones(coe).get("resolved")
    if end is None or event is None or coe.status in SET_ASIDE or event.at - end <= LATE + slack(event):
        return
    index = next(index for index, other in enumerate(coe.timeline) if other is event)
    yield Finding(
        ("timeline", index, "at"),
        f"`resolved` ({event.id}) comes {duration_words(event.at - end)} after the last impact ended ({clock(end)})",
        "Check the day. If it is right, say in the text what kept the incident open, or add the impact window that is missing.",
    )
