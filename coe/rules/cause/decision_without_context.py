"""The rule `decision-without-context`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.model.coe import SET_ASIDE, Coe
from coe.rule import Bad, Finding, Good, rule

_EVENT = (
    "timeline:\n  - {}\n    at: 2026-07-14T14:08:00Z\n    type: {}\n    text: Traffic stays in the cell for ten more minutes.\n"
)


@rule(
    "CAU107",
    Severity.WARNING,
    Bad(_EVENT.format("«id: E1»", "decision")),
    Good(_EVENT.format("id: E1", "decision") + "    context: Errors fell, and a shift would have cut long payments.\n"),
    Good(_EVENT.format("id: E1", "action")),
    Good("status: draft\n" + _EVENT.format("id: E1", "decision")),
)
def decision_without_context(coe: Coe) -> Iterator[Finding]:
    """A decision is told with what was known and aimed at then; without it, readers judge it by how things ended.

    What people saw, what they tried to keep and what they gave up for it made the decision right at that moment.
    That is where the conditions show that the next people meet too, and nobody remembers it for long.

    Source: Sidney Dekker, The Field Guide to Understanding "Human Error", on local rationality and hindsight bias.
    """
    if coe.status in SET_ASIDE:
        return
    for index, event in enumerate(coe.timeline):
        if event.type == "decision" and not event.context:
            yield Finding(
                ("timeline", index),
                f"the decision {event.id} has no `context`",
                "Add what was known and aimed at then: `context: Errors fell, and a shift would have cut long payments.`",
            )
