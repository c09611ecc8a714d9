"""The rule `date-order`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from coe.diagnostic import Path, Severity
from coe.model.coe import Coe
from coe.model.measures import impact_start
from coe.model.validate import Analysis
from coe.rule import Bad, Finding, Good, rule
from coe.rules.action.items import all_items

_ITEM = (
    "action_items:\n  - id: A1\n    title: Bound connections per tenant in the pool\n    type: prevent\n"
    "    owner_team: payments\n    created: 2026-07-16\n"
)
_ZONES = dt.timedelta(days=1)
"""A day has no offset, a time has one: the same moment can bear two days."""


@rule(
    "ACT109",
    Severity.ERROR,
    Bad(f"{_ITEM}    status: done\n    completed: «2026-07-10»\n"),
    Bad(f"{_ITEM}    status: open\n    due: «2026-07-10»\n"),
    Bad("status: published\ncreated: 2026-07-15\npublished: «2026-07-14»\n"),
    Bad("created: «2025-07-15»\n"),
    Good(f"{_ITEM}    status: done\n    completed: 2026-07-16\n"),
    Good("status: published\ncreated: 2026-07-13\npublished: 2026-07-15\n"),
)
def date_order(analysis: Analysis) -> Iterator[Finding]:
    """Days of a COE and of its action items stand in an order that can have happened.

    Nothing is completed before it is agreed, or published before it is written; a COE is not written before the event.
    Most often the year or the month is that of another entry. Odd, and a warning, is a due date before the day
    of the agreement, and a verification before the completion.
    """
    noun = analysis.noun
    if isinstance(noun, Coe):
        yield from _own(noun)
    for path, item in all_items(noun):
        if item.created and item.completed and item.completed < item.created:
            yield _before((*path, "completed"), f"{item.id} was completed", item.completed, f"agreed ({item.created})")
        if item.created and item.due and item.due < item.created:
            found = _before((*path, "due"), f"{item.id} is due", item.due, f"agreed ({item.created})", odd=True)
            yield found
        shown = item.verification.at.date() if item.verification else None
        if item.completed and shown and shown < item.completed - _ZONES:
            where = (*path, "verification", "at")
            yield _before(where, f"{item.id} was verified", shown, f"completed ({item.completed})", odd=True)


def _own(coe: Coe) -> Iterator[Finding]:
    if coe.created and coe.published and coe.published < coe.created:
        yield _before(("published",), "the COE was published", coe.published, f"begun ({coe.created})")
    start = impact_start(coe)
    if start is None or coe.kind == "exercise":
        return
    event = f"its first impact ({start.date()})"
    # Ordinals, because the day before the first day of the calendar does not exist.
    for key, said in (("created", "begun"), ("published", "published")):
        day: dt.date | None = getattr(coe, key)
        if day and start.date().toordinal() - day.toordinal() > _ZONES.days:
            message = f"the COE was {said} on {day}, before {event}"
            yield Finding((key,), message, f"Check year and month of `{key}` and of the impact window.")
            return


def _before(path: Path, said: str, day: dt.date, other: str, *, odd: bool = False) -> Finding:
    return Finding(
        path,
        f"{said} on {day}, before it was {other}",
        f"Check year and month of `{path[-1]}`, and of the day before which it lies.",
        severity=Severity.WARNING if odd else None,
    )
