"""The rule `completed-open`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.model.validate import Analysis
from coe.rule import Bad, Finding, Good, rule
from coe.rules.action.items import awaited_items

_ITEM = "action_items:\n  - id: A1\n    title: Bound connections per tenant in the pool\n    type: prevent\n"
_OWNED = f"{_ITEM}    owner_team: payments\n    due: 2026-08-15\n"


@rule(
    "ACT102",
    Severity.WARNING,
    Bad(f"{_OWNED}    status: in_progress\n    completed: «2026-08-10»\n"),
    Bad(f"{_ITEM}    status: wont_do\n    reason: The pool is replaced.\n    completed: «2026-08-10»\n"),
    Good(f"{_ITEM}    status: done\n    completed: 2026-08-10\n"),
    Good(f"{_OWNED}    status: in_progress\n"),
)
def completed_open(analysis: Analysis) -> Iterator[Finding]:
    """An action item that has a day of completion is done or verified.

    The register of actions counts by `status`: finished work that still reads as open is chased every week,
    and open work with a day of completion is taken for finished.
    """
    for path, item in awaited_items(analysis.noun):
        if item.completed is not None and item.status not in ("done", "verified"):
            yield Finding(
                (*path, "completed"),
                f"the action item {item.id} was completed on {item.completed}, and its status is `{item.status}`",
                "Write `status: done`, or delete `completed` until the work is finished.",
            )
