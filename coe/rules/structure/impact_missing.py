"""The rule `impact-missing`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.model.coe import Coe
from coe.rule import Bad, Finding, Good, rule

_HEAD = (
    'id: 2026-07-14-checkout-pool-exhaustion\ntitle: "Checkout in Europe: connection pool nearly exhausted"\n'
    "status: draft\nseverity: SEV2\nowner_team: payments\n"
)


@rule(
    "STR109",
    Severity.ERROR,
    Bad(f"---\n{_HEAD}kind: «incident»\n---\n"),
    Good(f"---\n{_HEAD}kind: near_miss\n---\n"),
    Good(f"---\n{_HEAD}kind: incident\nimpact:\n  windows:\n    - id: I1\n      start: 2026-07-14T13:57:40Z\n---\n"),
)
def impact_missing(coe: Coe) -> Iterator[Finding]:
    """An incident has a time from which customers were affected; without one it is a near miss or an exercise.

    All durations of an incident are counted from the first impact, so even a draft needs it. An estimate is a good start.
    """
    if coe.kind == "incident" and coe.impact is None:
        help_text = "Add `impact: {windows: [{id: I1, start: 2026-07-14T13:57:40Z}]}`, or write `kind: near_miss`."
        yield Finding(("kind",), "an incident has an impact, and `impact` is missing", help_text)
