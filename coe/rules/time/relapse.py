"""The rule `relapse`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.model.coe import SET_ASIDE, Coe
from coe.model.measures import LAST_COUNTS, impact_start, milestones
from coe.model.words import clock, listed
from coe.rule import Bad, Finding, Good, rule
from coe.rules.time.stretch import slack

_WINDOWS = (
    "impact:\n  windows:\n    - id: I1\n      start: 2026-07-14T13:57:40Z\n      end: 2026-07-14T14:29:00Z\n"
    "    - id: I2\n      start: {}\n      end: 2026-07-14T15:40:00Z\n"
)
_MITIGATED = "  - id: {}\n    at: {}\n    type: recovery\n    milestone: mitigated\n    text: Traffic was shifted.\n"
_FIRST = "timeline:\n" + _MITIGATED.format("E1", "2026-07-14T14:29:00Z")


@rule(
    "TIM109",
    Severity.WARNING,
    Bad(_WINDOWS.format("«2026-07-14T15:10:00Z»") + _FIRST),
    Good(_WINDOWS.format("2026-07-14T15:10:00Z") + _FIRST + _MITIGATED.format("E2", "2026-07-14T15:40:00Z")),
    Good(_WINDOWS.format("2026-07-14T14:29:00Z") + _FIRST),
    Good("status: draft\n" + _WINDOWS.format("2026-07-14T15:10:00Z") + _FIRST),
)
def relapse(coe: Coe) -> Iterator[Finding]:
    """After a relapse the end is told once more: no impact window starts after the last `mitigated`, `recovered`, `resolved`.

    An event that came back was not over. The last event of each of these milestones counts for the metrics, so
    one that stands before the second impact makes the time to mitigate look shorter than it was for customers.
    A window that follows at once, such as a degraded one after an outage, is no relapse; one without an end still waits for it.
    """
    first = impact_start(coe)
    if coe.impact is None or first is None or coe.status in SET_ASIDE:
        return
    index, window = max(enumerate(coe.impact.windows), key=lambda pair: pair[1].start)
    if window.end is None:
        return
    found = milestones(coe)
    early = [
        f"`{name}` ({event.id}, {clock(event.at)})"
        for name, event in found.items()
        if name in LAST_COUNTS and event.at >= first and window.start - event.at > slack(event)
    ]
    if early:
        yield Finding(
            ("impact", "windows", index, "start"),
            f"the impact window {window.id} starts after {listed(early)}, and nothing says when this impact was over",
            "Add the event that ended it, once more with the milestone: `milestone: mitigated`. Or check the start.",
        )
