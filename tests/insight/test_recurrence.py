"""Causes that recur: by words that several COEs share, never by chance, and in time that grows with the number of COEs."""

from __future__ import annotations

from coe.insight.adoption import progress
from coe.insight.anniversaries import anniversaries
from coe.insight.recurrence import Recurring, cause_terms, commonness, recurring, terms
from coe.model.coe import Coe
from coe.model.organization import Program
from tests.insight.conftest import coe


def with_causes(number: int, *statements: str) -> Coe:
    causes = tuple({"id": f"C{index}", "category": "technical", "statement": text} for index, text in enumerate(statements))
    return coe(f"2026-01-{number:02}", root_causes=causes)


def found(*coes: Coe, but: tuple[str, ...] = ()) -> tuple[Recurring, ...]:
    known = {one.id: cause_terms(one) for one in coes}
    return recurring(coes, known, often=commonness(known.values()), but=but)


def test_words_that_say_something() -> None:
    assert terms("The pools of connections were not bounded by the system's limits.") == {
        "pool",
        "connection",
        "bounded",
        "limit",
    }
    assert terms("status class access queries caches boxes") == {"status", "class", "access", "query", "cache", "box"}
    assert terms("") == frozenset()


def test_what_three_share_is_one_entry_with_all_of_them() -> None:
    coes = [with_causes(n, f"The retry budget of client {word} had no bound.") for n, word in enumerate(("a1", "b2", "c3"), 1)]
    [one] = found(*coes)
    assert set(one.words) == {"retry", "budget", "client", "bound"}
    assert [each.id for each, _ in one.found] == [each.id for each in coes]


def test_one_word_that_two_share_is_chance_and_two_words_are_not() -> None:
    one, other = with_causes(1, "Certificates expired."), with_causes(2, "Nobody watched certificates grow old.")
    assert found(one, other) == ()
    again = with_causes(3, "The certificate of the proxy expired at night.")
    [shared] = found(one, again)
    assert set(shared.words) == {"certificate", "expired"}


def test_a_word_counts_once_for_each_coe() -> None:
    assert found(with_causes(1, "The lease expired.", "The lease expired.", "The lease expired.")) == ()


def test_the_name_that_all_share_is_left_out() -> None:
    coes = [with_causes(n, f"Checkout {word}.") for n, word in enumerate(("leaked", "stalled", "looped"), 1)]
    assert [one.words for one in found(*coes)] == [("checkout",)]
    assert found(*coes, but=("checkout",)) == ()


def test_a_word_of_every_coe_tells_nothing() -> None:
    coes = [with_causes(n, f"Kubernetes node{n}.") for n in range(1, 31)]
    assert found(*coes) == ()


def test_progress_leaves_the_exempt_apart() -> None:
    states = ["done", "done", "exempt", "in_progress", "not_started", "done"]
    adoption = [{"service": f"s{n}", "status": state} for n, state in enumerate(states)]
    values = {
        "id": "p", "title": "P", "status": "active", "lever": "education", "sponsor_team": "t", "done_when": "x",
        "adoption": tuple(adoption),
    }  # fmt: skip
    made = progress(Program.model_validate(values))
    assert (made.done, made.of, made.exempt, made.percent) == (3, 5, 1, 60)
    fewer = progress(Program.model_validate(values | {"adoption": tuple(adoption[:3])}))
    assert (fewer.done, fewer.of, fewer.exempt, fewer.percent) == (2, 2, 1, None)


def remembered(first: str, *events: str, weeks: int = 1) -> list[list[tuple[str, str, int]]]:
    import datetime as dt

    pairs = [(coe(day), dt.date.fromisoformat(day)) for day in events]
    made = anniversaries(pairs, first=dt.date.fromisoformat(first), weeks=weeks)
    return [[(str(one.event), str(one.day), one.years) for one in week.found] for week in made]


def test_a_week_brings_back_its_days_and_no_event_of_its_own_year() -> None:
    days = ("2024-11-17", "2023-11-23", "2020-11-16", "2019-11-24", "2026-11-18")
    assert remembered("2026-11-16", *days) == [[("2020-11-16", "2026-11-16", 6), ("2024-11-17", "2026-11-17", 2)]]


def test_later_weeks_and_the_turn_of_the_year() -> None:
    assert remembered("2026-12-28", "2025-12-31", "2025-01-05", weeks=2) == [
        [("2025-12-31", "2026-12-31", 1)], [("2025-01-05", "2027-01-05", 2)],
    ]  # fmt: skip


def test_a_leap_day_is_remembered_on_the_28th_where_there_is_none() -> None:
    assert remembered("2027-02-22", "2024-02-29") == [[("2024-02-29", "2027-02-28", 3)]]
    assert remembered("2028-02-28", "2024-02-29") == [[("2024-02-29", "2028-02-29", 4)]]


def test_what_was_withdrawn_is_not_brought_back() -> None:
    import datetime as dt

    gone = coe("2025-11-18", status="withdrawn")
    assert anniversaries([(gone, dt.date(2025, 11, 18))], first=dt.date(2026, 11, 16), weeks=1)[0].found == ()
