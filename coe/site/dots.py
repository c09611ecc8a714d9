"""A duration across COEs → a drawing of its values by period: each value a dot, with median and 90th percentile.

Of many values, those that stand close together are one stripe, so that a drawing of 10,000 is as small as one of ten.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from coe.insight.periods import Period
from coe.insight.quantiles import MEDIAN_FROM, Summary
from coe.insight.trends import LEAD_TIME, Point, Spread
from coe.site.bars import LEFT, RIGHT, WIDTH, Label
from coe.site.scale import DAY, MINUTE, LogScale, column_step, spaced

_LEFT = LEFT + 24
_TOP, _HEIGHT, _ROWS = 12.0, 168.0, 24
LINKED = 100
"""Of so many values each is a dot and a link, and the table names each."""


@dataclass(frozen=True, slots=True)
class Dot:
    """One value and the COE that it leads to."""

    x: float
    y: float
    title: str
    coe: str


@dataclass(frozen=True, slots=True)
class Stripe:
    """Several values that stand close together."""

    x: float
    y: float
    width: float
    height: float
    title: str


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
    stripes: tuple[Stripe, ...]
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
    step = column_step(len(spread.by_period), WIDTH - _LEFT - RIGHT)
    at = {period: _LEFT + step * (index + 0.5) for index, (period, _) in enumerate(spread.by_period)}
    names = [Label(at[period], period.name) for period, _ in spread.by_period]
    numbers = [Label(at[period], str(found.n)) for period, found in spread.by_period if found.n]
    wide = min(step * 0.8, 60.0)
    linked = len(spread.points) <= LINKED
    return Dots(
        height=bottom + 40,
        bottom=bottom,
        dots=tuple(_dots(spread, at, scale, wide)) if linked else (),
        stripes=() if linked else tuple(_stripes(spread, at, scale, wide)),
        medians=tuple(_levels(spread, at, scale, wide, "median")),
        p90s=tuple(_levels(spread, at, scale, wide, "p90")),
        columns=spaced(names, 6.4),
        numbers=tuple(numbers) if step >= 16 else (),
        marks=tuple(Label(y, text) for y, text in scale.marks()),
        note=note(spread),
    )


def _dots(spread: Spread, at: dict[Period, float], scale: LogScale, wide: float) -> Iterator[Dot]:
    """Yield a dot for each value, those that would touch side by side."""
    for (period, _), found in _rows(spread, at, scale).items():
        step = min(10.0, wide / len(found))
        for index, one in enumerate(found):
            x = at[period] + step * (index - (len(found) - 1) / 2)
            yield Dot(x, scale.y(one.seconds), f"{one.title}: {spread.words(one.seconds)}, {one.day}", one.coe)


def _stripes(spread: Spread, at: dict[Period, float], scale: LogScale, wide: float) -> Iterator[Stripe]:
    """Yield a stripe for the values that stand close together, as wide as they are many."""
    rows = _rows(spread, at, scale)
    most = max(map(len, rows.values()))
    for (period, row), found in rows.items():
        values = sorted(point.seconds for point in found)
        first, last = spread.words(values[0]), spread.words(values[-1])
        span = first if first == last else f"{first} to {last}"
        number = f"{len(found)} COE{'' if len(found) == 1 else 's'}"
        width = max(3.0, wide * len(found) / most)
        y = scale.bottom - _HEIGHT * (row + 1) / _ROWS + 0.5
        yield Stripe(at[period] - width / 2, y, width, _HEIGHT / _ROWS - 1, f"{found[0].period.name}: {number}, {span}")


def _rows(spread: Spread, at: dict[Period, float], scale: LogScale) -> dict[tuple[Period, int], list[Point]]:
    """Return the values that stand close together, by period and by place on the scale."""
    groups: dict[tuple[Period, int], list[Point]] = {}
    for point in spread.points:
        if point.period in at:
            row = min(int(scale.share(point.seconds) * _ROWS), _ROWS - 1)
            groups.setdefault((point.period, row), []).append(point)
    return groups


def _levels(spread: Spread, at: dict[Period, float], scale: LogScale, wide: float, name: str) -> Iterator[Level]:
    for period, found in spread.by_period:
        value = _value(found, name)
        if value is not None:
            words = "median" if name == "median" else "90th percentile"
            title = f"{period.name}: {words} {spread.words(value)}, n = {found.n}"
            yield Level(at[period] - wide / 2, scale.y(value), wide, title)


def _value(found: Summary, name: str) -> float | None:
    return found.median if name == "median" else found.p90
