"""Hints are made of the sentence's own words, or not at all; suggestions are sentences that blame nobody."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from coe.check import check
from coe.config import Config, Repository
from coe.corpus import Corpus, analyse
from coe.diagnostic import Diagnostic
from coe.example import AS_OF, ROOT
from coe.fix import apply
from coe.language.prose import read_prose
from coe.language.reading import Reading
from coe.parse.document import parse
from coe.read import Source
from coe.report.json_report import as_data
from coe.rule import all_rules
from coe.rules.language.hint import hint

HERE = Path(__file__).parent
BLOCKS = (HERE / "hints.txt").read_text("utf-8").split("\n\n")[1:]
TABLE = [tuple(part.strip() for part in block.strip().split("\n")) for block in BLOCKS]
BLAMING = [
    row["text"]
    for line in (HERE / "sentences.jsonl").read_text("utf-8").splitlines()
    if (row := json.loads(line))["label"] == "yes"
]
BROKEN = re.compile(r"  | [,.;:?]|\b(the|a|an|of|to|to the) [,.;:?…”]|\b(\w+) \2\b|“(us|me|him|them|that|who)\b|[*\[\]_]{2}")


def reading(text: str) -> Reading:
    """Return the one reading of a sentence."""
    [found] = read_prose(parse(Source("notes.md", text))).readings
    return found


def findings(text: str) -> list[Diagnostic]:
    """Return what the rules of language say of a text."""
    repository = Repository(ROOT, Config())
    analysis = analyse(Source("notes.md", text, ROOT / "notes.md"), repository)
    rules = tuple(rule for rule in all_rules() if rule.family == "language")
    return check(Corpus(repository, (analysis,), AS_OF), [analysis], rules)


def test_the_table_is_long_enough_and_varied() -> None:
    assert len({text for text, _ in TABLE}) == len(TABLE) >= 100
    assert sum(wanted != "-" for _, wanted in TABLE) >= 60
    assert len({reading(text).category for text, _ in TABLE}) >= 12


@pytest.mark.parametrize("text", ["The engineer forgot to y.", "The engineer forgot to e (see [y]: z)."])
def test_a_lone_letter_is_no_verb(text: str) -> None:
    assert [one.rule for one in findings(text)] == ["negligence"]
    assert "was not" not in (hint(reading(text), text) or "")


@pytest.mark.parametrize(("text", "wanted"), TABLE)
def test_hints(text: str, wanted: str) -> None:
    assert (hint(reading(text), text) or "-") == wanted


@pytest.mark.parametrize("text", [*BLAMING, *(text for text, _ in TABLE)])
def test_help_is_never_broken(text: str) -> None:
    for one in findings(text):
        assert one.help
        assert not BROKEN.search(one.help), one.help
        assert one.help.count("“") == one.help.count("”")
        assert one.help[-1] in ".?"
        assert len(one.help) < 320


def test_words_of_the_sentence_stand_in_its_hint_as_written() -> None:
    text = "The engineer forgot to drain `node-7`\nin the old cell."
    assert "“`node-7` was not drained in the old cell: …”" in (hint(reading(text), text) or "")


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("The engineer forgot to renew the certificate.", "The engineer did not renew the certificate."),
        ("A technician noticed it but failed to report it.", "A technician noticed it but did not report it."),
        ("An engineer accidentally deleted the volume.", "An engineer deleted the volume."),
        ("We wrongly assumed that the limit was per tenant.", "We assumed that the limit was per tenant."),
        ("Accidentally deleted the volume at 14:03.", None),
        ("The engineer had forgotten to renew it.", None),
        ("The engineer **forgot** to renew it.", None),
        ("The engineer should have renewed it.", None),
        ("Sarah forgot to renew the certificate.", None),
    ],
)
def test_suggestions(text: str, plain: str | None) -> None:
    found = findings(text)
    assert found
    suggested = apply(text, found, frozenset({"suggestion"}))
    assert suggested == (plain or text)
    assert apply(text, found, frozenset({"safe", "unsafe"})) == text, "a suggestion is never applied"
    if plain:
        assert [one for one in findings(plain) if one.rule == found[0].rule] == []


def test_a_suggestion_is_carried_by_the_json_report() -> None:
    [one] = findings("The engineer forgot to renew the certificate.")
    fix = as_data(one)["fix"]
    assert fix["safety"] == "suggestion"
    assert [edit["text"] for edit in fix["edits"]] == ["did not"]


@pytest.mark.parametrize(
    "text",
    [
        "The engineer forgot to " + "very " * 300 + "slowly renew the certificate.",
        "The engineer accidentally deleted " + "the index of " * 200 + "the table.",
        "The engineer should have checked " + "and " * 390 + "left.",
        "The engineer forgot to renew `" + "x" * 300 + "`.",
    ],
)
def test_long_sentences_get_short_help(text: str) -> None:
    assert all(len(one.help or "") < 320 for one in findings(text))
