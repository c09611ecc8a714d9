"""The rule `milestone-order`."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from coe.diagnostic import Path, Severity
from coe.model.coe import Coe
from coe.model.measures import impact_start, milestones
from coe.model.words import clock, listed
from coe.rule import Bad, Finding, Good, rule

_IMPACT = "impact"


class Order(NamedTuple):
    """That one moment cannot lie, or does not usually lie, after another; and why."""

    early: str
    late: str
    why: str


def _orders(early: str, late: tuple[str, ...], why: str) -> tuple[Order, ...]:
    return tuple(Order(early, name, why) for name in late)


_IMPOSSIBLE = (
    *_orders("introduced", (_IMPACT,), "What was introduced comes before its effect"),
    *_orders(
        "introduced",
        ("detected", "diagnosed", "mitigation_started", "mitigated", "recovered", "resolved"),
        "Nothing is known or done about a fault before it is there",
    ),
    *_orders("paged", ("acknowledged",), "A page is sent before it is acknowledged"),
    *_orders(_IMPACT, ("mitigated",), "Customers are affected before they are fine again"),
    *_orders("detected", ("resolved",), "An event is known before it is declared over"),
)
"""Engaged before detected, recovered before mitigated, mitigated before diagnosed and recovered after resolved are legal."""

_ODD = (
    *_orders("introduced", ("paged", "acknowledged", "engaged", "declared"), "People usually come after the fault is there"),
    *_orders(
        "detected",
        ("declared", "diagnosed", "mitigation_started", "mitigated", "recovered"),
        "An event is usually known of before this",
    ),
    *_orders("engaged", ("diagnosed",), "People usually come first and then find what is wrong"),
    *_orders("mitigation_started", ("mitigated",), "Mitigation usually starts before customers are fine"),
    *_orders("declared", ("resolved",), "An incident is usually declared before it is declared over"),
    *_orders("mitigated", ("resolved",), "Customers are usually fine before it is declared over"),
    *_orders(_IMPACT, ("recovered", "resolved"), "Customers are usually affected before the system is well again"),
)
_PAIRS = tuple((one.early, one.late) for one in (*_IMPOSSIBLE, *_ODD))


class Moment(NamedTuple):
    """A milestone, or the start of the impact, as the event or window `id` tells it: it lies within `slack` of `at`."""

    called: str
    id: str
    at: dt.datetime
    slack: dt.timedelta
    path: Path

    @property
    def label(self) -> str:
        """Return the moment as a message names it."""
        return f"{self.called} ({self.id}, {clock(self.at)})"

    def is_after(self, other: Moment) -> bool:
        """Say whether it lies after another one wherever the two lie within their precision."""
        # A precision can be wider than the calendar, so slacks are added and never subtracted from a date.
        return self.at > other.at and self.at - other.at > self.slack + other.slack


_TIMELINE = (
    "timeline:\n  - id: E1\n    at: {}\n    type: change\n    milestone: introduced\n    text: The release reached all cells.\n"
    "  - id: E2\n    at: 2026-07-14T13:59:00Z\n    type: detection\n    milestone: detected\n    text: The canary failed.\n"
    "  - id: E3\n    at: {}\n    type: recovery\n    milestone: {}\n    text: The cell was shifted away.\n"
)


@rule(
    "STR105",
    Severity.ERROR,
    Bad(_TIMELINE.format("«2026-07-15T13:57:40Z»", "2026-07-14T14:29:00Z", "mitigated")),
    Bad(_TIMELINE.format("2026-07-14T13:57:40Z", "«2026-07-14T13:29:00Z»", "resolved")),
    Bad(_TIMELINE.format("2026-07-14T13:57:40Z", "«2026-07-14T13:58:00Z»", "diagnosed")),
    Good(_TIMELINE.format("2026-07-14T13:57:40Z", "2026-07-14T13:58:00Z", "engaged")),
    Good(_TIMELINE.format("2026-07-14T14:10:00Z\n    precision: PT30M", "2026-07-14T14:29:00Z", "mitigated")),
)
def milestone_order(coe: Coe) -> Iterator[Finding]:
    """Milestones stand in an order that can have happened: what is impossible is an error, what is odd a warning.

    The order is partial, and an event with a `precision` is an interval of that width around its time: only
    intervals that lie apart in the wrong order are reported. Legal in either order are engaged and detected,
    paged and detected, recovered and mitigated, diagnosed and mitigated, recovered and resolved. One finding
    names all moments that one time contradicts, because most often that one time is wrong: a day, an offset.

    Source: the words of the timeline. Mitigated: customers are fine. Recovered: the system is in its normal state.
    Resolved: declared over.
    """
    if not _may_be_broken(coe):
        return
    moments = _moments(coe)
    wrong = _broken(_IMPOSSIBLE, moments)
    blamed = set()
    for name, orders in _by_culprit(wrong):
        blamed.add(name)
        yield _finding(name, orders, moments, Severity.ERROR)
    odd = [order for order in _broken(_ODD, moments) if not blamed & {order.early, order.late}]
    for name, orders in _by_culprit(odd):
        yield _finding(name, orders, moments, Severity.WARNING)


def _may_be_broken(coe: Coe) -> bool:
    """Say whether an order is broken as far as the times tell, without their precision: all documents come by here."""
    at = {name: event.at for name, event in milestones(coe).items()}
    start = impact_start(coe)
    if start:
        at[_IMPACT] = start
    return any(early in at and late in at and at[early] > at[late] for early, late in _PAIRS)


def _moments(coe: Coe) -> dict[str, Moment]:
    places = {id(event): index for index, event in enumerate(coe.timeline)}
    found = {
        name: Moment(
            f"`{name}`",
            event.id,
            event.at,
            (event.precision or dt.timedelta()) / 2,
            ("timeline", places[id(event)], "at"),
        )
        for name, event in milestones(coe).items()
    }
    windows = enumerate(coe.impact.windows if coe.impact else ())
    first = min(windows, key=lambda pair: pair[1].start, default=None)
    if first:
        index, window = first
        place = ("impact", "windows", index, "start")
        found[_IMPACT] = Moment("the start of the impact", window.id, window.start, dt.timedelta(), place)
    return found


def _broken(orders: tuple[Order, ...], moments: dict[str, Moment]) -> list[Order]:
    return [
        order
        for order in orders
        if (early := moments.get(order.early)) and (late := moments.get(order.late)) and early.is_after(late)
    ]


def _by_culprit(broken: list[Order]) -> Iterator[tuple[str, list[Order]]]:
    """Yield the moments that explain all broken orders, each with those it explains: the most contradicted first."""
    left = list(broken)
    while left:
        count = Counter(name for order in left for name in (order.late, order.early))
        culprit = count.most_common(1)[0][0]
        yield culprit, [order for order in left if culprit in (order.early, order.late)]
        left = [order for order in left if culprit not in (order.early, order.late)]


def _finding(name: str, orders: list[Order], moments: dict[str, Moment], severity: Severity) -> Finding:
    after = [moments[order.late].label for order in orders if order.early == name]
    before = [moments[order.early].label for order in orders if order.late == name]
    said = [f"after {listed(after)}" if after else "", f"before {listed(before)}" if before else ""]
    message = f"{moments[name].label} comes {listed([part for part in said if part])}"
    why = f"{orders[0].why}. Check day and offset of the times"
    if severity is Severity.ERROR:
        return Finding(moments[name].path, f"{message}, which is impossible", f"{why}, or widen one: `precision: PT10M`.")
    allow = "if they are right, write above this one: `# coe: allow milestone-order: the reason`."
    return Finding(moments[name].path, f"{message}, which is odd", f"{why}; {allow}", severity=severity)
