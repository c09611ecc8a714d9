"""What COEs say together: each number computed by hand from a few COEs, and the properties that hold for all."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from coe.insight.trends import LEAD_TIME, Spread, Tally, Trends, trends
from coe.model.coe import Coe
from tests.insight.conftest import coe, row, timed

AS_OF = dt.date(2026, 8, 20)


def told(*coes: Coe, **given: object) -> Trends:
    return trends(coes, (), as_of=AS_OF, zone="UTC", **given)  # type: ignore[arg-type]


def spread(found: Trends, name: str) -> Spread:
    return next(one for one in found.spreads if one.name == name)


def tally(found: Trends, name: str) -> Tally:
    return next(one for one in found.tallies if one.name == name)


def test_durations_by_hand() -> None:
    seconds = [60, 120, 180, 240, 100_000]
    found = told(*(timed(f"2026-07-0{index}", marks={"detected": value}) for index, value in enumerate(seconds, 1)))
    ttd = spread(found, "TTD")
    assert [point.seconds for point in ttd.points] == seconds
    assert (ttd.whole.n, ttd.of, ttd.whole.median, ttd.whole.p90) == (5, 5, 180, None)
    assert spread(found, "TTR").whole.n == 0
    assert spread(found, "TTR").of == 5


def test_each_measure_is_taken_between_its_own_two_moments() -> None:
    found = told(timed(marks={"detected": 60, "engaged": 200, "mitigated": 900, "resolved": 5000}))
    values = {one.name: [point.seconds for point in one.points] for one in found.spreads}
    assert values == {"TTD": [60], "TTE": [140], "TTM": [900], "TTR": [5000], LEAD_TIME: []}


def test_a_negative_measure_stays_as_it_is() -> None:
    found = told(timed(marks={"engaged": 30, "detected": 90}))
    assert [point.seconds for point in spread(found, "TTE").points] == [-60]


def test_lead_time_counts_local_days() -> None:
    one = timed("2026-07-14", marks={"resolved": 11 * 3600}, published="2026-07-24")  # 23:00 UTC, next day in Berlin
    assert spread(told(one), LEAD_TIME).points[0].seconds == 10 * 86400
    berlin = trends([one], (), as_of=AS_OF, zone="Europe/Berlin")
    assert spread(berlin, LEAD_TIME).points[0].seconds == 9 * 86400
    assert spread(told(one), LEAD_TIME).words(0) == "0 d"


def test_an_event_counts_from_its_first_draft_on_and_all_else_waits() -> None:
    draft = timed("2026-07-01", "a", marks={"detected": 60}, status="draft", detection={"method": "canary"})
    done = timed("2026-07-02", "b", marks={"detected": 60}, detection={"method": "canary"})
    gone = timed("2026-07-03", "c", marks={"detected": 60}, status="withdrawn")
    found = told(draft, done, gone)
    assert found.severities.of == 2
    assert spread(found, "TTD").of == 1
    assert (tally(found, "detection").n, tally(found, "detection").of) == (1, 1)
    assert (found.counts.incidents, found.counts.drafts, found.counts.set_aside) == (2, 1, 1)


def test_near_misses_tell_causes_and_no_durations_and_exercises_tell_nothing() -> None:
    near = timed("2026-07-01", "a", marks={"detected": 60}, kind="near_miss", trigger={"type": "config"})
    drill = timed("2026-07-02", "b", marks={"detected": 60}, kind="exercise", trigger={"type": "config"})
    found = told(near, drill)
    assert (found.counts.incidents, found.counts.near_misses, found.counts.exercises) == (0, 1, 1)
    assert found.severities.of == 0
    assert spread(found, "TTD").whole.n == 0
    assert [(one.word, one.total) for one in tally(found, "trigger").rows] == [("config", 1)]


def test_a_coe_counts_once_for_each_word() -> None:
    causes = [
        {"id": f"C{number}", "category": kind, "statement": "x"}
        for number, kind in enumerate(("technical", "technical", "process"))
    ]
    steps = [
        {"type": "rollback", "outcome": "ineffective"}, {"type": "restart", "outcome": "effective"},
        {"type": "restart", "outcome": "partial"},
    ]  # fmt: skip
    found = told(coe(root_causes=tuple(causes), mitigation=tuple(steps)), coe("2026-07-15"))
    assert [(one.word, one.total) for one in tally(found, "cause").rows] == [("process", 1), ("technical", 1)]
    assert (tally(found, "cause").n, tally(found, "cause").of) == (1, 2)
    assert [(one.word, one.total) for one in tally(found, "mitigation").rows] == [("restart", 1)]


def test_columns_hold_quiet_quarters_and_every_event_is_in_one() -> None:
    found = told(coe("2025-01-02"), coe("2025-12-31", severity="SEV1"), unit="quarter")
    assert [period.name for period in found.periods] == [
        "2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3",
    ]  # fmt: skip
    rows = {one.word: one.counts for one in found.severities.rows}
    assert rows["SEV1"] == (0, 0, 0, 1, 0, 0, 0)
    assert rows["SEV2"] == (1, 0, 0, 0, 0, 0, 0)


def test_a_day_is_told_where_the_reviews_are_held() -> None:
    late = coe("2025-12-31", impact={"windows": ({"start": "2025-12-31T23:30:00Z"},)})
    assert trends([late], (), as_of=AS_OF, zone="UTC", unit="year").periods[0].name == "2025"
    assert trends([late], (), as_of=AS_OF, zone="Europe/Berlin", unit="year").periods[0].name == "2026"


def test_nothing_is_counted_of_nothing() -> None:
    found = told()
    assert found.periods == ()
    assert found.severities.of == 0
    assert found.completion.whole.of == 0


@given(
    st.lists(
        st.tuples(
            st.dates(dt.date(2020, 1, 1), dt.date(2026, 8, 1)), st.sampled_from(["SEV1", "SEV3"]), st.integers(-50, 99_999)
        ),
        max_size=25,
    )
)
def test_periods_sum_up_to_the_whole(given_coes: list[tuple[dt.date, str, int]]) -> None:
    coes = [
        timed(str(day), f"x{n}", marks={"detected": after}, severity=level) for n, (day, level, after) in enumerate(given_coes)
    ]
    found = told(*coes)
    assert sum(sum(one.counts) for one in found.severities.rows) == len(coes)
    ttd = spread(found, "TTD")
    assert sum(one.n for _, one in ttd.by_period) == ttd.whole.n == len(coes)
    for period, one in ttd.by_period:
        inside = [point.seconds for point in ttd.points if period.first <= point.day <= period.last]
        assert one.n == len(inside)
        assert (one.least, one.most) == ((min(inside), max(inside)) if inside else (None, None))


def test_completion_by_hand() -> None:
    rows = [
        row(due="2026-08-01", status="done", completed="2026-07-30"),
        row(due="2026-08-01", status="done", completed="2026-08-01"),
        row(due="2026-08-01", status="done", completed="2026-08-02"),
        row(due="2026-08-02", status="done"),
        row(due="2026-08-20"),
        row(due="2026-08-03", extensions=({"from": "2026-07-01", "to": "2026-08-03", "reason": "x"},)),
        row(due="2026-08-21"),
        row(),
        row(due="2026-08-01", status="wont_do", reason="x"),
    ]
    found = trends((), rows, as_of=AS_OF, zone="UTC").completion
    assert found.whole.parts == (2, 1, 1, 2)
    assert (found.whole.done, found.whole.of, found.whole.percent) == (4, 6, 67)
    assert (found.moved, found.later, found.without_date, found.wont_do) == (1, 1, 1, 1)
    assert [(period.name, due.of) for period, due in found.by_period] == [("2026-08", 6)]


def test_no_share_is_told_of_four_action_items() -> None:
    rows = [row(due="2026-08-01", status="done", completed="2026-08-01") for _ in range(4)]
    assert trends((), rows, as_of=AS_OF, zone="UTC").completion.whole.percent is None
