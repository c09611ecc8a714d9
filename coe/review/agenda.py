"""The agenda of one meeting: the slots of the configuration, with when each begins and how much it has to show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from coe.review.week import Week
from coe.weekly import DAYS, Review, SlotName

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


@dataclass(frozen=True, slots=True)
class Appointment:
    """When the meeting is held: the day, and hour and minute in the zone of the review."""

    day: dt.date
    clock: tuple[int, int]


def appointment(review: Review, week: Week, held: dt.date | None) -> Appointment | None:
    """Return when the meeting of a week is held: on the day of its minutes, else on the day of the configuration.

    Absent when the configuration names no time.
    """
    if review.meets is None:
        return None
    name, _, clock = review.meets.partition(" ")
    hour, minute = clock.split(":")
    return Appointment(held or _on(name, week), (int(hour), int(minute)))


def held_on(review: Review, week: Week, today: dt.date) -> dt.date:
    """Return the day on which the meeting of a week is held, as far as one can know before.

    It is the day of the configuration; without one it is today when that is in the week, else the Friday.
    """
    meeting = appointment(review, week, None)
    if meeting:
        return meeting.day
    return today if replace(week, cutoff=None, since=None).holds_day(today) else _on("friday", week)


def _on(name: str, week: Week) -> dt.date:
    """Return the day of a name in a week of the calendar, whichever days the cutoff lets the digest look at."""
    first = replace(week, cutoff=None, since=None).first
    return next(day for number in range(7) if DAYS[(day := first + dt.timedelta(days=number)).weekday()] == name)


def agenda(review: Review, things: Mapping[SlotName, int]) -> Agenda:
    """Return the agenda; `things` says how much each slot has to show."""
    items, starts = [], 0
    for slot in review.slots:
        items.append(Item(slot.slot, slot.title or TITLES[slot.slot], starts, slot.minutes, things.get(slot.slot)))
        starts += slot.minutes
    return Agenda(tuple(items), review.meeting_minutes)
