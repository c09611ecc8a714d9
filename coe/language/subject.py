"""A noun phrase → who it speaks of; its head decides: «the operator» is a person, «the operator pod» is not."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from typing import NamedTuple

from coe.language.lexicon import every_word, group, open_group
from coe.language.token import Token


class Kind(enum.Enum):
    """Who a subject is, as far as blame goes."""

    SELF = "I"
    WE = "we"
    NAMED = "a named person"
    PERSON = "a person or role"
    NOBODY = "nobody"
    TEAM = "a team"
    USER = "users"
    THEY = "they"
    IMPLIED = "dropped, as in notes"
    PROPER = "a name of something"
    THING = "anything else"

    @property
    def is_people(self) -> bool:
        """Say whether it is people for certain."""
        return self in _PEOPLE

    @property
    def may_be_people(self) -> bool:
        """Say whether it is people when the verb is one that only people can have."""
        return self is not Kind.THING


_PEOPLE = frozenset({Kind.SELF, Kind.WE, Kind.NAMED, Kind.PERSON, Kind.NOBODY, Kind.TEAM})


class Subject(NamedTuple):
    """Who or what a clause is about: the kind, and its tokens `first` to `last`; a dropped subject has none."""

    kind: Kind
    first: int = 0
    last: int = -1


THING = Subject(Kind.THING)
IMPLIED = Subject(Kind.IMPLIED)
PRONOUNS = {
    "i": Kind.SELF, "we": Kind.WE, "he": Kind.PERSON, "she": Kind.PERSON, "they": Kind.THEY, "nobody": Kind.NOBODY,
    "no-one": Kind.NOBODY, "noone": Kind.NOBODY, "no one": Kind.NOBODY, "us": Kind.WE, "whoever": Kind.PERSON,
}  # fmt: skip
OBJECTS = {"me": Kind.SELF, "us": Kind.WE, "him": Kind.PERSON, "her": Kind.PERSON, "myself": Kind.SELF, "ourselves": Kind.WE}


def classify(tokens: Sequence[Token], first: int, last: int) -> Subject:
    """Return the subject that the noun phrase of tokens `first` to `last` is."""
    kind = _kind(tokens, first, last)
    return Subject(kind, first, last)


def _kind(tokens: Sequence[Token], first: int, last: int) -> Kind:
    words = [token.word for token in tokens[first : last + 1]]
    while words and _is_before(words):
        words, first = words[1:], first + 1
    if not words:
        return Kind.THING
    if len(words) > 1 and len(words[-1]) == 1 and tokens[last].text.isupper():
        words, last = words[:-1], last - 1  # «operator B»
    if words[0] in PRONOUNS and len(words) > 1 and words[1] not in group("preposition"):
        return PRONOUNS[words[0]]  # what follows belongs to the verb: «we need to»
    if words[1:3] in (["member", "of"], ["members", "of"]) and _names_team(words[3:]):
        return Kind.PERSON  # «a member of the database group»
    if "of" in words[1:4] and words[words.index("of") - 1] in group("part"):
        inner = words.index("of") + 1
        whole = _kind(tokens, first + inner, last)
        return Kind.NOBODY if whole.is_people and words[0] in ("none", "neither") else whole
    if words[0] in ("those", "everyone", "anyone") and words[1:2] and words[1] in group("behind_those"):
        return Kind.PERSON
    head = _head(words)
    while head and (words[head] in group("behind_head") or _is_mark(words, head)):
        head -= 1  # «everyone involved», «the reviewers themselves», «team B»
    return _kind_of_head(tokens[first + head], words[:head], is_first=first + head == 0)


def _is_mark(words: list[str], at: int) -> bool:
    """Say whether a letter or a number tells one person or team from another: «engineer A», «operator 2»."""
    if len(words[at]) > 1 and not words[at].isdigit():
        return False
    return any(words[at - 1] in group(name) for name in ("person", "team", "maybe_person"))


def _names_team(words: list[str]) -> bool:
    return any(word in group("team") or word in group("person") or word == "group" for word in words[:6])


def _is_before(words: list[str]) -> bool:
    """Say whether a noun phrase begins behind its first word: an adverb, a mark, or the year of a date."""
    first = words[0]
    return first in open_group("adverb") or first in (":", "-", "(") or (first[0].isdigit() and len(words) > 2)


def _head(words: list[str]) -> int:
    """Return the index of the head: the last word before what is added behind it."""
    for index, word in enumerate(words):
        if index and (word in group("preposition") or word in (",", "(", "-", "/") or word in group("relative")):
            return index - 1
        if index and word in open_group("ing") and words[index - 1] in group("human") and index + 1 < len(words):
            return index - 1  # «the developer creating the request»
    return len(words) - 1


def _kind_of_head(head: Token, before: list[str], *, is_first: bool) -> Kind:
    word = head.word
    if not before and word in PRONOUNS:
        return PRONOUNS[word]
    if word == "'s" or word in group("attacker") or any(other in group("attacker") for other in before[-2:]):
        return Kind.THING
    if "@" in word[:1] or ("@" in word and "." in word):
        return Kind.NAMED
    if word in group("person") or word.rpartition("-")[2] in group("person"):
        return Kind.NOBODY if before[:1] == ["no"] else Kind.PERSON
    if word in group("maybe_person") and _is_human(head, before):
        return Kind.PERSON
    if word in group("trade") and before and before[-1] in group("trade_modifier"):
        return Kind.PERSON
    if word in group("team") or head.text == "IT":
        return Kind.TEAM
    if word in group("user"):
        return Kind.USER
    if head.text[:1].isupper() and word in group("given_name"):
        return Kind.NAMED
    if head.text[:1].isupper() and before and before[-1] in group("given_name"):
        return Kind.NAMED
    if head.text[:1].isupper() and before and (before[-1] in group("team") or word in group("firm_ending")):
        return Kind.TEAM  # «the payment company Exemplar», «Exemplar Ltd»
    is_name = head.text[:1].isupper() and (not is_first or not head.text[1:].islower() or _is_no_word(word))
    return Kind.PROPER if is_name and not before else Kind.THING


def _is_no_word(word: str) -> bool:
    """Say whether a word at the start of a sentence is rather a name: no word that we know, and none in the plural."""
    is_known = word in every_word() or word in group("program")
    return word.isalpha() and not is_known and not word.endswith(("s", "ing", "ed", "ly", "ion", "ment", "ity"))


def _is_human(head: Token, before: list[str]) -> bool:
    """Say whether an operator, manager or member is one of people, by the words before it."""
    words = [word for word in before if word not in group("determiner") and word not in ("'s", "and", "of")]
    if any(word in group("technical") for word in words):
        return False
    if head.word in group("modified_person"):
        return bool(words) and words[-1] in group("human_modifier")
    if not words:
        return bool(before) or head.word.endswith("s")
    return words[-1] in group("human_modifier")
