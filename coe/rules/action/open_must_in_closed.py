"""The rule `open-must-in-closed`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.model.coe import Coe
from coe.rule import Bad, Finding, Good, rule
from coe.rules.action.items import all_items

_ITEM = (
    "action_items:\n  - id: A1\n    title: Bound connections per tenant in the pool\n    type: prevent\n"
    "    owner_team: payments\n    due: 2026-08-15\n"
)


@rule(
    "ACT106",
    Severity.ERROR,
    Bad(f"status: closed\n{_ITEM}    commitment: must\n    status: «in_progress»\n"),
    Bad(f"status: closed\n{_ITEM}    priority: P1\n    status: «open»\n"),
    Good(f"status: closed\n{_ITEM}    priority: P1\n    commitment: must\n    status: done\n    completed: 2026-08-10\n"),
    Good(f"status: closed\n{_ITEM}    priority: P3\n    status: open\n"),
    Good(f"status: published\n{_ITEM}    commitment: must\n    status: open\n"),
)
def open_must_in_closed(coe: Coe) -> Iterator[Finding]:
    """A COE is closed when what must be done is done: no `must`, no P0 and no P1 action item is open.

    Readers take a closed COE for a risk that is gone, and nobody looks at its actions again. An open `must` contradicts
    the state of the COE; an open P0 or P1 to which nobody is committed is a warning.

    Source: the web-PKI incident report requirements of CCADB: a report is closed when its action items are complete.
    """
    if coe.status != "closed":
        return
    for path, item in all_items(coe):
        must = item.commitment == "must"
        if item.is_open and (must or item.priority in ("P0", "P1")):
            kind = f"{item.priority} action item {item.id}" + (", a `must`," if must else "")
            yield Finding(
                (*path, "status"),
                f"the COE is closed, and the {kind} is `{item.status}`",
                "Write `status: published` for the COE until it is done; or `wont_do` here with a `reason`.",
                severity=None if must else Severity.WARNING,
            )
