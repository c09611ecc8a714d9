"""The rule `impact-end-missing`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.model.coe import SET_ASIDE, Coe
from coe.rule import Bad, Finding, Good, rule

_WINDOW = "impact:\n  windows:\n    - {}\n      start: 2026-07-14T13:57:40Z\n"


@rule(
    "TIM106",
    Severity.WARNING,
    Bad(_WINDOW.format("«id: I1»")),
    Bad(_WINDOW.format("id: I1") + "      end: 2026-07-14T14:29:00Z\n    - «id: I2»\n      start: 2026-07-14T15:10:00Z\n"),
    Good(_WINDOW.format("id: I1") + "      end: 2026-07-14T14:29:00Z\n"),
    Good("status: draft\n" + _WINDOW.format("id: I1")),
)
def impact_end_missing(coe: Coe) -> Iterator[Finding]:
    """From the review on, every impact window has an end: without it the duration of the impact is not known.

    A draft may be written while customers are still affected. What goes to the review is over; an end that is known
    roughly is better than none.

    Source: the incident report template of the web PKI (CCADB) asks when the non-compliance started and when it ended.
    """
    if coe.status in SET_ASIDE:
        return
    for index, window in enumerate(coe.impact.windows if coe.impact else ()):
        if window.end is None:
            yield Finding(
                ("impact", "windows", index),
                f"the impact window {window.id} has no end, and the COE is `{coe.status}`",
                "Add when customers were fine again: `end: 2026-07-14T14:29:00Z`. While they are not, it is a `draft`.",
            )
