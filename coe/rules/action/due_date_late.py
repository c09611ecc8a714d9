"""The rule `due-date-late`."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from coe.case import Case
from coe.diagnostic import Severity
from coe.model.measures import impact_start
from coe.rule import Bad, Finding, Good, rule
from coe.rules.action.days import last_day
from coe.rules.action.items import awaited_items

_ITEM = (
    "action_items:\n  - id: A1\n    title: Bound connections per tenant in the pool\n    type: prevent\n"
    "    owner_team: payments\n    status: open\n"
)


@rule(
    "ACT103",
    Severity.WARNING,
    Bad(f"{_ITEM}    priority: P0\n    due: «2026-08-12»\n"),
    Bad(
        f"{_ITEM}    priority: P1\n    due: 2026-11-01\n"
        "    extensions: [{from: «2026-10-01», to: 2026-11-01, reason: The freeze.}]\n"
    ),
    Good(f"{_ITEM}    priority: P1\n    due: 2026-08-11\n"),
    Good(f"{_ITEM}    priority: P2\n    due: 2026-12-31\n"),
    Good(
        f"{_ITEM}    priority: P1\n    due: 2026-10-01\n"
        "    extensions: [{from: 2026-08-10, to: 2026-10-01, reason: The freeze.}]\n"
    ),
)
def due_date_late(case: Case) -> Iterator[Finding]:
    """A P0 or P1 action item is first due within the days that the policy gives for the severity.

    The days of `due-days` in `[policy]` are counted from the first impact, from Monday to Friday only with `business-days`.
    Until the most urgent work is done the event can come back. Where a due date was moved, the first one is judged:
    the `extensions` say why it moved. Finished work is not judged.

    Source: the correction-of-error guidance of AWS Well-Architected, which asks for action items with a priority, an owner
    and a due date.
    """
    policy, coe = case.repository.config.policy, case.coe
    start = impact_start(coe) if coe else None
    days = policy.due_days.get(coe.severity) if coe else None
    urgent = [(path, item) for path, item in awaited_items(coe) if item.priority in ("P0", "P1") and item.is_open]
    if coe is None or start is None or days is None or not urgent:
        return
    zone = ZoneInfo(case.repository.config.review.timezone)
    limit = last_day(start.astimezone(zone).date(), days, business_days=policy.business_days)
    counted = f"{days} business days" if policy.business_days else f"{days} days"
    for path, item in urgent:
        first = item.extensions[0].from_ if item.extensions else item.due
        if first is None or first <= limit:
            continue
        yield Finding(
            (*path, "extensions", 0, "from") if item.extensions else (*path, "due"),
            f"the {item.priority} action item {item.id} is first due on {first}; "
            f"the policy gives {coe.severity} {counted} from the impact",
            f"Write `due: {limit}` or earlier, split off a first step that fits, or lower the priority.",
        )
