"""The wheel is fair, a draw can be done again, and who is away keeps the weight."""

from __future__ import annotations

import random
from collections import Counter
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coe.errors import CoeError
from coe.review.wheel import passed_on, point, replayed, turned, weights, wheel, wheel_of

NAMES = {name: name.upper() for name in ("ads", "checkout", "mail", "search", "storage")}


def test_ten_thousand_draws_are_fair() -> None:
    seeds = random.Random(47)  # noqa: S311 (the test draws the same numbers each time)
    counts, waits = Counter[str](), Counter[int]()
    for _ in range(100):
        held, last = weights(NAMES, ()), dict.fromkeys(NAMES, 0)
        for turn in range(1, 101):
            picked = turned(NAMES, held).pick(f"{seeds.getrandbits(48):012x}").id
            counts[picked] += 1
            if last[picked]:
                waits[turn - last[picked]] += 1
            last[picked], held = turn, passed_on(held, picked)
    fair = 10_000 / len(NAMES)
    assert sum(counts.values()) == 10_000
    assert all(abs(count - fair) < 0.01 * fair for count in counts.values()), counts
    assert waits[1] == 0, "nobody is drawn twice in a row"
    assert max(waits) < 30, "nobody waits for ever"
    assert len(waits) > 8, "nobody knows when"


@given(st.lists(st.sampled_from(sorted(NAMES)), max_size=30))
def test_the_sum_of_the_weights_stays(drawn: list[str]) -> None:
    held = weights(NAMES, drawn)
    assert sum(held.values()) == len(NAMES)
    assert not drawn or held[drawn[-1]] == 0


@given(st.lists(st.sampled_from(sorted(NAMES)), max_size=8), st.integers(0, 2**48 - 1))
def test_every_number_draws_one_name_in_proportion_to_its_weight(drawn: list[str], at: int) -> None:
    turned = wheel(NAMES, drawn)
    assert turned.shares[-1].upto == 2**48
    picked = turned.pick(f"{at:012x}")
    before = max((share.upto for share in turned.shares if share.upto < picked.upto), default=0)
    assert before <= at < picked.upto
    assert abs((picked.upto - before) / 2**48 - float(picked.weight)) < 1e-12


def test_seeds_of_twelve_digits_are_the_number_and_others_are_hashed() -> None:
    assert point("0000000000ff") == 255
    assert point("2026-W30") == point("2026-W30") != point("2026-W31")
    assert 0 <= point("anything at all") < 2**48


def test_who_is_absent_is_not_drawn_and_keeps_the_weight() -> None:
    everybody = wheel(NAMES, ("mail",))
    without = wheel(NAMES, ("mail",), ("ads", "search"))
    assert {share.id for share in everybody.shares} - {share.id for share in without.shares} == {"ads", "search"}
    assert all(without.pick(f"{at << 40:012x}").id not in ("ads", "search") for at in range(256))
    assert weights(NAMES, ("mail", "checkout"))["ads"] == Fraction(25, 16)


def test_the_only_one_who_is_there_is_drawn_again() -> None:
    assert wheel(NAMES, ("mail",), ("ads", "checkout", "search", "storage")).pick("2026-W30").id == "mail"
    assert wheel({"mail": "Mail"}, ("mail", "mail")).pick("x").id == "mail"


@pytest.mark.parametrize(("absent", "said"), [(("nobody",), "nobody is not on the wheel"), (tuple(NAMES), "nobody is left")])
def test_a_wheel_that_cannot_turn_says_why(absent: tuple[str, ...], said: str) -> None:
    with pytest.raises(CoeError, match=said):
        wheel(NAMES, (), absent)


def test_a_draw_in_minutes_is_done_again_from_what_stood_before_it(kit: Any) -> None:
    first = wheel_of(kit.corpus({}), "2026-W30").pick("00000000abcd")
    files = kit.minutes("2026-W30", "2026-07-24", wheel={"seed": "00000000abcd", "picked": first.id})
    corpus = kit.corpus(files)
    assert replayed(corpus, corpus.minutes["2026-W30"]) == first
    after = wheel_of(corpus, "2026-W31")
    assert next(share.weight for share in after.shares if share.id == first.id) == 0
    assert after.pick("0000000000ff").id != first.id
