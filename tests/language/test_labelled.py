"""Precision and recall on the project's own labelled sentences."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from coe.language.context import context_of
from coe.language.prose import read_prose
from coe.language.reading import read
from coe.language.token import tokens
from coe.parse.document import parse
from coe.read import Source

ROWS = [json.loads(line) for line in (Path(__file__).parent / "sentences.jsonl").read_text("utf-8").splitlines()]
BLAMING = sorted({row["category"] for row in ROWS if row["label"] == "yes"})


@cache
def found(text: str) -> tuple[str, ...]:
    """Return the categories of what is found in one sentence."""
    return tuple(reading.category for reading in read_prose(parse(Source("notes.md", text))).readings)


def test_there_are_enough_sentences_of_both_labels() -> None:
    labels = [row["label"] for row in ROWS]
    assert len(ROWS) >= 250
    assert min(labels.count("yes"), labels.count("no")) >= 100
    assert len({row["text"] for row in ROWS}) == len(ROWS)


def test_precision_and_recall_have_a_floor() -> None:
    hits = [row for row in ROWS if found(row["text"])]
    right = [row for row in hits if row["label"] == "yes"]
    wanted = [row for row in ROWS if row["label"] == "yes"]
    false_alarms = [(row["text"], found(row["text"])) for row in hits if row["label"] == "no"]
    missed = [row["text"] for row in wanted if not found(row["text"])]
    assert len(right) / len(hits) >= 0.98, false_alarms
    assert len(right) / len(wanted) >= 0.96, missed


def test_the_look_from_afar_hides_nothing() -> None:
    for row in ROWS:
        prose = read_prose(parse(Source("notes.md", row["text"])))
        mask = prose.document.mask
        close = (read(tokens(mask, span), prose.names, context=context_of(place)) for place, span in prose.sentences())
        assert len(prose.readings) == sum(one is not None for one in close), row["text"]


def test_a_sentence_gives_at_most_one_finding() -> None:
    assert {len(found(row["text"])) for row in ROWS} == {0, 1}


@pytest.mark.parametrize("category", BLAMING)
def test_most_sentences_are_found_by_the_rule_they_were_written_for(category: str) -> None:
    mine = [row["text"] for row in ROWS if row["category"] == category and row["label"] == "yes"]
    by_another = [(text, found(text)) for text in mine if found(text) != (category,)]
    assert len(by_another) <= len(mine) * 0.35, by_another
