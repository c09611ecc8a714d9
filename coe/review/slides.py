"""Digest → the slides of the presenter, in the order of the agenda: what is on the screen, and in whose time."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from coe.model.coe import Coe
from coe.review.agenda import Item
from coe.review.digest import Digest
from coe.review.draw import Draw

Kind: TypeAlias = Literal["title", "rows", "spotlight", "causes", "wheel", "empty", "close"]

ROWS, PARTS = 4, 5
"""Rows on one slide: what the last row of a room can read; and on how many slides one list goes on."""

_WHOLE = frozenset({"became", "left"})
"""Lists that are shown to their end: nothing that was decided is left out."""

TEAMS = 30
"""How many teams have a slide with their most pressing action items."""

CLOSE = 2
"""Rows on a slide of recurring causes: each has the earlier ones below it."""

_ROOM = 26.0
"""Height for the rows of one slide. Unit: the size of the text, of which a screen has at least 40 from top to bottom."""

CAUSES, LEARNINGS = 4, 3
"""How many causes and learnings of the COE that is read at length are shown; its page has all."""

_TOGETHER = 700
"""Characters of causes and learnings that stand on one slide; with more, each has its own."""


@dataclass(frozen=True, slots=True)
class Slide:
    """One screen: `what` names the rows' template, `part` says which of how many slides of one list it is.

    `more` counts the rows that no slide of the list has: the digest has them.
    """

    kind: Kind
    title: str
    slot: Item | None = None
    what: str = ""
    rows: tuple[Any, ...] = ()
    part: tuple[int, int] = (1, 1)
    more: int = 0


@dataclass(frozen=True, slots=True)
class Segment:
    """One name on the drawn wheel: its outline, where its label stands and how far it is turned (degrees), and its colour."""

    id: str
    name: str
    upto: int
    path: str
    middle: float
    colour: int
    label: str = ""


def slides(digest: Digest) -> tuple[Slide, ...]:
    """Return the slides: the agenda first, then each slot that has something to show, at the end what is left to do."""
    made = [Slide("title", f"Weekly review {digest.week.name}")]
    for item in digest.agenda.items:
        made += _of(item, digest)
    made.append(Slide("close", "Before we close"))
    return tuple(made)


def _of(item: Item, digest: Digest) -> list[Slide]:
    if item.slot == "spotlight" and digest.spotlight:
        coe = digest.spotlight.entry.coe
        return [Slide("spotlight", item.title, item), *_told(item, coe)]
    if item.slot == "wheel" and digest.draw:
        return [Slide("wheel", item.title, item)]
    groups = [pair for pair in _groups(item, digest) if pair[2]]
    found = [slide for what, title, rows in groups for slide in _split(item, what, title, rows)]
    return found or ([Slide("empty", item.title, item)] if item.slot == "discussion" else [])


def _told(item: Item, coe: Coe) -> Iterator[Slide]:
    """Yield causes and learnings of the COE that is read at length: on one slide where they have room."""
    causes = [cause.statement for cause in (*coe.root_causes, *coe.contributing_factors)][:CAUSES]
    learnings = [learning.statement for learning in coe.learnings][:LEARNINGS]
    if causes and learnings and sum(map(len, (*causes, *learnings))) <= _TOGETHER:
        yield Slide("causes", "Why it could happen, and what others can use", item, "both")
        return
    if causes:
        yield Slide("causes", "Why it could happen", item, "causes")
    if learnings:
        yield Slide("causes", "What others can use", item, "learnings")


def _groups(item: Item, digest: Digest) -> Iterator[tuple[str, str, Sequence[Any]]]:
    """Yield the lists of a slot: the name of their template, their heading, and their rows."""
    if item.slot == "wins":
        yield "verified", "Shown to work", digest.verified
        yield "spell", "Stayed away", digest.spells
    elif item.slot == "decisions":
        yield "became", f"What became of {digest.follow_up.week}" if digest.follow_up else "", _decisions(digest)
        yield "left", "Left open by earlier reviews", digest.left_open
    elif item.slot == "new":
        yield "new", item.title, digest.new
        yield "changed", "Changed COEs", digest.changed
    elif item.slot == "queue":
        yield "waiting", item.title, digest.queue
        yield "waiting", "Drafts past the policy", digest.late_drafts
    elif item.slot == "actions":
        yield from (("action", team.name, team.overdue + team.due_soon) for team in digest.teams[:TEAMS])
    elif item.slot == "causes":
        yield "recurring", item.title, digest.causes
    elif item.slot == "tenets":
        yield "candidate", item.title, digest.candidates
        yield "learned", "Learnings of the new COEs", digest.learnings
    elif item.slot == "programs":
        yield "program", item.title, digest.programs


def _decisions(digest: Digest) -> Sequence[Any]:
    return digest.follow_up.decisions if digest.follow_up else ()


def _split(item: Item, what: str, title: str, rows: Sequence[Any]) -> Iterator[Slide]:
    parts = [tuple(some) for some in _packed(what, rows)]
    shown = parts if what in _WHOLE else parts[: 1 if what == "action" else PARTS]
    left = len(rows) - sum(map(len, shown))
    for part, some in enumerate(shown, start=1):
        yield Slide("rows", title, item, what, some, (part, len(shown)), left if part == len(shown) else 0)


def _packed(what: str, rows: Sequence[Any]) -> Iterator[list[Any]]:
    """Yield the rows of each slide: as many as may stand on one and have room there."""
    most = CLOSE if what == "recurring" else ROWS
    some: list[Any] = []
    used = 0.0
    for row in rows:
        height = _height(what, row)
        if some and (len(some) == most or used + height > _ROOM):
            yield some
            some, used = [], 0.0
        some.append(row)
        used += height
    if some:
        yield some


def _height(what: str, row: Any) -> float:
    """Return about how high a row is on the narrowest projector: its lead, a summary, what stands below, and the gap."""
    lead, below = _texts(what, row)
    summary = 4.5 if what == "new" and row.coe.summary else 0.0
    return 1.5 + 1.65 * math.ceil((len(lead) + 12) / 78) + summary + 1.3 * math.ceil((len(below) + 50) / 105)


def _texts(what: str, row: Any) -> tuple[str, str]:
    """Return the texts of authors in a row: the lead, and what stands below."""
    if what in ("verified", "action"):
        return row.item.title, row.source_title
    if what in ("spell", "waiting", "changed"):
        return row.entry.coe.title, ""
    if what == "new":
        return row.coe.title, row.team_name
    if what == "learned":
        return row.learning.statement, row.entry.coe.title + _carriers(row)
    if what == "became":
        return row.text, _carriers(row)
    if what == "left":
        return row.text, ""
    if what == "recurring":
        return row.cause.statement, " ".join(f"{one.cause.statement} {one.entry.coe.title}" for one in row.earlier)
    return row.title or row.id, " ".join(getattr(row, "moved", ()))


def _carriers(row: Any) -> str:
    return " ".join(one.title for one in (row.tenet, row.program) if one)


def segments(draw: Draw) -> tuple[Segment, ...]:
    """Return the wheel as it is drawn around (0, 0) with a radius of 100; a name without weight has no segment."""
    out: list[Segment] = []
    at = 0.0
    shown = [share for share in draw.shares if share.weight]
    for number, share in enumerate(shown):
        angle = 360 * share.chance
        label = _short(share.name) if angle >= 12 and len(shown) <= 24 else ""
        colour = number % 5 if number < len(shown) - 1 or number % 5 else 1
        out.append(Segment(share.id, share.name, share.upto, _wedge(at, angle), round(at + angle / 2, 3), colour, label))
        at += angle
    return tuple(out)


def _short(name: str) -> str:
    return name if len(name) <= 18 else f"{name[:17]}…"


def _wedge(start: float, angle: float) -> str:
    """Return the outline of a wedge; angles in degrees from the top, clockwise."""
    if angle >= 359.999:
        return "M0-100A100 100 0 1 1 0 100A100 100 0 1 1 0-100Z"
    (x1, y1), (x2, y2) = _point(start), _point(start + angle)
    return f"M0 0L{x1} {y1}A100 100 0 {int(angle > 180)} 1 {x2} {y2}Z"


def _point(angle: float) -> tuple[float, float]:
    turned = math.radians(angle)
    return round(100 * math.sin(turned), 3), round(-100 * math.cos(turned), 3)
