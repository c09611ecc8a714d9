"""The rule `why-leaf-without-cause`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.model.causes import walk_whys
from coe.model.coe import SET_ASIDE, Coe
from coe.rule import Bad, Finding, Good, rule

_WHYS = (
    "five_whys:\n  - why: Why did checkout fail?\n    because: No connection was free in the pool.\n"
    "    whys:\n      - {}\n        because: One tenant took all.\n{}"
)
_WHY = "why: Why was none free?"


@rule(
    "CAU104",
    Severity.WARNING,
    Bad(_WHYS.format(f"«{_WHY}»", "")),
    Good(_WHYS.format(_WHY, "        cause: C1\n")),
    Good(_WHYS.format(_WHY, "        evidence: [https://example.com/dash/7]\n")),
    Good("status: draft\n" + _WHYS.format(_WHY, "")),
)
def why_leaf_without_cause(coe: Coe) -> Iterator[Finding]:
    """Each chain of whys ends at a cause of this COE, or at evidence that shows its last answer.

    A chain that ends nowhere is a guess, or a cause that nobody wrote down, and no action item can answer it.

    Source: the Five Whys of AWS Well-Architected guidance on the correction of error lead to the causes that the
    action items answer.
    """
    if coe.status in SET_ASIDE:
        return
    for path, why in walk_whys(coe.five_whys):
        if not why.whys and not why.cause and not why.evidence:
            yield Finding(
                path,
                "this chain of whys ends without a cause and without evidence",
                "Add the cause at which it ends, `cause: C1`, or what shows it, `evidence: [https://…]`, or ask why once more.",
            )
