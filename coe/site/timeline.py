"""COE → the drawing of its timeline: what is where, in pixels; the template makes it SVG."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from coe.model.coe import Coe
from coe.model.measures import duration_words, impact_start, milestones
from coe.model.timeline import Event
from coe.site import words
from coe.site.axis import Axis, Gap, Tick, axis, moved

WIDTH, LEFT, RIGHT = 960.0, 104.0, 948.0
_ROW, _DOT_ROW, _MAX_DOT_ROWS = 24.0, 12.0, 7
_LETTER = 6.0
"""The width of a letter of a label, a little more than it is: labels are kept apart by it. Unit: pixels."""

_PHASES = (
    ("detected", "detect"),
    ("engaged", "engage"),
    ("diagnosed", "diagnose"),
    ("mitigated", "mitigate"),
    ("recovered", "recover"),
)


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of time: an impact window or a phase of the response."""

    x: float
    width: float
    y: float
    kind: str
    label: str
    title: str
    is_open: bool = False
    target: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment: an event, a milestone's flag or a message; `reach` is drawn where it took time or is not known exactly."""

    x: float
    y: float
    kind: str
    target: str
    title: str
    label: str = ""
    anchor: str = "middle"
    reach: tuple[float, float] | None = None
    is_exact: bool = True


@dataclass(frozen=True, slots=True)
class Lane:
    """One row of the drawing: its name and where it stands."""

    name: str
    y: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole timeline. Unit: pixels."""

    width: float
    height: float
    base: float
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    gaps: tuple[Gap, ...]
    impact: tuple[Bar, ...]
    phases: tuple[Bar, ...]
    flags: tuple[Mark, ...]
    events: tuple[Mark, ...]
    messages: tuple[Mark, ...]
    left: float = LEFT
    right: float = RIGHT


def drawing(coe: Coe) -> Drawing | None:
    """Return the drawing of a COE's timeline; absent when nothing in it has a time."""
    line = axis(_moments(coe), left=LEFT, right=RIGHT)
    if line is None:
        return None
    lanes: list[Lane] = []
    y = 14.0
    impact, y = _impact(coe, line, y, lanes)
    phases, y = _phases(coe, line, y, lanes)
    flags, y = _flags(coe, line, y, lanes)
    events, y = _events(coe, line, y, lanes)
    messages, y = _messages(coe, line, y, lanes)
    return Drawing(
        WIDTH,
        y + (50 if line.gaps else 36),
        y + 2,
        tuple(lanes),
        line.ticks,
        line.gaps,
        impact,
        phases,
        flags,
        events,
        messages,
    )


def _moments(coe: Coe) -> Iterator[dt.datetime]:
    for event in coe.timeline:
        yield event.at
        if event.end:
            yield event.end
    for window in coe.impact.windows if coe.impact else ():
        yield window.start
        if window.end:
            yield window.end
    yield from (message.at for message in coe.communications)


def _rows(spans: Iterable[tuple[float, float]], *, gap: float = 4.0) -> list[int]:
    """Return the first free row for each stretch, in the order of their starts."""
    ends: list[float] = []
    rows = []
    for start, end in spans:
        row = next((index for index, taken in enumerate(ends) if taken + gap <= start), len(ends))
        if row == len(ends):
            ends.append(end)
        ends[row] = end
        rows.append(row)
    return rows


def _impact(coe: Coe, line: Axis, y: float, lanes: list[Lane]) -> tuple[tuple[Bar, ...], float]:
    windows = sorted(coe.impact.windows, key=lambda window: window.start) if coe.impact else []
    if not windows:
        return (), y
    spans = [(line.x(window.start), line.x(window.end) if window.end else RIGHT) for window in windows]
    rows = _rows(spans)
    bars = []
    for window, (left, right), row in zip(windows, spans, rows, strict=True):
        length = duration_words(window.end - window.start) if window.end else "still going on"
        text = f"{words.label(window.level)}, {length}"
        end = words.moment(window.end) if window.end else "still going on"
        title = f"Impact {window.id}: {words.label(window.level)}, {words.moment(window.start)} to {end}"
        wide = max(right - left, 3)
        fits = len(text) * _LETTER + 12 <= wide
        place = (left, wide, y + row * _ROW)
        bars.append(Bar(*place, window.level, text if fits else "", title, window.end is None, f"window-{window.id}"))
    lanes.append(Lane("Impact", y + 9))
    return tuple(bars), y + (max(rows) + 1) * _ROW + 8


def phases(coe: Coe) -> Iterator[tuple[dt.datetime, dt.datetime, str, str]]:
    """Yield the phases of the response: start, end, kind and name; phases whose border is not known are one."""
    known = milestones(coe)
    cursor = impact_start(coe)
    if cursor is None:
        return
    pending: list[str] = []
    for milestone, verb in _PHASES:
        event = known.get(milestone)
        pending.append(verb)
        if event is None:
            continue
        if event.at > cursor:
            name = pending[0] if len(pending) == 1 else f"{', '.join(pending[:-1])} and {pending[-1]}"
            yield cursor, event.at, verb, name
            cursor = event.at
        pending = []


def _phases(coe: Coe, line: Axis, y: float, lanes: list[Lane]) -> tuple[tuple[Bar, ...], float]:
    bars = []
    for start, end, kind, name in phases(coe):
        left, right = line.x(start), line.x(end)
        length = duration_words(end - start)
        texts = (f"{name}, {length}", name, "")
        text = next(text for text in texts if not text or len(text) * _LETTER + 10 <= right - left)
        title = f"To {name}: {length}, {words.moment(start)} to {words.moment(end)}"
        bars.append(Bar(left, max(right - left, 2), y, kind, text, title))
    if not bars:
        return (), y
    lanes.append(Lane("Response", y + 9))
    return tuple(bars), y + _ROW + 8


def _flags(coe: Coe, line: Axis, y: float, lanes: list[Lane]) -> tuple[tuple[Mark, ...], float]:
    events = sorted((event for event in coe.timeline if event.milestone), key=lambda event: event.at)
    if not events:
        return (), y
    placed = []
    for event in events:
        x, text = line.x(event.at), words.label(event.milestone or "")
        half = len(text) * _LETTER / 2 + 3
        anchor = "start" if x - half < LEFT else "end" if x + half > RIGHT else "middle"
        span = {"start": (x, x + 2 * half), "end": (x - 2 * half, x), "middle": (x - half, x + half)}[anchor]
        placed.append((event, x, text, anchor, span))
    rows = _rows((span for *_, span in placed), gap=6)
    flags = tuple(
        Mark(x, y + row * 15 + 9, "milestone", f"event-{event.id}", f"{text}: {words.moment(event.at)}", text, anchor)
        for (event, x, text, anchor, _), row in zip(placed, rows, strict=True)
    )
    lanes.append(Lane("Milestones", y + 9))
    return flags, y + (max(rows) + 1) * 15 + 8


def _reach(event: Event, line: Axis) -> tuple[float, float] | None:
    """Return the stretch in which an event happened: from its start to its end, wider by what is not known exactly."""
    if not event.precision and not event.end:
        return None
    half = event.precision / 2 if event.precision else dt.timedelta()
    start, end = line.x(moved(event.at, -half)), line.x(moved(event.end or event.at, half))
    return (start, end) if end - start > 1 else None


def _events(coe: Coe, line: Axis, y: float, lanes: list[Lane]) -> tuple[tuple[Mark, ...], float]:
    events = sorted(coe.timeline, key=lambda event: event.at)
    if not events:
        return (), y
    xs = [line.x(event.at) for event in events]
    rows = [row % _MAX_DOT_ROWS for row in _rows(((x - 5, x + 5) for x in xs), gap=1)]
    marks = tuple(
        Mark(
            x, y + row * _DOT_ROW + 6, "milestone" if event.milestone else event.type, f"event-{event.id}",
            f"{words.moment(event.at)}: {event.text}", reach=_reach(event, line), is_exact=event.precision is None,
        )
        for event, x, row in zip(events, xs, rows, strict=True)
    )  # fmt: skip
    lanes.append(Lane("Events", y + 9))
    return marks, y + (max(rows) + 1) * _DOT_ROW + 10


def _messages(coe: Coe, line: Axis, y: float, lanes: list[Lane]) -> tuple[tuple[Mark, ...], float]:
    if not coe.communications:
        return (), y
    numbered = sorted(enumerate(coe.communications, 1), key=lambda pair: pair[1].at)
    xs = [line.x(message.at) for _, message in numbered]
    rows = [row % _MAX_DOT_ROWS for row in _rows(((x - 5, x + 5) for x in xs), gap=1)]
    marks = tuple(
        Mark(
            x, y + row * _DOT_ROW + 6, message.audience, f"message-{index}",
            f"{words.moment(message.at)}: {message.channel}, {words.label(message.state)}, to {message.audience}",
        )
        for (index, message), x, row in zip(numbered, xs, rows, strict=True)
    )  # fmt: skip
    lanes.append(Lane("Messages", y + 9))
    return marks, y + (max(rows) + 1) * _DOT_ROW + 10
