"""The rule `outage-or-degradation`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.model.coe import Coe
from coe.rule import Bad, Finding, Good, rule

_IMPACT = (
    "impact:\n  requests_failed: {{percent: {}, basis: measured}}\n  windows:\n"
    "    - id: I1\n      start: 2026-07-14T13:57:40Z\n      end: 2026-07-14T14:29:00Z\n      level: {}\n"
)
_HALF = 50.0
_ALL = 99.5


@rule(
    "IMP103",
    Severity.WARNING,
    Bad(_IMPACT.format("3.5", "«outage»")),
    Bad(_IMPACT.format("100", "«degraded»")),
    Good(_IMPACT.format("80", "outage")),
    Good(_IMPACT.format("3.5", "degraded")),
    Good(f"{_IMPACT.format('3.5', 'outage')}      services: [checkout-admin]\n"),
    Good(
        f"{_IMPACT.format('20', 'outage')}    - id: I2\n      start: 2026-07-14T14:29:00Z\n"
        "      end: 2026-07-14T18:00:00Z\n      level: degraded\n"
    ),
)
def outage_or_degradation(coe: Coe) -> Iterator[Finding]:
    """In an outage nothing worked; where most requests succeeded, the level of the impact is `degraded`.

    The level decides how an event is counted and remembered. Said only where the share of failed requests speaks about
    the same thing as the window: every window has the level, and none is about some services only.
    Less than half of the requests is no outage; all of them are one.
    """
    impact = coe.impact
    percent = impact.requests_failed.percent if impact and impact.requests_failed else None
    if impact is None or percent is None or coe.status == "draft":
        return
    levels = {window.level for window in impact.windows}
    if len(levels) > 1 or any(window.services for window in impact.windows):
        return
    if levels == {"outage"} and 0 < percent < _HALF:
        message = f"the window {{}} is an outage, and {percent:g} % of the requests failed"
        help_text = "Write `level: degraded`; or name in `services` of the window what did not work at all."
    elif levels == {"degraded"} and percent >= _ALL:
        message = f"the window {{}} is a degradation, and {percent:g} % of the requests failed"
        help_text = "Write `level: outage`; or split the window at the time at which requests succeeded again."
    else:
        return
    for index, window in enumerate(impact.windows):
        # A level that is not written is the default; the window is then the place to add it.
        yield Finding(("impact", "windows", index, "level"), message.format(window.id), help_text)
