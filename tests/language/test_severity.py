"""How much each category weighs at each place: grave words among causes are errors, elsewhere warnings, of «we» notes."""

from __future__ import annotations

import pytest

from coe.diagnostic import Severity
from coe.language.prose import read_prose
from coe.language.reading import RANK
from coe.parse.document import parse
from coe.read import Source

NOTE, WARNING, ERROR = Severity.NOTE, Severity.WARNING, Severity.ERROR
SAID = {
    "punishment": ("The engineer was reprimanded.", ERROR, WARNING),
    "named-person": ("Sarah accidentally dropped the orders table.", ERROR, WARNING),
    "human-error": ("It was put down to operator error.", ERROR, WARNING),
    "self-blame": ("I forgot to drain the node.", NOTE, NOTE),
    "team-blame": ("The database team ignored our ticket.", WARNING, WARNING),
    "absolutes": ("Nobody checked the backups.", WARNING, WARNING),
    "negligence": ("The engineer forgot to renew the certificate.", ERROR, WARNING),
    "judgement": ("It was a careless change.", ERROR, WARNING),
    "person-as-cause": ("An engineer accidentally deleted the volume.", ERROR, WARNING),
    "counterfactual": ("The engineer should have checked the lag.", WARNING, WARNING),
    "hindsight": ("The on-call simply assumed that it was in step.", WARNING, WARNING),
    "knowledge-deficit": ("The engineer did not know how to restore.", WARNING, WARNING),
    "weak-action": ("Engineers must be more careful with records.", WARNING, WARNING),
    "passive-lapse": ("The expiry date was overlooked.", NOTE, NOTE),
}
"""A sentence of each category, its weight among causes, and elsewhere."""
MILD = {"we": "We forgot to renew the certificate.", "inference": "The engineer wrongly assumed that it was in step."}
FRONT = "---\nid: x\n{}\n---\n"
CAUSES = {
    "root cause": FRONT.format("root_causes:\n  - id: C1\n    statement: {}"),
    "contributing factor": FRONT.format("contributing_factors:\n  - id: C1\n    statement: {}"),
    "leaf of the whys": FRONT.format("five_whys:\n  - why: Why was it gone?\n    because: {}"),
    "section": "## Root cause\n\n{}\n",
    "section below": "## Causes\n\n### In detail\n\n{}\n",
    "label": "Root cause: {}\n",
}
OTHERS = {
    "narrative": "## What happened\n\n{}\n",
    "title of an action item": FRONT.format("action_items:\n  - id: A1\n    title: {}"),
    "timeline": FRONT.format("timeline:\n  - id: E1\n    text: {}"),
    "lesson": "## Lessons\n\n{}\n",
}


def weight(text: str) -> list[tuple[str, Severity]]:
    """Return the categories and severities of what is read in a text."""
    return [(one.category, one.severity) for one in read_prose(parse(Source("notes.md", text))).readings]


def test_every_category_is_here() -> None:
    assert set(SAID) == set(RANK)


@pytest.mark.parametrize("category", SAID)
@pytest.mark.parametrize("place", CAUSES)
def test_among_causes(category: str, place: str) -> None:
    text, among_causes, _ = SAID[category]
    assert weight(CAUSES[place].replace("{}", text)) == [(category, among_causes)]


@pytest.mark.parametrize("category", SAID)
@pytest.mark.parametrize("place", OTHERS)
def test_elsewhere(category: str, place: str) -> None:
    text, _, elsewhere = SAID[category]
    assert weight(OTHERS[place].replace("{}", text)) == [(category, elsewhere)]


@pytest.mark.parametrize("place", [*CAUSES, *OTHERS])
@pytest.mark.parametrize("kind", MILD)
def test_we_and_inferences_are_notes_everywhere(kind: str, place: str) -> None:
    [(_, severity)] = weight((CAUSES | OTHERS)[place].replace("{}", MILD[kind]))
    assert severity is NOTE
