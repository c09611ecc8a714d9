"""The rule `shallow-why-tree`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.model.causes import walk_whys
from coe.model.coe import SET_ASIDE, Coe
from coe.rule import Bad, Finding, Good, rule

_WHY = "five_whys:\n  - {}\n    because: No connection was free in the pool.\n{}"
_NEXT = "    whys:\n      - why: Why was none free?\n        because: One tenant took all.\n        cause: C1\n"
_FIRST = "why: Why did checkout fail?"


@rule(
    "CAU103",
    Severity.WARNING,
    Bad(_WHY.format(f"«{_FIRST}»", "    cause: C1\n")),
    Good(_WHY.format(_FIRST, _NEXT)),
    Good("status: draft\n" + _WHY.format(_FIRST, "")),
    Good("tags: [connection-pool]\n"),
)
def shallow_why_tree(coe: Coe) -> Iterator[Finding]:
    """The tree of whys asks at least twice in a row: the first answer names what broke, the next why it could.

    One question leads to a proximate cause, and what is done about it mends one place. Some branch of the tree has
    to go deeper; which, and how deep, the event decides. A COE without `five_whys` is not asked for them here.

    Source: Taiichi Ohno, "Toyota Production System", on asking why until the condition behind the symptom shows.
    """
    if coe.status in SET_ASIDE or not coe.five_whys or any(len(path) > 2 for path, _ in walk_whys(coe.five_whys)):
        return
    yield Finding(
        ("five_whys", 0),
        "no answer of `five_whys` is asked why again: the tree is one question deep",
        "Ask why this answer was possible, and add it below: `whys: [{why: Why …?, because: …, cause: C1}]`.",
    )
