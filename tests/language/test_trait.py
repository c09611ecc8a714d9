"""Judging words of things, which offend nobody, and of people."""

from __future__ import annotations

import pytest

from coe.language.prose import read_prose
from coe.parse.document import parse
from coe.read import Source


def judges(text: str) -> bool:
    return bool(read_prose(parse(Source("notes.md", text))).readings)


@pytest.mark.parametrize(
    "text",
    [
        "A careless wildcard pattern matched both hosts.",
        "The default is reckless about memory.",
        "The stupid part of the format is its date.",
        "A foolish crawler asked for every page.",
        "The cache was inadvertently keeping the old value.",
    ],
)
def test_of_a_thing(text: str) -> None:
    assert not judges(text)


@pytest.mark.parametrize(
    "text",
    [
        "A careless engineer matched both hosts.",
        "The supervisor was reckless about memory.",
        "It was a foolish plan of the desk.",
        "The cause was a contractor inadvertently keeping the old value.",
        "The pattern was carelessly merged by the duty engineer.",
    ],
)
def test_of_people(text: str) -> None:
    assert judges(text)
