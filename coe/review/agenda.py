"""The agenda of one meeting: the slots of the configuration, with when each begins and how much it has to show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from coe.weekly import Review, SlotName

TITLES: dict[SlotName, str] = {
    "wins": "Wins",
    "decisions": "Decisions of the last review",
    "new": "New COEs",
    "spotlight": "Spotlight",
    "queue": "Waiting for review",
    "actions": "Action items",
    "causes": "Recurring causes",
    "tenets": "Tenet candidates",
    "programs": "Programs",
    "wheel": "The wheel",
    "discussion": "Discussion",
}


@dataclass(frozen=True, slots=True)
class Item:
    """One slot: `starts` is after how many minutes, `things` how much there is to look at (absent where nothing is counted)."""

    slot: SlotName
    title: str
    starts: int
    minutes: int
    things: int | None = None


@dataclass(frozen=True, slots=True)
class Agenda:
    """The slots in their order, and the length of the meeting. Unit: minutes."""

    items: tuple[Item, ...]
    minutes: int

    @property
    def spare(self) -> int:
        """Return what the slots leave of the meeting."""
        return self.minutes - sum(item.minutes for item in self.items)


def agenda(review: Review, things: Mapping[SlotName, int]) -> Agenda:
    """Return the agenda; `things` says how much each slot has to show."""
    items, starts = [], 0
    for slot in review.slots:
        items.append(Item(slot.slot, slot.title or TITLES[slot.slot], starts, slot.minutes, things.get(slot.slot)))
        starts += slot.minutes
    return Agenda(tuple(items), review.meeting_minutes)
