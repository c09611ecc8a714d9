"""A repository with enough COEs and action items that lists are paged and filters have something to choose from."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

from tests.site.conftest import coe_text, write

TEAMS = ("payments", "search", "edge", "data")
TYPES = ("prevent", "detect", "mitigate", "repair", "investigate", "process")
CATALOG = (
    "teams:\n"
    + "".join(f"  - {{id: {team}, name: {team.capitalize()}}}\n" for team in TEAMS)
    + "services: [{id: checkout, name: Checkout, team: payments}]\n"
)


def _item(draw: random.Random, number: int) -> str:
    status = draw.choice(("open", "open", "in_progress", "blocked", "done", "verified", "wont_do"))
    due = dt.date(2026, 7, 1) + dt.timedelta(days=draw.randrange(120))
    fields = {
        "id": f"A{number}", "title": f"Change number {draw.randrange(10_000)}", "type": draw.choice(TYPES),
        "priority": f"P{draw.randrange(4)}", "status": status, "created": "2026-06-01",
    }  # fmt: skip
    if draw.random() < 0.8:
        fields["due"] = str(due)
    if draw.random() < 0.9:
        fields["owner_team"] = draw.choice(TEAMS)
    if status in ("done", "verified") and draw.random() < 0.8:
        fields["completed"] = str(due - dt.timedelta(days=draw.randrange(-9, 9)))
    if draw.random() < 0.2 and "due" in fields:
        fields["extensions"] = f"[{{from: 2026-06-20, to: {due}, reason: x}}]"
    return "  - {" + ", ".join(f"{key}: {value}" for key, value in fields.items()) + "}\n"


def many(folder: Path, *, coes: int = 60, items: int = 5) -> None:
    """Write the repository; the same numbers give the same bytes."""
    draw = random.Random(7)  # noqa: S311 (a test's data)
    files = {"catalog.yaml": CATALOG}
    for number in range(coes):
        day = dt.date(2026, 3, 1) + dt.timedelta(days=number % 120)
        name = f"{day}-event-{number:03}"
        tag = "tags: [retries]\n" if number % 2 else ""
        learned = f"learnings: [{{id: L1, statement: Bound what is shared {number}., audience: org}}]\n"
        more = tag + learned + "action_items:\n" + "".join(_item(draw, index) for index in range(1, items + 1))
        files[f"coes/2026/{name}.md"] = coe_text(
            name, title=f"Errors at checkout, event {number}", status="published", more=more
        )
    write(folder, files)
