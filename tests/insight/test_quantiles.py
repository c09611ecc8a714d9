"""Median, 90th percentile and shares: computed by hand, by their definition, and left unsaid when few values bear them."""

from __future__ import annotations

import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coe.insight.quantiles import MEDIAN_FROM, P90_FROM, SHARE_FROM, median, p90, share, summary

VALUES = st.lists(st.integers(-10_000, 10_000_000), min_size=1, max_size=60)


@pytest.mark.parametrize(
    ("values", "middle", "high"),
    [
        ([7], 7, 7),
        ([1, 4], 2.5, 4),
        ([3, 1, 2], 2, 3),
        ([10, 20, 30, 40, 1000], 30, 1000),
        (list(range(1, 11)), 5.5, 9),
        (list(range(1, 12)), 6, 10),
        (list(range(1, 21)), 10.5, 18),
        ([5] * 9 + [900], 5, 5),
        ([5] * 8 + [800, 900], 5, 800),
    ],
)
def test_by_hand(values: list[int], middle: float, high: float) -> None:
    ordered = sorted(values)
    assert median(ordered) == middle
    assert p90(ordered) == high


@given(VALUES)
def test_median_is_that_of_the_standard_library(values: list[int]) -> None:
    assert median(sorted(values)) == statistics.median(values)


@given(VALUES)
def test_the_90th_percentile_is_the_least_value_that_nine_of_ten_do_not_pass(values: list[int]) -> None:
    found = p90(sorted(values))
    assert found in values
    assert sum(value <= found for value in values) * 10 >= len(values) * 9
    assert sum(value < found for value in values) * 10 < len(values) * 9


@given(VALUES)
def test_a_summary_keeps_its_order_and_says_no_more_than_its_number_bears(values: list[int]) -> None:
    found = summary(values)
    assert found.n == len(values)
    assert (found.least, found.most) == (min(values), max(values))
    assert (found.median is not None) == (len(values) >= MEDIAN_FROM)
    assert (found.p90 is not None) == (len(values) >= P90_FROM)
    told = [value for value in (found.least, found.median, found.p90, found.most) if value is not None]
    assert told == sorted(told)


def test_one_long_incident_does_not_move_the_median() -> None:
    assert summary([10, 11, 12, 13, 14]).median == summary([10, 11, 12, 13, 500_000]).median == 12


def test_nothing_is_said_of_nothing() -> None:
    found = summary([])
    assert (found.n, found.median, found.p90, found.least, found.most) == (0, None, None, None, None)


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [(2, 4, None), (4, 4, None), (0, 5, 0), (5, 5, 100), (1, 8, 13), (2, 3, None), (333, 1000, 33)],
)
def test_shares_are_told_from_five_on(part: int, whole: int, percent: int | None) -> None:
    assert SHARE_FROM == 5
    assert share(part, whole) == percent
