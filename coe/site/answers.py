"""COE → what answers what: causes with their action items, and in numbers how far the work is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from coe.model.actions import ActionItem
from coe.model.causes import Cause
from coe.model.coe import Coe, causes
from coe.site import words
from coe.site.view import View

_GROUPS = (("root_causes", "Root causes"), ("contributing_factors", "Contributing factors"))
_DONE = frozenset({"done", "verified"})


@dataclass(frozen=True, slots=True)
class Answered:
    """A cause and the action items that answer it."""

    it: Cause
    actions: tuple[ActionItem, ...]

    @property
    def is_answered(self) -> bool:
        """Say whether an action item answers the cause, or its risk is accepted."""
        return bool(self.it.accepted_risk) or any(item.status != "wont_do" for item in self.actions)


class Count(NamedTuple):
    """A number of the page with its words, and where on the page it leads."""

    amount: str
    words: str
    href: str


def answered_causes(coe: Coe) -> Iterator[tuple[str, str, tuple[Answered, ...]]]:
    """Yield root causes and contributing factors: heading, anchor, and the causes with what answers them."""
    for key, heading in _GROUPS:
        found = tuple(
            Answered(cause, tuple(item for item in coe.action_items if cause.id in item.addresses))
            for cause in getattr(coe, key)
        )
        if found:
            yield heading, key.replace("_", "-"), found


def unanswered(coe: Coe) -> tuple[str, ...]:
    """Return the ids of the causes that nothing answers."""
    return tuple(one.it.id for *_, found in answered_causes(coe) for one in found if not one.is_answered)


def done(coe: Coe) -> int:
    """Return how many action items are done."""
    return sum(item.status in _DONE for item in coe.action_items)


def planned(coe: Coe) -> int:
    """Return how many action items are done or will be."""
    return sum(item.status != "wont_do" for item in coe.action_items)


def progress(coe: Coe, view: View) -> str:
    """Return in words how far the action items are."""
    late = sum(view.is_overdue(coe.id, item) for item in coe.action_items)
    dropped = len(coe.action_items) - planned(coe)
    said = [f"{done(coe)} of {planned(coe)} done"]
    said += [f"{late} overdue"] if late else []
    said += [f"{dropped} will not be done"] if dropped else []
    return ", ".join(said)


def counts(coe: Coe, view: View, similar: int) -> Iterator[Count]:
    """Yield what came of it in numbers, each with where to read on."""
    known = sum(1 for _ in causes(coe))
    if known:
        gaps = len(unanswered(coe))
        noun = "cause" if known == 1 else "causes"
        yield Count(str(known), f"{noun}, {gaps} unanswered" if gaps else f"{noun}, all answered", "#causes")
    if coe.action_items:
        first, rest = progress(coe, view).split(" done", 1)
        yield Count(first, f"action items done{rest}", "#action-items")
    if coe.learnings:
        yield Count(str(len(coe.learnings)), words.count(len(coe.learnings), "learning").split(" ", 1)[1], "#learnings")
    if similar:
        yield Count(str(similar), words.count(similar, "similar COE").split(" ", 1)[1], "#similar")
