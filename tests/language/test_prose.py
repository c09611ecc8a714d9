"""What blames in a document: places, severity, precedence, and silence."""

from __future__ import annotations

import pytest

from coe.diagnostic import Severity
from coe.language import prose as prose_module
from coe.language.prose import read_prose
from coe.language.reading import Reading
from coe.language.trigger import lowered
from coe.parse.document import parse
from coe.read import Source

FRONT = """\
---
id: x
summary: |-
  The pool ran out. The engineer
  forgot to
  raise it. It ended.
root_causes:
  - statement: 'The engineer ignored the alarm.'
action_items:
  - title: Be careful with wildcards
---

"""


def readings(text: str) -> list[tuple[str, str]]:
    return [(one.category, text[one.span.start : one.span.end]) for one in _read(text)]


def _read(text: str) -> tuple[Reading, ...]:
    return read_prose(parse(Source("notes.md", text))).readings


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_front_matter_is_read_in_place(newline: str) -> None:
    text = FRONT.replace("\n", newline)
    assert readings(text) == [
        ("negligence", newline.join(("forgot to", "  raise"))),
        ("negligence", "ignored"),
        ("weak-action", "Be careful"),
    ]


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("The *engineer* **forgot** to [renew](https://example.com/x) it.", "forgot** to [renew"),
        ("| who | what |\n| --- | --- |\n| engineer | The engineer forgot to page. |\n", "forgot to page"),
        ("- one\n- The engineer\n  forgot\n  to page.\n", "forgot\n  to page"),
        ("İİİ The engineer forgot to page.", "forgot to page"),
        ("The engineer didn\u2019t bother to page.", "didn\u2019t bother to page"),
        ("# The engineer forgot to page\n", "forgot to page"),
        ("The engineer forgot `x` on the way.", "forgot"),
        ("\ufeffno\n\nHow: the engineer forgot to page.", "forgot to page"),
    ],
)
def test_spans_are_places_of_the_source(text: str, marked: str) -> None:
    assert [found for _, found in readings(text)] == [marked]


@pytest.mark.parametrize(
    "text",
    [
        "> The engineer forgot to page.",
        "`the engineer forgot to page`",
        "```\nThe engineer forgot to page.\n```\n",
        'One said: "The engineer forgot to page."',
        "<!-- The engineer forgot to page. -->",
        "See https://example.com/human-error.html for more.",
        "# negligence",
        "Die Ursache war ein human error in der Schicht, und der Engineer hat das nicht bemerkt.",
        "L'astreinte n'a pas vu le human error dans les journaux de la base, qui est sur une autre page.",
        "",
    ],
)
def test_silence_outside_of_prose_and_of_english(text: str) -> None:
    assert readings(text) == []


def test_among_causes_grave_words_are_errors() -> None:
    here, cause = _read("The engineer forgot to page.\n\n## Root causes\n\nThe engineer forgot to page.\n")
    assert (here.severity, cause.severity) == (Severity.WARNING, Severity.ERROR)


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("We forgot to page.", Severity.NOTE),
        ("I forgot to page.", Severity.NOTE),
        ("The page was forgotten.", Severity.NOTE),
        ("The team should have paged.", Severity.WARNING),
    ],
)
def test_we_and_hidden_people_weigh_less(text: str, severity: Severity) -> None:
    assert [one.severity for one in _read(text)] == [severity]


def test_of_several_readings_the_gravest_is_kept() -> None:
    text = "Priya simply forgot to page, was careless and should have known better, and human error was the cause."
    assert len(readings(text)) == 1
    assert readings("The engineer obviously should have checked.") == [("counterfactual", "should have checked")]


def test_people_are_learned_from_the_document() -> None:
    body = "Xanthippe dropped the wrong table.\n"
    assert "named-person" not in dict(readings(body))
    assert "named-person" in dict(readings(f"Participants: Xanthippe, Hesperia\n\n{body}"))


def test_only_sentences_that_can_blame_are_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[str] = []
    real = prose_module.tokens
    monkeypatch.setattr(
        prose_module, "tokens", lambda mask, span: parsed.append(mask[span.start : span.end]) or real(mask, span)
    )
    _read("The pool ran out. The engineer forgot to page. Checkout failed for nine minutes.\n\nNothing else.\n")
    assert parsed == ["The engineer forgot to page."]


def test_lowering_keeps_the_length() -> None:
    assert lowered("İSTANBUL Straße ÄÉ") == "İstanbul straße äé"
    assert len(lowered("İ" * 9)) == 9
