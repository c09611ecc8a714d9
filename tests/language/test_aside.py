"""Sentences without what is thrown in."""

from __future__ import annotations

import pytest

from coe.language.aside import without_asides
from coe.language.token import tokens
from coe.text import Span


def shorter(text: str) -> list[str]:
    return [" ".join(one.text for one in found) for found in without_asides(tokens(text, Span(0, len(text))))]


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("They failed, however, to ask.", "They failed to ask ."),
        ("He did not (as usual) ask.", "He did not ask ."),
        ("She forgot, in the end, the key.", "She forgot the key ."),
    ],
)
def test_what_is_thrown_in_can_be_left_out(text: str, without: str) -> None:
    assert shorter(text)[0] == without


def test_a_comma_may_stay_where_an_aside_was() -> None:
    assert shorter("They patched all hosts, however, forgot one.")[1] == "They patched all hosts , forgot one ."


@pytest.mark.parametrize("text", ["They asked, we answered, they left.", "One, which was down, stayed so.", "They asked."])
def test_a_clause_is_no_aside(text: str) -> None:
    assert shorter(text) == []
