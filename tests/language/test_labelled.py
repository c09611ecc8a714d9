"""The gate: precision, recall and severity on every labelled file of this folder, and silence on difficult negatives."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from benchmarks.language.figures import CODES, LEVELS, Figures, Row, agreement, by_category, overall, reading, rows
from coe.language.context import context_of
from coe.language.house import HOUSE
from coe.language.main_clause import act_of
from coe.language.prose import read_prose
from coe.language.reading import RANK, read
from coe.parse.document import parse
from coe.read import Source

HERE = Path(__file__).parent
OWN = "sentences.jsonl"
NEGATIVES = HERE / "difficult-negatives.md"
SETS = {file.name: rows(file) for file in sorted(HERE.glob("*.jsonl"))}


class Floor(NamedTuple):
    """What a file must reach: in all, in each category that has enough sentences, and in severity."""

    precision: float = 0.90
    recall: float = 0.70
    alarms: float = 0.05
    category_precision: float = 0.80
    category_recall: float = 0.50
    severity: float = 0.70
    severity_among_causes: float = 0.60
    enough: int = 8


FLOORS = {
    OWN: Floor(0.98, 0.96, 0.02, 0.90, 0.85, enough=5),
    "composed.jsonl": Floor(0.98, 0.92, 0.01, 0.90, 0.65),
}
"""By file name; a file that is not named here has the floor of text that was never seen."""


def floor(name: str) -> Floor:
    """Return what a file must reach."""
    return FLOORS.get(name, Floor())


@cache
def found(text: str) -> tuple[str, ...]:
    """Return the categories of what is found in one sentence."""
    return tuple(one.category for one in read_prose(parse(Source("notes.md", text))).readings)


def test_there_are_enough_sentences_of_both_labels() -> None:
    own = Counter(row.blames for row in SETS[OWN])
    assert own.total() >= 250
    assert min(own.values()) >= 100


@pytest.mark.parametrize("name", SETS)
def test_a_file_is_well_formed(name: str) -> None:
    assert len({row.text for row in SETS[name]}) == len(SETS[name]), "no sentence twice"
    assert {row.category for row in SETS[name] if row.blames} <= set(RANK)
    assert {row.severity for row in SETS[name]} <= {"", *LEVELS}


@pytest.mark.parametrize("name", SETS)
def test_precision_and_recall_have_a_floor(name: str) -> None:
    labelled = SETS[name]
    hits = [bool(found(row.text)) for row in labelled]
    figures, least = overall(labelled, hits), floor(name)
    alarms = [(row.text, found(row.text)) for row, hit in zip(labelled, hits, strict=True) if hit and not row.blames]
    missed = [row.text for row, hit in zip(labelled, hits, strict=True) if row.blames and not hit]
    neutral = sum(not row.blames for row in labelled)
    assert len(alarms) <= least.alarms * neutral, alarms
    if figures.recall is not None:
        assert figures.recall >= least.recall, missed
        assert (figures.precision or 0) >= least.precision, alarms


@pytest.mark.parametrize("category", RANK)
@pytest.mark.parametrize("name", SETS)
def test_each_category_has_a_floor(name: str, category: str) -> None:
    figures, least = _of(name)[category][0], floor(name)
    if figures.right + figures.missed < least.enough:
        pytest.skip(f"{name} has fewer than {least.enough} sentences of {category}")
    mine = [row.text for row in SETS[name] if row.blames and row.category == category and not found(row.text)]
    assert (figures.recall or 0) >= least.category_recall, mine
    assert (figures.precision or 0) >= least.category_precision


@pytest.mark.parametrize("name", SETS)
def test_severity_has_a_floor(name: str) -> None:
    agreed = agreement(SETS[name])
    if agreed is None:
        pytest.skip(f"{name} has no labelled severities")
    known, narrative, among_causes = agreed
    least = floor(name)
    assert narrative >= least.severity * known
    assert among_causes >= least.severity_among_causes * known


@pytest.mark.parametrize("category", sorted({row.category for row in SETS[OWN] if row.blames}))
def test_most_sentences_are_found_by_the_rule_they_were_written_for(category: str) -> None:
    figures, by_own = _of(OWN)[category]
    assert by_own >= 0.65 * (figures.right + figures.missed)


@pytest.mark.parametrize("name", SETS)
def test_the_look_from_afar_hides_nothing(name: str) -> None:
    for row in SETS[name]:
        prose = read_prose(parse(Source("notes.md", row.text)))
        if prose.tongue:
            continue
        close = (read(prose.tokens_of(span), context=context_of(place)) for place, span in prose.sentences())
        assert len(prose.readings) == sum(one is not None for one in close), row.text


def test_a_sentence_gives_at_most_one_finding() -> None:
    assert {len(found(row.text)) for row in SETS[OWN]} == {0, 1}


def test_difficult_negatives_are_silent() -> None:
    if not NEGATIVES.exists():
        pytest.skip("the page of difficult negatives is not in this tree")
    document = parse(Source(NEGATIVES.name, NEGATIVES.read_text("utf-8")))
    prose = read_prose(document)
    assert sum(passage.kind != "heading" for passage, _ in prose.sentences()) >= 150
    assert [(one.category, document.source.lines.position(one.span.start).line, one.words) for one in prose.readings] == []


def test_codes_of_categories_stand_for_all_rules() -> None:
    assert set(CODES.values()) == set(RANK)


def test_figures_are_counted_right() -> None:
    labelled = [Row("a", True, "negligence"), Row("b", True, "negligence"), Row("c", False, ""), Row("d", False, "")]
    figures = overall(labelled, [True, False, True, False])
    assert (figures.right, figures.wrong, figures.missed) == (1, 1, 1)
    assert (figures.precision, figures.recall, figures.f1) == (0.5, 0.5, 0.5)
    nothing = overall(labelled[2:], [False, False])
    assert (nothing.precision, nothing.recall, nothing.f1) == (None, None, None)
    assert reading("The pool ran out.") is None


@cache
def _of(name: str) -> dict[str, tuple[Figures, int]]:
    labelled = SETS[name]
    return by_category(labelled, [reading(row.text) for row in labelled])


@pytest.mark.parametrize("name", SETS)
def test_the_look_for_acts_from_afar_hides_none(name: str) -> None:
    told = 0
    for row in SETS[name]:
        prose = read_prose(parse(Source("notes.md", row.text)))
        if prose.people is not HOUSE.people:
            continue  # where a document names people itself, everything is looked at
        acts = [sentence for _, sentence in prose.sentences() if act_of(prose.tokens_of(sentence))]
        told += len(acts)
        assert all(map(prose.may_tell_act, acts)), row.text
    assert told > len(SETS[name]) / 10
