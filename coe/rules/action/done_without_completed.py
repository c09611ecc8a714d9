"""The rule `done-without-completed`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.model.validate import Analysis
from coe.rule import Bad, Finding, Good, rule
from coe.rules.action.items import awaited_items

_ITEM = "action_items:\n  - id: A1\n    title: Bound connections per tenant in the pool\n    type: prevent\n"


@rule(
    "ACT101",
    Severity.WARNING,
    Bad(f"{_ITEM}    status: «done»\n"),
    Good(f"{_ITEM}    status: done\n    completed: 2026-08-10\n"),
    Good(
        f"{_ITEM}    status: verified\n"
        "    verification: {at: 2026-09-01T10:00:00Z, by: role:service-owner, evidence: https://example.com/gameday/12}\n"
    ),
    Good(f"status: draft\n{_ITEM}    status: done\n"),
)
def done_without_completed(analysis: Analysis) -> Iterator[Finding]:
    """An action item that is done says since when.

    Whether work was done in time, and whether a later event happened before or after it, can only be told from the day.
    A verified action item has the day of its verification.
    """
    for path, item in awaited_items(analysis.noun):
        if item.status == "done" and item.completed is None:
            day = item.due or "2026-08-10"
            yield Finding(
                (*path, "status"),
                f"the action item {item.id} is done, and no day says since when",
                f"Add the day on which it was done, such as `completed: {day}`.",
            )
