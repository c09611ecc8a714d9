"""Words added to an act → the verb they belong to, and who did it."""

from __future__ import annotations

import pytest

from coe.language.act import agent_at, is_verb, verb_after, verb_before
from coe.language.prose import read_prose
from coe.language.reading import Reading
from coe.parse.document import parse
from coe.read import Source


def said(text: str) -> list[str]:
    """Return the words of a text."""
    return text.split()


def reading(text: str) -> Reading | None:
    """Return what is read in one sentence."""
    return next(iter(read_prose(parse(Source("notes.md", text))).readings), None)


@pytest.mark.parametrize(
    ("text", "added", "verb"),
    [
        ("an engineer deleted the volume by mistake .", "by", "deleted"),
        ("an engineer deleted the affected hosts by mistake .", "by", "deleted"),
        ("we were reading the wrong graph .", "wrong", "reading"),
        ("the rule that we saw ; by mistake .", "by", None),
    ],
)
def test_the_nearest_verb_before_is_taken(text: str, added: str, verb: str | None) -> None:
    words = (*text.split(), "$")
    found = verb_before(words, words.index(added))
    assert (words[found] if found is not None else None) == verb


def test_the_first_verb_behind_is_taken() -> None:
    words = said("by mistake , the clerk who closed it sent two letters . $")
    assert verb_after(words, 1) is None  # «who» opens another clause
    words = said("by mistake , the clerk sent two letters . $")
    assert verb_after(words, 1) == words.index("sent")


def test_an_adjective_is_no_act() -> None:
    words = said("the deleted host was restored")
    assert not is_verb(words, 1)
    assert is_verb(words, 4)


def test_a_manner_is_no_agent() -> None:
    words = said("it was dropped by mistake by an admin . $")
    assert agent_at(words, 2) == words.index("an")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("An engineer ran the job against the wrong cluster.", "ran the job against the wrong"),
        ("By mistake, the clerk closed the account.", "By mistake"),
        ("The volume was dropped by an admin by mistake.", "dropped by an admin by mistake"),
        ("Picked the wrong region in the form.", "Picked the wrong"),
        ("The wrong image was tagged by a developer.", "wrong image was tagged by a developer"),
    ],
)
def test_an_act_of_people_is_read(text: str, said: str) -> None:
    found = reading(text)
    assert found is not None
    assert (found.category, found.words) == ("person-as-cause", said)


@pytest.mark.parametrize(
    "text",
    [
        "The job ran against the wrong cluster.",
        "The volume was dropped by mistake.",
        "An engineer saw that the wrong cluster was drained.",
        "An engineer found the wrong name in the map.",
        "The wrong rule was removed by an engineer.",
        "We deployed the patch and the wrong rows were read.",
        "If an engineer picks the wrong region, the form asks again.",
        "An engineer could pick the wrong region.",
        "Did an engineer pick the wrong region?",
        "The operator pulled the card twice, as the manual says.",
        "We ask whether an operator error is a cause.",
        "Human mistakes are inevitable.",
        "Human error is a starting point.",
    ],
)
def test_systems_cures_and_suppositions_are_not(text: str) -> None:
    assert reading(text) is None
