"""The rule `action-item-incomplete`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.model.coe import SET_ASIDE, Coe
from coe.model.organization import Minutes
from coe.model.validate import Analysis
from coe.model.words import listed
from coe.rule import Bad, Finding, Good, rule

_ITEM = "    title: Bound connections per tenant in the pool\n    type: prevent\n"


@rule(
    "STR110",
    Severity.WARNING,
    Bad(f"action_items:\n  - «id: A1»\n{_ITEM}    status: open\n    owner_team: payments\n"),
    Bad(f"action_items:\n  - «id: A1»\n{_ITEM}    status: in_progress\n    due: 2026-08-15\n"),
    Good(f"action_items:\n  - id: A1\n{_ITEM}    status: open\n    owner_team: payments\n    due: 2026-08-15\n"),
    Good(f"action_items:\n  - id: A1\n{_ITEM}    status: done\n"),
    Good(f"status: draft\naction_items:\n  - id: A1\n{_ITEM}    status: open\n"),
)
def action_item_incomplete(analysis: Analysis) -> Iterator[Finding]:
    """An open action item has an owner, a role or a team, and a day on which it is due.

    Work that nobody owns and that has no date is done last. A draft may leave both open until the review.
    """
    noun = analysis.noun
    if not isinstance(noun, Coe | Minutes) or (isinstance(noun, Coe) and noun.status in SET_ASIDE):
        return
    team = noun.owner_team if isinstance(noun, Coe) else "payments"
    for index, item in enumerate(noun.action_items):
        if not item.is_open:
            continue
        missing, lines = [], []
        if not item.owner and not item.owner_team:
            missing.append("no owner")
            lines.append(f"`owner_team: {team}` or `owner: role:service-owner`")
        if not item.due:
            missing.append("no due date")
            lines.append("`due: 2026-08-15`")
        if missing:
            yield Finding(
                ("action_items", index),
                f"the open action item {item.id} has {listed(missing)}",
                f"Add, for example, {listed(lines)}.",
            )
