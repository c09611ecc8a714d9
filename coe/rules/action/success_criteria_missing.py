"""The rule `success-criteria-missing`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.model.coe import Coe
from coe.rule import Bad, Finding, Good, rule
from coe.rules.action.items import SYSTEM_TYPES, awaited_items

_ITEM = (
    "action_items:\n  - «id: A1»\n    title: Bound connections per tenant in the pool\n    type: prevent\n"
    "    owner_team: payments\n    due: 2026-08-10\n    priority: P1\n    status: open\n"
)
_PLAIN = _ITEM.replace("«", "").replace("»", "")


@rule(
    "ACT107",
    Severity.NOTE,
    Bad(f"status: published\npublished: 2026-07-24\n{_ITEM}"),
    Good(f"status: published\n{_PLAIN}    success_criteria: One tenant takes at most 5 % of the pool.\n"),
    Good(f"status: published\n{_PLAIN.replace('P1', 'P2')}"),
    Good(f"status: published\n{_PLAIN.replace('type: prevent', 'type: process')}"),
    Good(f"status: in_review\n{_PLAIN}"),
)
def success_criteria_missing(coe: Coe) -> Iterator[Finding]:
    """A P0 or P1 action item that prevents, detects or mitigates says how one sees that it worked.

    Without a criterion, an action item is done when its ticket is closed, and whether the system now behaves
    differently shows at the next event. Expected from the publication on, while the action item is not verified.

    Source: Lueder and Beyer, "Postmortem Action Items: Plan the Work and Work the Plan" (;login:, 2017): actionable,
    specific, bounded.
    """
    if coe.status not in ("published", "closed"):
        return
    for path, item in awaited_items(coe):
        urgent = item.priority in ("P0", "P1") and item.type in SYSTEM_TYPES
        if urgent and item.success_criteria is None and item.status not in ("verified", "wont_do"):
            yield Finding(
                path,
                f"nothing says how one sees that the {item.priority} action item {item.id} worked",
                "Add what can be measured then, such as `success_criteria: One tenant takes at most 5 % of the pool.`",
            )
