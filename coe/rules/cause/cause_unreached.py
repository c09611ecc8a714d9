"""The rule `cause-unreached`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.model.causes import walk_whys
from coe.model.coe import SET_ASIDE, Coe, causes
from coe.rule import Bad, Finding, Good, rule

_CAUSE = "root_causes:\n  - {}\n    category: technical\n    statement: The pool has no upper bound per tenant.\n"
_WHYS = "five_whys:\n  - why: Why did checkout fail?\n    because: No connection was free in the pool.\n"
_REACHED = "    cause: C1\n"


@rule(
    "CAU109",
    Severity.NOTE,
    Bad(_CAUSE.format("«id: C1»") + _WHYS),
    Good(_CAUSE.format("id: C1") + _WHYS + _REACHED),
    Good(_CAUSE.format("id: C1")),
    Good("status: draft\n" + _CAUSE.format("id: C1") + _WHYS),
)
def cause_unreached(coe: Coe) -> Iterator[Finding]:
    """Where whys are asked, each root cause is reached by one of them; else nothing shows how it led to the event.

    A root cause that no chain names is a conclusion without its path: readers cannot tell whether it was needed, and reviewers
    cannot doubt it. Contributing factors may stand without a chain, and a COE without `five_whys` is not asked for one.
    """
    if coe.status in SET_ASIDE or not coe.five_whys:
        return
    reached = {why.cause for _, why in walk_whys(coe.five_whys) if why.cause}
    if reached - {cause.id for _, cause in causes(coe)}:
        return  # which cause a mistyped id means is not known
    for index, cause in enumerate(coe.root_causes):
        if cause.id not in reached:
            yield Finding(
                ("root_causes", index),
                f"no chain of `five_whys` reaches the root cause {cause.id}",
                f"Add `cause: {cause.id}` to the why that it answers, or move it to `contributing_factors`.",
            )
