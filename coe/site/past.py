"""COE → what became of it since it was published, and what it is tied to, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from coe.model.coe import Coe
from coe.site import words
from coe.site.questions import Tie
from coe.site.view import View

_REASONS = {
    "recurrence_of": ("recurrence of", "came back as"),
    "related": ("related", "related"),
    "duplicate_of": ("duplicate of", "also written as"),
    "supersedes": ("supersedes", "superseded by"),
    "caused_by": ("caused by", "led to"),
}
_MOST_EDITS = 20


class Notice(NamedTuple):
    """What a reader has to know before reading."""

    kind: str
    title: str
    text: str
    href: str = ""
    link: str = ""


class Change(NamedTuple):
    """Something that happened to the text of a COE: its day, what it was, and where that is known from."""

    day: str
    words: str
    source: str = ""


def notices(coe: Coe, view: View) -> Iterator[Notice]:
    """Yield what has to be known before reading: that it is a draft, or no more the last word, or no incident."""
    if coe.status == "draft":
        yield Notice("draft", "Draft.", "This analysis is being written; what it says may still change.")
    if coe.status == "in_review":
        yield Notice("review", "In review.", "Causes and action items are not agreed yet.")
    if coe.status == "withdrawn":
        yield Notice("withdrawn", "Withdrawn.", "This analysis no longer stands.")
    newer = [tie for tie in view.ask.ties(coe.id) if tie.is_back and tie.type == "supersedes"]
    if coe.status == "superseded" and not newer:
        yield Notice("withdrawn", "Superseded.", "A newer analysis takes its place.")
    for other in newer:
        yield Notice("withdrawn", "Superseded.", "A newer analysis takes its place:", view.coe(other.id), other.title)
    if coe.kind != "incident":
        text = "Customers were not affected." if coe.kind == "near_miss" else "This was practised, it did not happen."
        yield Notice("kind", f"{words.label(coe.kind).capitalize()}.", text)


def history(coe: Coe, view: View) -> tuple[Change, ...]:
    """Return when a COE was published and what changed since, the newest first: what its authors say, and what git saw."""
    edits = view.ask.edits(coe.id)
    found = [Change(str(coe.published), "Published")] if coe.published else []
    found += [Change(str(revision.at), revision.text, "revision") for revision in coe.revisions]
    found += [Change(edit.day, edit.subject or "Edited", "commit") for edit in edits[:_MOST_EDITS]]
    ordered = sorted(found, key=lambda change: change.day, reverse=True)
    left = len(edits) - _MOST_EDITS
    return (*ordered, Change("", f"{words.count(left, 'older commit')} not shown")) if left > 0 else tuple(ordered)


def related(coe: Coe, view: View) -> Iterator[tuple[str, Tie]]:
    """Yield what is tied to a COE, with the words for how; what it names itself is not told again from the other side."""
    named = {tie.id for tie in coe.related}
    for tie in view.ask.ties(coe.id):
        if not tie.is_back or tie.id not in named:
            yield _REASONS[tie.type][tie.is_back], tie
