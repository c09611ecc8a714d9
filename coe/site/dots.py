"""A duration across COEs → a drawing of its values by period: each value a dot, with median and 90th percentile.

Values that stand close together are one dot with their number, so that a drawing of 10,000 is as small as one of ten.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from coe.insight.quantiles import MEDIAN_FROM, Summary
from coe.insight.trends import LEAD_TIME, Point, Spread
from coe.site.bars import LEFT, RIGHT, WIDTH, Label
from coe.site.scale import DAY, MINUTE, LogScale, spaced

_LEFT = LEFT + 24
_TOP, _HEIGHT, _ROWS = 12.0, 168.0, 24
LINKED = 100
"""Of so many values each dot is a link, and the table names each."""


@dataclass(frozen=True, slots=True)
class Dot:
    """One value, or several that stand close together; `coe` is given for one that is a link."""

    x: float
    y: float
    radius: float
    title: str
    coe: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Level:
    """A median or a 90th percentile of one period."""

    x: float
    y: float
    width: float
    title: str


@dataclass(frozen=True, slots=True)
class Dots:
    """The drawing; `note` says what is not drawn, and why."""

    height: float
    bottom: float
    dots: tuple[Dot, ...]
    medians: tuple[Level, ...]
    p90s: tuple[Level, ...]
    columns: tuple[Label, ...]
    numbers: tuple[Label, ...]
    marks: tuple[Label, ...]
    note: str
    width: float = WIDTH
    left: float = _LEFT
    right: float = WIDTH - RIGHT


def note(spread: Spread) -> str:
    """Return how many values there are, and what is not told of so few."""
    whole = spread.whole
    lead = f"n = {whole.n} of {spread.of}"
    if whole.n < MEDIAN_FROM:
        return f"{lead}: no median is drawn of fewer than {MEDIAN_FROM}."
    if whole.median is None:
        return lead
    middle = f"{lead}: median {spread.words(whole.median)}"
    if whole.p90 is None:
        return f"{middle}; too few for a 90th percentile."
    return f"{middle}, 90th percentile {spread.words(whole.p90)}."


def dots(spread: Spread) -> Dots | None:
    """Return the drawing of a duration; absent when there is no value."""
    if not spread.points:
        return None
    bottom = _TOP + _HEIGHT
    is_lead = spread.name == LEAD_TIME
    scale = LogScale([point.seconds for point in spread.points], top=_TOP, bottom=bottom, least=DAY if is_lead else MINUTE)
    step = (WIDTH - _LEFT - RIGHT) / len(spread.by_period)
    at = {period: _LEFT + step * (index + 0.5) for index, (period, _) in enumerate(spread.by_period)}
    names = [Label(at[period], period.name) for period, _ in spread.by_period]
    numbers = [Label(at[period], str(found.n)) for period, found in spread.by_period if found.n]
    wide = min(step * 0.8, 60.0)
    return Dots(
        height=bottom + 40,
        bottom=bottom,
        dots=tuple(_dots(spread, at, scale)),
        medians=tuple(_levels(spread, at, scale, wide, "median")),
        p90s=tuple(_levels(spread, at, scale, wide, "p90")),
        columns=spaced(names, 6.4),
        numbers=tuple(numbers) if step >= 16 else (),
        marks=tuple(Label(y, text) for y, text in scale.marks()),
        note=note(spread),
    )


def _dots(spread: Spread, at: dict[object, float], scale: LogScale) -> Iterator[Dot]:
    linked = len(spread.points) <= LINKED
    groups: dict[tuple[object, int], list[Point]] = {}
    for point in spread.points:
        if point.period in at:
            row = min(int(scale.share(point.seconds) * _ROWS), _ROWS - 1)
            groups.setdefault((point.period, row), []).append(point)
    for (period, _), found in groups.items():
        values = sorted(point.seconds for point in found)
        if len(found) == 1:
            [one] = found
            title = f"{one.title}: {spread.words(one.seconds)}, {one.day}"
            yield Dot(at[period], scale.y(one.seconds), 4.2, title, one.coe if linked else "")
        else:
            span = f"{spread.words(values[0])} to {spread.words(values[-1])}" if values[0] != values[-1] else spread.words(values[0])
            middle = (scale.y(values[0]) + scale.y(values[-1])) / 2
            radius = min(4.2 * math.sqrt(len(found)), 11.0)
            number = str(len(found)) if radius >= 5.5 else ""
            yield Dot(at[period], middle, max(radius, 6.0), f"{found[0].period.name}: {len(found)} COEs, {span}", "", number)


def _levels(spread: Spread, at: dict[object, float], scale: LogScale, wide: float, name: str) -> Iterator[Level]:
    for period, found in spread.by_period:
        value = _value(found, name)
        if value is not None:
            words = "median" if name == "median" else "90th percentile"
            title = f"{period.name}: {words} {spread.words(value)}, n = {found.n}"
            yield Level(at[period] - wide / 2, scale.y(value), wide, title)


def _value(found: Summary, name: str) -> float | None:
    return found.median if name == "median" else found.p90
