"""The rule `action-item-removed`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.corpus import Corpus
from coe.diagnostic import Severity
from coe.rule import Bad, Finding, Good, rule
from coe.rules.workflow.change import changes

_ITEM = "  - {{id: {0}, title: {1}, type: prevent, status: open, owner_team: payments}}\n"
_BOTH = "action_items:\n" + _ITEM.format("A1", "Bound connections per tenant") + _ITEM.format("A2", "Alarm on free connections")
_ONE = "action_items:\n" + _ITEM.format("A1", "Bound connections per tenant")


@rule(
    "WFL106",
    Severity.WARNING,
    Bad(_ONE.replace("- {", "«- {").replace("}\n", "}»\n"), before=_BOTH),
    Good(_BOTH, before=_ONE),
    Good(_ONE, before=f"status: draft\n{_BOTH}"),
    Good(_BOTH.replace("status: open", "status: wont_do, reason: The pool is replaced"), before=_BOTH),
    of_change=True,
)
def action_item_removed(corpus: Corpus) -> Iterator[Finding]:
    """An action item that was agreed stays in the file: what will not be done says so, with the reason.

    A promise that vanishes cannot be asked for in the weekly review. Drafts may drop items freely. Only a run with
    `--base REF` sees what was there.
    """
    for analysis, coe, old in changes(corpus):
        if old.status == "draft":
            continue
        kept = {item.id for item in coe.action_items}
        for item in old.action_items:
            if item.id not in kept:
                yield Finding(
                    ("action_items",),
                    f"the action item {item.id} ({item.title}) was removed",
                    f"Put it back; if it will not be done, write `status: wont_do` and `reason: …` at {item.id}.",
                    analysis=analysis,
                )
