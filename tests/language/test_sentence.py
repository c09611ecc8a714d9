"""Passages → sentences, with the offsets of the source."""

from __future__ import annotations

import pytest

from coe.language.prose import read_prose
from coe.language.sentence import split
from coe.parse.document import parse
from coe.read import Source
from coe.text import Span


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    "text",
    [
        "Version 2.4.1 of the proxy, i.e. the one with the cap, ran at 14.5 % of its load vs. 9 % before.",
        "At 10:03 a.m. the first page went out.",
        "The vendor (Acme Inc. in the contract) restored power, e.g. for row B.",
        "It ended approx. 9 minutes later, cf. the graph of J. in the annex.",
        "The call returned `None.` and went on... as before.",
    ],
)
def test_some_stops_end_no_sentence(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("The pool ran out. Checkout failed.", ["The pool ran out.", "Checkout failed."]),
        ("Why? Nobody asked! The end", ["Why?", "Nobody asked!", "The end"]),
        ("It ended at 2:40 p.m. The next day a break followed.", ["It ended at 2:40 p.m.", "The next day a break followed."]),
        ("(It was late.) Then it ended.", ["(It was late.)", "Then it ended."]),
        ("It rose by 0.07. 14 nodes left.", ["It rose by 0.07.", "14 nodes left."]),
        ("One paragraph\n\nand another", ["One paragraph", "and another"]),
        ("First\r\n\r\nsecond", ["First", "second"]),
        ("Three things:\n- one\n- two", ["Three things:", "- one", "- two"]),
        ("Wrapped\n   over lines. And on.", ["Wrapped\n   over lines.", "And on."]),
        ("  \n ", []),
    ],
)
def test_others_do(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


DOCUMENT = """\
---
id: x
title: One event
summary: >-
  The pool ran out. It was
  restarted at 14:02.
timeline:
  - text: "The page went out. The call began."
---

# Heading of it

First one. **Second** one with `code. Not a stop` inside.

| time | what |
| --- | --- |
| 14:02 | Restarted. It came back. |

- an item. Another sentence
- a second item
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_sentences_of_a_document_have_places_in_the_source(newline: str) -> None:
    document = parse(Source("x.md", DOCUMENT.replace("\n", newline)))
    found = [
        (passage.kind, " ".join(document.text[start:end].split())) for passage, (start, end) in read_prose(document).sentences()
    ]
    assert found == [
        ("field", "One event"),
        ("field", "The pool ran out."),
        ("field", "It was restarted at 14:02."),
        ("field", "The page went out."),
        ("field", "The call began."),
        ("heading", "Heading of it"),
        ("paragraph", "First one."),
        ("paragraph", "Second** one with `code. Not a stop` inside."),
        ("cell", "time"),
        ("cell", "what"),
        ("cell", "14:02"),
        ("cell", "Restarted."),
        ("cell", "It came back."),
        ("item", "an item."),
        ("item", "Another sentence"),
        ("item", "a second item"),
    ]  # fmt: skip
