"""Ages of action items, and what chooses among them."""

from __future__ import annotations

import datetime as dt

import pytest

from coe.insight.actions import ageing, chosen
from tests.insight.conftest import row


@pytest.mark.parametrize(
    ("since", "group"),
    [
        ("2026-08-20", "less than 30 days"), ("2026-07-22", "less than 30 days"), ("2026-07-21", "30 to 89 days"),
        ("2026-05-23", "30 to 89 days"), ("2026-05-22", "90 to 179 days"), ("2026-02-21", "180 to 364 days"),
        ("2025-08-20", "a year or more"), (None, "not known"), ("2026-09-01", "less than 30 days"),
    ],
)  # fmt: skip
def test_ages_by_hand(since: str | None, group: str) -> None:
    assert {name: number for name, number in ageing([row(since=since)]) if number} == {group: 1}


def test_what_is_finished_has_no_age() -> None:
    rows = [row(status="done", completed="2026-08-01"), row(status="wont_do", reason="x"), row()]
    assert sum(number for _, number in ageing(rows)) == 1
    assert [one.age for one in rows] == [None, None, 31]


def test_rows_are_chosen_by_team_state_and_due_date() -> None:
    rows = [row(due="2026-08-01"), row(due="2026-08-21", team="search"), row(team="search"), row(status="done")]
    assert chosen(rows, team="search") == (rows[1], rows[2])
    assert chosen(rows, states={"overdue", "done"}) == (rows[0], rows[3])
    assert chosen(rows, due=dt.date(2026, 8, 21)) == (rows[0], rows[1])
    assert chosen(rows, team="search", due=dt.date(2026, 8, 20)) == ()


def test_moves_of_a_due_date_add_up() -> None:
    moves = [("2026-07-01", "2026-07-11"), ("2026-07-11", "2026-08-10")]
    one = row(due="2026-08-10", extensions=tuple({"from": start, "to": end, "reason": "x"} for start, end in moves))
    assert one.moved_by == 40
