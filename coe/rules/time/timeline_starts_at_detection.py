"""The rule `timeline-starts-at-detection`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.model.coe import SET_ASIDE, Coe
from coe.model.measures import duration_words, impact_start
from coe.rule import Bad, Finding, Good, rule
from coe.rules.time.stretch import earliest, slack

_DETECTED = (
    "  - id: E2\n    at: {}\n    type: detection\n    milestone: detected\n    text: The canary failed.\n"
    "  - id: E3\n    at: 2026-07-14T14:29:00Z\n    type: recovery\n    text: Traffic was shifted.\n"
)
_BEFORE = "  - id: E1\n    at: 2026-07-14T13:57:40Z\n    type: impact\n    text: The first checkouts fail.\n"


@rule(
    "TIM103",
    Severity.NOTE,
    Bad("timeline:\n" + _DETECTED.format("«2026-07-14T14:09:00Z»")),
    Good("timeline:\n" + _BEFORE + _DETECTED.format("2026-07-14T14:09:00Z")),
    Good("timeline:\n" + _DETECTED.format("2026-07-14T13:57:40Z")),
    Good("status: draft\ntimeline:\n" + _DETECTED.format("2026-07-14T14:09:00Z")),
)
def timeline_starts_at_detection(coe: Coe) -> Iterator[Finding]:
    """A timeline begins before somebody noticed: with what set the event off, or with the first customer who was affected.

    The time until an event is seen is often the largest part of it, and the part that no alarm tells of.
    A timeline that begins with the alarm leaves out the trigger and what was on the screens until then.

    Source: Site Reliability Engineering (Google), appendix "Example Postmortem", whose timeline begins with what raised
    the traffic, before the outage and the first page.
    """
    first, start = earliest(enumerate(coe.timeline)), impact_start(coe)
    if first is None or start is None or coe.status in SET_ASIDE:
        return
    index, event = first
    others = [other for other in coe.timeline if other.at == event.at and not _is_detection(other.type, other.milestone)]
    if not _is_detection(event.type, event.milestone) or others or event.at - start <= slack(event):
        return
    yield Finding(
        ("timeline", index, "at"),
        f"the timeline begins with the detection, {duration_words(event.at - start)} after the impact started",
        "Add what happened before: the trigger (`type: change`) and the first effect (`type: impact`).",
    )


def _is_detection(kind: str, milestone: str | None) -> bool:
    return kind == "detection" or milestone in ("detected", "paged")
