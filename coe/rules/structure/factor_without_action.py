"""The rule `factor-without-action`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.model.coe import SET_ASIDE, Coe, causes
from coe.model.words import listed
from coe.rule import Bad, Finding, Good, rule

_CAUSE = "root_causes:\n  - id: C1\n    category: technical\n    statement: The pool has no upper bound per tenant.\n"
_MARKED = _CAUSE.replace("id: C1", "«id: C1»")
_ACTION = "action_items:\n  - id: A1\n    title: Bound connections per tenant in the pool\n    type: prevent\n"


@rule(
    "STR112",
    Severity.WARNING,
    Bad(_MARKED),
    Bad(f"{_MARKED}{_ACTION}    status: wont_do\n    reason: The pool is replaced.\n    addresses: [C1]\n"),
    Good(f"{_CAUSE}{_ACTION}    status: open\n    addresses: [C1]\n"),
    Good(f"{_CAUSE}    accepted_risk: The pool is replaced in March, and until then one tenant uses it.\n"),
    Good(f"status: draft\n{_CAUSE}"),
)
def factor_without_action(coe: Coe) -> Iterator[Finding]:
    """What made the event possible is answered by an action item, or kept on purpose, with the reason in `accepted_risk`.

    A cause that is only written down is there on the day of the next event. An action item that will not
    be done answers nothing: say at the cause why it may stay.
    """
    if coe.status in SET_ASIDE:
        return
    answered = {name for item in coe.action_items if item.status != "wont_do" for name in item.addresses}
    dropped: dict[str, list[str]] = {}
    for item in coe.action_items:
        for name in item.addresses:
            dropped.setdefault(name, []).append(item.id)
    for path, cause in causes(coe):
        if cause.id in answered or cause.accepted_risk:
            continue
        kind = "root cause" if path[0] == "root_causes" else "contributing factor"
        given_up = dropped.get(cause.id)
        only = f"only by {listed(given_up)}, which will not be done" if given_up else "by no action item"
        yield Finding(
            path,
            f"the {kind} {cause.id} is addressed {only}",
            f"Add `addresses: [{cause.id}]` to the action item that answers it, "
            "or `accepted_risk: …` here with the reason why it may stay.",
        )
