"""The rule `moved-due-date`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from coe.diagnostic import Path, Severity
from coe.model.actions import ActionItem
from coe.model.validate import Analysis
from coe.rule import Bad, Finding, Good, rule
from coe.rules.action.items import all_items

_ITEM = (
    "action_items:\n  - id: A1\n    title: Bound connections per tenant in the pool\n    type: prevent\n"
    "    owner_team: payments\n    status: open\n"
)
_MOVES = "    extensions:\n      - {{from: 2026-08-15, to: {}, reason: The freeze of August.}}\n"


@rule(
    "ACT105",
    Severity.ERROR,
    Bad(f"{_ITEM}    due: «2026-10-01»\n{_MOVES.format('2026-09-15')}"),
    Bad(f"{_ITEM}    due: 2026-08-01\n{_MOVES.format('«2026-08-01»')}"),
    Bad(
        f"{_ITEM}    due: 2026-10-15\n{_MOVES.format('2026-09-15')}"
        "      - {from: «2026-09-20», to: 2026-10-15, reason: The migration comes first.}\n"
    ),
    Good(f"{_ITEM}    due: 2026-09-15\n{_MOVES.format('2026-09-15')}"),
    Good(f"{_ITEM}    due: 2026-09-15\n"),
)
def moved_due_date(analysis: Analysis) -> Iterator[Finding]:
    """The moves of a due date follow each other, and the last one ends at the date that is due.

    Each extension starts at the date before it. A `due` that no extension leads to was moved without saying why,
    or one of the two is not up to date. A move to an earlier day, or to the same, is a warning: it extends nothing.
    """
    for path, item in all_items(analysis.noun):
        if not item.extensions:
            continue
        yield from _moves(path, item)
        last = item.extensions[-1].to
        if item.due != last:
            where = (*path, "due") if item.due else (*path, "extensions", len(item.extensions) - 1, "to")
            due = f"is due on {item.due}" if item.due else "has no `due`"
            yield Finding(
                where,
                f"the action item {item.id} {due}, and its last extension leads to {last}",
                f"Write `due: {last}`, or add the extension that moved it, with its reason.",
            )


def _moves(path: Path, item: ActionItem) -> Iterator[Finding]:
    for index, move in enumerate(item.extensions):
        if move.to <= move.from_:
            yield Finding(
                (*path, "extensions", index, "to"),
                f"the extension of {item.id} leads from {move.from_} to {move.to}, which is no later day",
                "Swap `from` and `to`, or delete the extension and write the earlier day in `due`.",
                severity=Severity.WARNING,
            )
    for index, (before, after) in enumerate(pairwise(item.extensions), 1):
        if after.from_ != before.to:
            yield Finding(
                (*path, "extensions", index, "from"),
                f"the extension of {item.id} starts at {after.from_}, and the one before it led to {before.to}",
                f"Write `from: {before.to}`, or add the extension that is missing between the two.",
            )
