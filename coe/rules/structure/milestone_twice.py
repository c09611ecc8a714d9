"""The rule `milestone-twice`."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.model.coe import Coe
from coe.model.measures import LAST_COUNTS
from coe.model.timeline import Event
from coe.rule import Bad, Finding, Good, rule

_FIRST = (
    "timeline:\n  - id: E1\n    at: 2026-07-14T13:59:00Z\n    type: detection\n    milestone: detected\n"
    "    text: The canary failed.\n"
)
_END = (
    "  - id: E2\n    at: 2026-07-14T14:29:00Z\n    type: recovery\n    milestone: mitigated\n    text: Traffic was shifted.\n"
)
_AGAIN = (
    "  - id: E3\n    at: 2026-07-14T15:10:00Z\n    type: detection\n    milestone: {}\n    text: The canary failed once more.\n"
)


@rule(
    "STR106",
    Severity.ERROR,
    Bad(_FIRST + _AGAIN.format("«detected»")),
    Good(_FIRST + _END + _AGAIN.format("detected")),
    Good(_FIRST + _END),
)
def milestone_twice(coe: Coe) -> Iterator[Finding]:
    """A milestone stands once, for the metrics take one event; a second time is for an event that came back.

    After a reopening both are told, and the first counts for `detected`, `engaged` and `diagnosed`, the last
    for `mitigated`, `recovered` and `resolved`. A reopening shows in the timeline: for the milestones of the
    beginning, one of the end stands in between; for those of the end, an impact window starts in between,
    or an event of the type `impact`.
    """
    ends = sorted(event.at for event in coe.timeline if event.milestone in LAST_COUNTS)
    starts = sorted(
        [event.at for event in coe.timeline if event.type == "impact"]
        + [window.start for window in (coe.impact.windows if coe.impact else ())]
    )
    before: dict[str, Event] = {}
    for event, index in sorted(((event, index) for index, event in enumerate(coe.timeline)), key=lambda pair: pair[0].at):
        if event.milestone is None:
            continue
        first, is_end = before.get(event.milestone), event.milestone in LAST_COUNTS
        if first and not (_any_in(starts, first.at, event.at) if is_end else _any_in(ends, first.at, event.at)):
            which = "last" if is_end else "first"
            proof = "an impact window or an event of the type `impact`" if is_end else "the event that is `mitigated`"
            yield Finding(
                ("timeline", index, "milestone"),
                f"`{event.milestone}` stands at {first.id} already, and nothing in between says that the event came back",
                f"Keep `milestone: {event.milestone}` at the {which} of them, or add what lies between: {proof}.",
            )
        before[event.milestone] = event


def _any_in(times: list[dt.datetime], after: dt.datetime, until: dt.datetime) -> bool:
    """Say whether one of the sorted times lies after one moment and not after another."""
    return bisect_right(times, until) > bisect_right(times, after)
