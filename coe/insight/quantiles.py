"""Median and 90th percentile of few, skewed values, with the numbers below which they say nothing.

A mean is not among them: one long incident moves it more than a year of work does.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MEDIAN_FROM = 5
"""The least number of values of which a median is told: below it, two values decide where it lies."""

P90_FROM = 10
"""The least number of values of which a 90th percentile is told: below it, it is the longest one."""

SHARE_FROM = 5
"""The least number of things of which a share in percent is told."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What can be said of some values: how many, and as much more as their number bears."""

    n: int
    median: float | None
    p90: float | None
    least: float | None
    most: float | None


def summary(values: Iterable[float]) -> Summary:
    """Return what can be said of some values."""
    ordered = sorted(values)
    n = len(ordered)
    return Summary(
        n,
        median(ordered) if n >= MEDIAN_FROM else None,
        p90(ordered) if n >= P90_FROM else None,
        ordered[0] if ordered else None,
        ordered[-1] if ordered else None,
    )


def median(ordered: Sequence[float]) -> float:
    """Return the middle one of sorted values, or the middle between the two that stand there."""
    half, odd = divmod(len(ordered), 2)
    return ordered[half] if odd else (ordered[half - 1] + ordered[half]) / 2


def p90(ordered: Sequence[float]) -> float:
    """Return the least of sorted values that nine of ten do not pass: one that was seen, never one between two.

    Source: the nearest rank, as `coe stats` and the site explain it in docs/explanation/measures.md.
    """
    return ordered[math.ceil(len(ordered) * 9 / 10) - 1]


def share(part: int, whole: int) -> int | None:
    """Return a share in whole percent, absent where the whole is too small for one."""
    return math.floor(100 * part / whole + 0.5) if whole >= SHARE_FROM else None
