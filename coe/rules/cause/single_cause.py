"""The rule `single-cause`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.model.coe import SET_ASIDE, Coe
from coe.rule import Bad, Finding, Good, rule

_CAUSE = "root_causes:\n  - {}\n    category: technical\n    statement: The pool has no upper bound per tenant.\n"
_FACTOR = "contributing_factors:\n  - id: C2\n    category: detection\n    statement: No alarm watches free connections.\n"


@rule(
    "CAU102",
    Severity.NOTE,
    Bad(_CAUSE.format("«id: C1»")),
    Good(_CAUSE.format("id: C1") + _FACTOR),
    Good(_CAUSE.format("id: C1") + "  - id: C2\n    category: detection\n    statement: No alarm watches free connections.\n"),
    Good("status: draft\n" + _CAUSE.format("id: C1")),
)
def single_cause(coe: Coe) -> Iterator[Finding]:
    """An event has several causes: one condition alone rarely gets past everything that was built to stop it.

    Beside the condition that broke there is what let it out, what kept it unseen, and what made it large or long.
    A COE with one cause mends one of these and leaves the others for the next event. Exercises, which are made with one cause
    on purpose, are left out.

    Source: Richard Cook, "How Complex Systems Fail"; John Allspaw, "The Infinite Hows".
    """
    if coe.status in SET_ASIDE or coe.kind == "exercise":
        return
    if len(coe.root_causes) == 1 and not coe.contributing_factors:
        yield Finding(
            ("root_causes", 0),
            f"{coe.root_causes[0].id} is the only cause, and there is no contributing factor",
            "Ask what let it out, what kept it unseen and what made it last, and add the answers as `contributing_factors`.",
        )
