"""Small COEs and rows of the register, made without files."""

from __future__ import annotations

import datetime as dt
from typing import Any

from coe.insight.actions import ActionRow, _state
from coe.model.actions import ActionItem
from coe.model.coe import Coe

TITLE = "Checkout errors in Europe"
START = dt.datetime(2026, 7, 14, 12, tzinfo=dt.UTC)


def coe(day: str = "2026-07-14", slug: str = "pool", **given: Any) -> Coe:
    """Return a published incident of a day."""
    values: dict[str, Any] = {
        "id": f"{day}-{slug}", "title": TITLE, "kind": "incident", "status": "published", "severity": "SEV2",
        "owner_team": "payments",
    }  # fmt: skip
    return Coe.model_validate(values | given)


def timed(day: str = "2026-07-14", slug: str = "pool", *, marks: dict[str, int], **given: Any) -> Coe:
    """Return a COE whose impact begins at noon of its day, with milestones some seconds later."""
    start = dt.datetime.fromisoformat(f"{day}T12:00:00+00:00")
    timeline = tuple(
        {
            "id": f"E{number}", "at": (start + dt.timedelta(seconds=after)).isoformat(), "type": "note", "text": "x",
            "milestone": name,
        }
        for number, (name, after) in enumerate(marks.items())
    )  # fmt: skip
    impact = {"windows": ({"start": start.isoformat()},)}
    return coe(day, slug, impact=impact, timeline=timeline, **given)


def row(as_of: str = "2026-08-20", team: str | None = "payments", since: str | None = "2026-07-20", **given: Any) -> ActionRow:
    """Return an action item as the register has it on a day."""
    values: dict[str, Any] = {"id": "A1", "title": "Bound the pool", "type": "prevent", "status": "open"}
    item = ActionItem.model_validate(values | given)
    day = dt.date.fromisoformat(as_of)
    done = not item.is_open and item.status != "wont_do"
    return ActionRow(
        item=item, source_id="2026-07-14-pool", source_title=TITLE, source_kind="coe", team=team, team_name=team or "No team",
        owner_name=None, state=_state(item, None, day, 14), as_of=day, finished=item.completed if done else None,
        since=dt.date.fromisoformat(since) if since else None,
    )  # fmt: skip
