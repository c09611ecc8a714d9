"""The rule `action-item-state`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.model.coe import Coe
from coe.model.organization import Minutes
from coe.model.validate import Analysis
from coe.rule import Bad, Finding, Good, rule

_ITEM = "  - id: A1\n    title: Bound connections per tenant in the pool\n    type: prevent\n"
_NEEDS = {
    "wont_do": ("reason", "says that it will not be done, and not why", "reason: The system is retired in March."),
    "verified": (
        "verification",
        "says that it was verified, and not by what",
        "verification: {at: 2026-09-01T10:00:00Z, by: role:service-owner, evidence: https://example.com/gameday/12}",
    ),
}


@rule(
    "STR111",
    Severity.WARNING,
    Bad(f"action_items:\n{_ITEM}    status: «wont_do»\n"),
    Bad(f"action_items:\n{_ITEM}    status: «verified»\n    completed: 2026-08-10\n"),
    Good(f"action_items:\n{_ITEM}    status: wont_do\n    reason: The system is retired in March.\n"),
    Good(f"action_items:\n{_ITEM}    status: done\n    completed: 2026-08-10\n"),
)
def action_item_state(analysis: Analysis) -> Iterator[Finding]:
    """A state that ends an action item comes with what makes it credible: `wont_do` with its reason, `verified` with its proof.

    The next COE on the same system begins by reading which actions were dropped and which are known to work.
    """
    noun = analysis.noun
    for index, item in enumerate(noun.action_items if isinstance(noun, Coe | Minutes) else ()):
        key, message, line = _NEEDS.get(item.status, ("", "", ""))
        if key and getattr(item, key) is None:
            yield Finding(("action_items", index, "status"), f"the action item {item.id} {message}", f"Add `{line}`")
