"""How long it took: the metrics of one COE, each with the two moments that it spans."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from coe.model.coe import Coe
from coe.model.timeline import Event

LAST_COUNTS = frozenset({"mitigated", "recovered", "resolved"})


@dataclass(frozen=True, slots=True)
class Measure:
    """One duration between two named moments; negative when they stand in the other order."""

    name: str
    title: str
    start: dt.datetime
    start_name: str
    end: dt.datetime
    end_name: str

    @property
    def length(self) -> dt.timedelta:
        """Return the duration. Unit: seconds inside."""
        return self.end - self.start


def milestones(coe: Coe) -> dict[str, Event]:
    """Return the event of each milestone: the first one, or the last for mitigated, recovered and resolved."""
    found: dict[str, Event] = {}
    for event in sorted(coe.timeline, key=lambda event: event.at):
        if event.milestone and (event.milestone not in found or event.milestone in LAST_COUNTS):
            found[event.milestone] = event
    return found


def impact_start(coe: Coe) -> dt.datetime | None:
    """Return when customers were first affected."""
    return min((window.start for window in coe.impact.windows), default=None) if coe.impact else None


def impact_end(coe: Coe) -> dt.datetime | None:
    """Return when the last window ended, absent while one is open."""
    if not coe.impact or any(window.end is None for window in coe.impact.windows):
        return None
    return max((window.end for window in coe.impact.windows if window.end), default=None)


def impact_duration(coe: Coe) -> dt.timedelta | None:
    """Return the length of the union of the impact windows, absent while one is open."""
    if not coe.impact or any(window.end is None for window in coe.impact.windows):
        return None
    return union_length((window.start, window.end) for window in coe.impact.windows if window.end)


def union_length(windows: Iterable[tuple[dt.datetime, dt.datetime]]) -> dt.timedelta:
    """Return how long at least one of the half-open windows lasts."""
    total, reach = dt.timedelta(), None
    for start, end in sorted(windows):
        begin = start if reach is None or start > reach else reach
        if end > begin:
            total += end - begin
        reach = end if reach is None or end > reach else reach
    return total


def first_word(coe: Coe) -> dt.datetime | None:
    """Return when customers first heard of it: a public message, or one to those affected."""
    return min((word.at for word in coe.communications if word.audience in ("public", "affected")), default=None)


def measures(coe: Coe) -> tuple[Measure, ...]:
    """Return the metrics whose two moments are both known, in the order of an incident."""
    marks: dict[str, dt.datetime] = {name: event.at for name, event in milestones(coe).items()}
    start, word = impact_start(coe), first_word(coe)
    if start:
        marks["impact start"] = start
    if word:
        marks["first word to customers"] = word
    wanted = (
        ("TTD", "Time to detect", "impact start", "detected"),
        ("TTE", "Time to engage", "detected", "engaged"),
        ("TTDiag", "Time to diagnose", "engaged", "diagnosed"),
        ("TTC", "Time to communicate", "impact start", "first word to customers"),
        ("TTM", "Time to mitigate", "impact start", "mitigated"),
        ("TTRec", "Time to recover", "impact start", "recovered"),
        ("TTR", "Time to resolve", "impact start", "resolved"),
    )
    return tuple(
        Measure(name, title, marks[begin], begin, marks[end], end)
        for name, title, begin, end in wanted
        if begin in marks and end in marks
    )


def seconds(coe: Coe) -> dict[str, float]:
    """Return how long each metric took, by its name. Unit: seconds."""
    return {one.name: one.length.total_seconds() for one in measures(coe)}


def duration_words(length: dt.timedelta) -> str:
    """Return a duration for people, two units at most: `2 d 3 h`, `1 h 05 min`, `31 min`, `40 s`."""
    seconds = int(abs(length).total_seconds())
    sign = "-" if length < dt.timedelta() else ""
    days, hours, minutes = seconds // 86400, seconds % 86400 // 3600, seconds % 3600 // 60
    if days:
        return f"{sign}{days} d {hours} h" if hours else f"{sign}{days} d"
    if hours:
        return f"{sign}{hours} h {minutes:02} min" if minutes else f"{sign}{hours} h"
    if minutes:
        return f"{sign}{minutes} min {seconds % 60:02} s" if seconds % 60 and minutes < 10 else f"{sign}{minutes} min"
    return f"{sign}{seconds} s"
