"""The look from afar at all passages at once sees what a look at each of them sees."""

from __future__ import annotations

import random

import pytest

from coe.language.trigger import is_suspect, likely, words_of, words_of_all
from coe.text import Span

PIECES = (
    "one\0two",
    "operator",
    "operators'",
    "no one",
    "on-call",
    "-",
    "--",
    "a-",
    "-b",
    "x1y",
    "didn't",
    "\u2019s",
    "\u00e9t\u00e9",
    ".",
    "7",
    "\n",
)
BLAMING = "the operator forgot to check the replica"


@pytest.mark.parametrize("seed", range(20))
def test_the_words_of_many_stretches_are_those_of_each(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 (the same texts each time)
    stretches = [chance.choice((" ", "", "  ")).join(chance.choices(PIECES, k=chance.randint(1, 9))) for _ in range(8)]
    text, spans = "", []
    for one in stretches:
        spans.append(Span(len(text), len(text) + len(one)))
        text += f"{one} \n"
    assert words_of_all(text, spans) == [words_of(text, span) for span in spans]


@pytest.mark.parametrize("place", range(4))
def test_a_passage_that_is_suspect_is_likely_among_others(place: int) -> None:
    stretches = [["the", "pool", "ran", "dry"] for _ in range(4)]
    stretches[place] = BLAMING.split()
    assert is_suspect(stretches[place])
    assert [*likely(stretches)] == [place]


@pytest.mark.parametrize("words", [["no one"], ["s'"]])
def test_what_stands_apart_from_its_place_is_always_likely(words: list[str]) -> None:
    assert [*likely([["the", "pool"], ["the", "hosts", *words]])] == [1]
