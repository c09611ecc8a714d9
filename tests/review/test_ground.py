"""What digests share says of each day what a look at all that there is would say."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from coe.config import find
from coe.corpus import Corpus, collect
from coe.insight.actions import register
from coe.review.digest import digest
from coe.review.ground import Ground
from coe.review.json_digest import render
from coe.review.week import week_of_day
from coe.review.wheel import Draws, drawn_before, weights

EXAMPLES = Path(__file__).parents[2] / "examples"
WEEK = dt.timedelta(days=7)


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return collect(find(EXAMPLES), EXAMPLES)


@pytest.fixture(scope="module")
def days(corpus: Corpus) -> list[dt.date]:
    """Return a day of every second week from before the first COE to after the last."""
    events = [dt.date.fromisoformat(name[:10]) for name in corpus.coes]
    first, last = min(events) - 3 * WEEK, max(events) + 60 * WEEK
    return [first + number * 2 * WEEK for number in range((last - first).days // 14)]


def test_what_is_left_on_a_day_is_what_the_register_has_open(corpus: Corpus, days: list[dt.date]) -> None:
    ground, seen = Ground(corpus), 0
    for day in days:
        there = {name for name, entry in ground.entries.items() if entry.known(day)}
        rows = [row for row in register(corpus, as_of=day) if row.source_kind == "minutes" or row.source_id in there]
        wanted = [row for row in rows if row.is_left and (row.since is None or row.since <= day)]
        left = ground.items.left(day)
        assert sorted((one.source_id, one.item.id) for one in left) == sorted((row.source_id, row.item.id) for row in wanted)
        done = [row for row in rows if not row.is_left and row.state != "wont_do"]
        found = ground.items.completion(day, len(left))
        assert (found.done, found.total) == (len(done), len(done) + len(wanted)), day
        seen += len(left)
    assert seen > 100, "there is something to compare"


def test_a_shared_ground_gives_the_digest_that_a_week_has_on_its_own(corpus: Corpus, days: list[dt.date]) -> None:
    shared = Ground(corpus)
    for day in days[::20]:
        for ahead in (0, -30, 30):  # a day that is over, one before the week, and one long after it
            week = week_of_day(day, "UTC")
            as_of = week.last + dt.timedelta(days=ahead)
            assert render(digest(corpus, week=week, as_of=as_of, ground=shared)) == render(
                digest(corpus, week=week, as_of=as_of)
            )


def test_the_weights_before_a_week_are_those_of_all_draws_before_it(corpus: Corpus) -> None:
    draws = Draws(corpus)
    assert draws.names
    for week in (*corpus.minutes, "2019-W01", "2099-W01"):
        assert draws.before(week) == weights(draws.names, drawn_before(corpus, week))
