"""The rule `due-date-late`."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from coe.corpus import Corpus
from coe.diagnostic import Severity
from coe.model.coe import Coe
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
def due_date_late(corpus: Corpus) -> Iterator[Finding]:
    """A P0 or P1 action item is first due within the days that the policy gives for the severity.

    The days of `due-days` in `[policy]` are counted from the first impact, from Monday to Friday only with `business-days`.
    Until the most urgent work is done the event can come back. Where a due date was moved, the first one is judged:
    the `extensions` say why it moved. Finished work is not judged.

    Source: the correction-of-error guidance of AWS Well-Architected, which asks for action items with a priority, an owner
    and a due date.
    """
    policy = corpus.repository.config.policy
    zone = ZoneInfo(corpus.repository.config.review.timezone)
    for analysis in corpus.analyses:
        coe = analysis.noun
        start = impact_start(coe) if isinstance(coe, Coe) else None
        days = policy.due_days.get(coe.severity) if isinstance(coe, Coe) else None
        if start is None or days is None or not isinstance(coe, Coe):
            continue
        limit = last_day(start.astimezone(zone).date(), days, business_days=policy.business_days)
        counted = f"{days} business days" if policy.business_days else f"{days} days"
        for path, item in awaited_items(coe):
            first = item.extensions[0].from_ if item.extensions else item.due
            if item.priority not in ("P0", "P1") or not item.is_open or first is None or first <= limit:
                continue
            yield Finding(
                (*path, "extensions", 0, "from") if item.extensions else (*path, "due"),
                f"the {item.priority} action item {item.id} is first due on {first}; "
                f"the policy gives {coe.severity} {counted} from the impact",
                f"Write `due: {limit}` or earlier, split off a first step that fits, or lower the priority.",
                analysis=analysis,
            )
