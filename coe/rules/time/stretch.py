"""Impact windows as one set of stretches, and events as the intervals in which they can lie."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from coe.model.coe import Coe
from coe.model.timeline import Event

NOTHING = dt.timedelta()


class Stretch(NamedTuple):
    """A half-open time in which at least one window was open."""

    start: dt.datetime
    end: dt.datetime


def stretches(coe: Coe) -> tuple[Stretch, ...]:
    """Return the union of the impact windows that have ended, by time; what ends before it starts is left out."""
    found: list[Stretch] = []
    windows = coe.impact.windows if coe.impact else ()
    for start, end in sorted((window.start, window.end) for window in windows if window.end and window.end > window.start):
        if found and start <= found[-1].end:
            found[-1] = Stretch(found[-1].start, max(end, found[-1].end))
        else:
            found.append(Stretch(start, end))
    return tuple(found)


def slack(event: Event) -> dt.timedelta:
    """Return how far from its time an event may lie."""
    return event.precision / 2 if event.precision else NOTHING


def last_moment(event: Event) -> dt.datetime:
    """Return when an event was over, without its slack."""
    return max(event.at, event.end) if event.end else event.at


def earliest(events: Iterable[tuple[int, Event]]) -> tuple[int, Event] | None:
    """Return the first event with its index, the first written of those at one time."""
    return min(events, key=lambda pair: pair[1].at, default=None)
