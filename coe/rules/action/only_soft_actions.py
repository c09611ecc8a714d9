"""The rule `only-soft-actions`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.model.coe import Coe
from coe.rule import Bad, Finding, Good, rule
from coe.rules.action.items import awaited_items

_SOFT = frozenset({"process", "investigate"})
_PROCESS = "  - id: A1\n    title: Rehearse the failover of the pool every quarter\n    type: process\n    status: open\n"
_PREVENT = "  - id: A2\n    title: Bound connections per tenant in the pool\n    type: prevent\n    status: {}\n"


@rule(
    "ACT104",
    Severity.WARNING,
    Bad(f"«action_items»:\n{_PROCESS}"),
    Bad(f"«action_items»:\n{_PROCESS}{_PREVENT.format('wont_do')}    reason: The pool is replaced.\n"),
    Good(f"action_items:\n{_PROCESS}{_PREVENT.format('open')}"),
    Good("action_items: []\n"),
    Good(f"status: draft\naction_items:\n{_PROCESS}"),
)
def only_soft_actions(coe: Coe) -> Iterator[Finding]:
    """Among the action items of a COE at least one changes a system, not only a process or what is known.

    Processes and investigations depend on people to act in time at the next event. What prevents, detects,
    mitigates or repairs works at night as well. An action item that will not be done does not count.

    Source: the hierarchy of controls of occupational safety (NIOSH), which puts engineered controls above procedures.
    """
    active = [item for _, item in awaited_items(coe) if item.status != "wont_do"]
    if active and all(item.type in _SOFT for item in active):
        kinds = " or ".join(f"`{kind}`" for kind in sorted({item.type for item in active}, reverse=True))
        yield Finding(
            ("action_items",),
            f"every action item is of the type {kinds}; none changes a system",
            "Add one that prevents, detects or mitigates, such as "
            "`title: Bound connections per tenant in the pool` with `type: prevent`.",
            at_key=True,
        )
