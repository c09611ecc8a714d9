"""The rule `detection-slow`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.model.coe import SET_ASIDE, Coe
from coe.model.measures import duration_words, impact_start, milestones
from coe.rule import Bad, Finding, Good, rule

_SLOW = (
    "timeline:\n  - id: E1\n    at: 2026-07-14T14:20:00Z\n    type: detection\n    milestone: detected\n"
    "    text: A customer reports errors at checkout.\n"
    "detection:\n  method: customer_report\n  expected_within: {}\n"
)


@rule(
    "IMP106",
    Severity.WARNING,
    Bad(_SLOW.format("«PT5M»")),
    Good(_SLOW.format("PT30M")),
    Good(
        _SLOW.format("PT5M")
        + "contributing_factors:\n  - id: C1\n    category: detection\n    statement: No alarm watches free connections.\n"
    ),
    Good(_SLOW.format("PT5M") + "review_questions:\n  detection:\n    halve: An alarm on free connections.\n"),
)
def detection_slow(coe: Coe) -> Iterator[Finding]:
    """An event that was detected later than it is meant to be says why, or what would make it faster.

    Told from the first impact, the milestone `detected` and `detection.expected_within`, within the precision of the event.
    Silent once a cause of the category `detection`, an action item of the type `detect` or the review question on
    detection answers it.

    Source: the correction-of-error guidance of AWS Well-Architected, which asks how the time to detect could be halved.
    """
    expected = coe.detection.expected_within if coe.detection else None
    detected, start = milestones(coe).get("detected"), impact_start(coe)
    if coe.status in SET_ASIDE or expected is None or detected is None or start is None or _answered(coe):
        return
    took = detected.at - start
    if took - expected > (detected.precision or dt.timedelta()) / 2:
        yield Finding(
            ("detection", "expected_within"),
            f"detection took {duration_words(took)} from the first impact, {duration_words(expected)} are expected, "
            "and nothing says why",
            "Add a cause with `category: detection`, an action item with `type: detect`, or "
            "`review_questions: {detection: {halve: An alarm on free connections.}}`.",
        )


def _answered(coe: Coe) -> bool:
    questions = coe.review_questions.detection if coe.review_questions else None
    return (
        bool(questions and (questions.answer or questions.halve))
        or any(cause.category == "detection" for cause in (*coe.root_causes, *coe.contributing_factors))
        or any(item.type == "detect" and item.status != "wont_do" for item in coe.action_items)
    )
