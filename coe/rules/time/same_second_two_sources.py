"""The rule `same-second-two-sources`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.model.coe import SET_ASIDE, Coe
from coe.model.timeline import Event
from coe.model.words import clock
from coe.rule import Bad, Finding, Good, rule

_EVENT = "  - id: {}\n    at: {}\n    type: {}\n    text: {}\n    source:\n      system: {}\n      ref: R1\n"
_PAGE = "timeline:\n" + _EVENT.format("E1", "2026-07-14T13:59:07Z", "detection", "The canary failed.", "pagerduty")


@rule(
    "TIM105",
    Severity.NOTE,
    Bad(_PAGE + _EVENT.format("E2", "«2026-07-14T13:59:07Z»", "detection", "An alarm fired.", "cloudwatch")),
    Good(_PAGE + _EVENT.format("E2", "2026-07-14T13:59:08Z", "detection", "An alarm fired.", "cloudwatch")),
    Good(_PAGE + _EVENT.format("E2", "2026-07-14T13:59:07Z", "detection", "The canary of cell 2 failed.", "pagerduty")),
    Good(_PAGE + _EVENT.format("E2", "2026-07-14T13:59:07Z", "engagement", "The page reached payments.", "cloudwatch")),
)
def same_second_two_sources(coe: Coe) -> Iterator[Finding]:
    """Two events of one type and one second that come from two systems are most often one fact, told twice.

    Imported timelines bring the alarm from the monitor and once more from the pager. Read as two events
    they count twice. Events with different milestones are two facts, and a `precision` says that the second is not known.
    """
    if coe.status in SET_ASIDE:
        return
    seen: dict[tuple[dt.datetime, str], dict[tuple[str, str | None], Event]] = {}
    for index, event in enumerate(coe.timeline):
        if event.source is None or event.precision:
            continue
        alike = seen.setdefault((event.at.replace(microsecond=0).astimezone(dt.UTC), event.type), {})
        twin = next((other for other in alike.values() if _is_told_twice(event, other)), None)
        alike.setdefault((event.source.system, event.milestone), event)
        if twin and twin.source:
            yield Finding(
                ("timeline", index, "at"),
                f"{event.id} from {event.source.system} has the second and the type of {twin.id} from {twin.source.system} "
                f"({clock(event.at)})",
                f"If it is one fact, keep {twin.id} and name the other record in its `evidence`. "
                "If the second is not known, write `precision: PT1M`.",
            )


def _is_told_twice(event: Event, other: Event) -> bool:
    apart = event.milestone and other.milestone and event.milestone != other.milestone
    return not apart and bool(event.source and other.source and event.source.system != other.source.system)
