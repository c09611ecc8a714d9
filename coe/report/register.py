"""The register of actions → text for a terminal, JSON, and CSV in which no cell can run as a formula."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Sequence

from coe.insight.actions import ActionRow
from coe.report.outcome import Look
from coe.report.terminal import columns, one_line, paint

VERSION = 1
FIELDS = (
    "state", "due", "title", "team", "team_name", "owner", "type", "priority", "commitment", "status", "since", "age_days",
    "moved", "finished", "source_kind", "source", "source_title", "id",
)  # fmt: skip
_WORDS = {"overdue": "overdue", "due_soon": "due soon", "open": "open", "done": "done", "verified": "verified"}
_COLORS = {"overdue": "red", "due_soon": "yellow", "done": "green", "verified": "green"}
_FORMULA = ("=", "+", "-", "@", "\0", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a spreadsheet may take for the beginning of a formula, its full-width forms included."""


def _value(row: ActionRow) -> dict[str, str | int | None]:
    def day(found: dt.date | None) -> str | None:
        return str(found) if found else None

    item = row.item
    found = (
        row.state, day(item.due), item.title, row.team, row.team_name if row.team else None, row.owner_name, item.type,
        item.priority, item.commitment, item.status, day(row.since), row.age, len(item.extensions), day(row.finished),
        row.source_kind, row.source_id, row.source_title, item.id,
    )  # fmt: skip
    return dict(zip(FIELDS, found, strict=True))


def as_json(rows: Sequence[ActionRow], *, as_of: dt.date) -> str:
    """Return the rows as one JSON object of version 1; only ASCII, so that nothing in it steers a terminal."""
    value = {"version": VERSION, "as_of": str(as_of), "actions": [_value(row) for row in rows]}
    return json.dumps(value, indent=2) + "\n"


def as_csv(rows: Sequence[ActionRow]) -> str:
    """Return the rows as CSV (RFC 4180); a text that could run as a formula begins with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(FIELDS)
    for row in rows:
        writer.writerow([_defused(value) for value in _value(row).values()])
    return out.getvalue()


def _defused(value: str | int | None) -> str | int:
    if value is None or isinstance(value, int):
        return "" if value is None else value
    text = one_line(value)
    return f"'{text}" if value.startswith(_FORMULA) or text.startswith(_FORMULA) else text


def as_text(rows: Sequence[ActionRow], look: Look, *, as_of: dt.date) -> str:
    """Return the rows for a terminal: two lines each, then how many there are."""
    body = "".join(_lines(row, look) for row in rows)
    late = sum(row.state == "overdue" for row in rows)
    total = f"{len(rows)} action item{'' if len(rows) == 1 else 's'}" + (f", {late} overdue" if late else "")
    return f"{body}{total}, as of {as_of}\n"


def _lines(row: ActionRow, look: Look) -> str:
    word = _WORDS.get(row.state, "won't do")
    mark = f"{word:8}"
    lead = paint(mark, _COLORS[row.state], on=look.color) if row.state in _COLORS else mark
    due = str(row.item.due) if row.item.due else "no date   "
    title = _cut(one_line(row.item.title), look.width - 21)
    facts = [one_line(row.team_name), row.item.priority, row.item.commitment, row.item.type]
    if row.state == "overdue" and row.days_left is not None:
        facts.append(f"{-row.days_left} d overdue")
    if row.age is not None:
        facts.append(f"open {row.age} d")
    if row.item.extensions:
        facts.append(f"moved {len(row.item.extensions)}x")
    if row.finished:
        facts.append(f"finished {row.finished}")
    more = f"{', '.join(facts)}; {row.source_id} {row.item.id}"
    return f"{lead}  {due}  {title}\n{' ' * 22}{paint(more, 'dim', on=look.color)}\n"


def _cut(text: str, width: int) -> str:
    while columns(text) > max(width, 20):
        text = f"{text[: -2 if text.endswith('…') else -1]}…"
    return text
