"""The data files: every phrase can be read, every group exists and is used, every category has its rule."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import coe.language
from coe.language import lexicon, phrase
from coe.language.frame import _FRAMES
from coe.language.reading import RANK
from coe.rule import all_rules

HOME = Path(coe.language.__file__).parent
FLAGS = {
    "only", "others", "mild", "past", "dropped", "negated", "timeless", "users", "ought", "actions", "any", "first",
    "firm", "individual", "inverted", "doing", "leading", "nominal", "owned", "trait",
}  # fmt: skip

WITHOUT_PHRASES = {"named-person", "personal-name", "house-phrase", "unread-language"}
"""Rules about who is named, whatever is said of them."""


def test_every_category_has_a_rule_and_a_rank() -> None:
    rules = {rule.name for rule in all_rules() if rule.family == "language"}
    assert rules - WITHOUT_PHRASES == set(RANK) - WITHOUT_PHRASES
    assert {one.category for one in phrase.all_phrases()} == rules - WITHOUT_PHRASES


def test_every_phrase_has_a_known_frame_level_and_flags() -> None:
    for one in phrase.all_phrases():
        assert one.frame in _FRAMES, one
        assert one.level in ("high", "medium", "low"), one
        assert one.flags <= FLAGS, one


def test_a_phrase_is_kept_under_the_words_that_give_it_away() -> None:
    """A line is kept before it is read, by its mark alone: that has to be where the phrase looks."""
    for key in sorted(phrase.keys()):
        assert phrase.phrases(key), key
    for one in phrase.all_phrases():
        assert all(one in phrase.phrases(key) for key in one.keys), one


def test_every_group_is_used() -> None:
    folders = (HOME, HOME.parent / "rules" / "language", HOME.parent / "rules" / "cause")
    code = "".join(file.read_text("utf-8") for folder in folders for file in folder.glob("*.py"))
    data = "".join(file.read_text("utf-8") for folder in ("words", "phrases") for file in (HOME / folder).glob("*.txt"))
    used = set(re.findall(r'"([a-z_]+)"', code)) | set(re.findall(r"<([a-z_]+)[:>]", data))
    assert set(lexicon._read()) <= used


def test_a_phrase_without_a_telling_word_is_refused() -> None:
    with pytest.raises(ValueError, match="gives it away"):
        phrase._phrase("negligence", "people high", "x? forgot")


@pytest.mark.parametrize(
    ("base", "made"),
    [
        ("forget", ("forget", "forgets", "forgot", "forgotten", "forgetting")),
        ("notify", ("notify", "notifies", "notified", "notified", "notifying")),
        ("ignore", ("ignore", "ignores", "ignored", "ignored", "ignoring")),
        ("agree", ("agree", "agrees", "agreed", "agreed", "agreeing")),
        ("push", ("push", "pushes", "pushed", "pushed", "pushing")),
        ("deploy", ("deploy", "deploys", "deployed", "deployed", "deploying")),
    ],
)
def test_forms_of_verbs(base: str, made: tuple[str, ...]) -> None:
    assert tuple(lexicon.forms(base)) == made
