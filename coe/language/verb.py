"""Where the verbs of a sentence are, and which words belong to one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from coe.language.lexicon import group, open_group
from coe.language.token import Token


class VerbGroup(NamedTuple):
    """Where the auxiliaries and adverbs before a verb start, and which they are."""

    first: int
    words: tuple[str, ...]


def verb_group(tokens: Sequence[Token], verb: int) -> VerbGroup:
    """Return the group of words that ends before a verb."""
    first = verb
    while first > 0:
        word = tokens[first - 1].word
        asks = word in group("asking") and tokens[first].word == "to"
        if word == "since" and first > 1 and tokens[first - 2].word in group("have"):
            first -= 1
            continue
        if not (is_auxiliary(word) or word in open_group("adverb") or word == "to" or asks):
            break
        if word == "'s" and not _is_short(tokens, first - 1):
            break
        first -= 1
    return VerbGroup(first, tuple(token.word for token in tokens[first:verb]))


def is_auxiliary(word: str) -> bool:
    """Say whether a word is a form of be, have or do, or a modal."""
    return word in group("be") or word in group("have") or word in group("do") or word in group("modal")


def is_verb(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a word is a finite verb; a participle behind «the» or «a poorly» is an adjective."""
    word = tokens[at].word
    if is_auxiliary(word):
        return word != "'s" or _is_short(tokens, at)
    if word not in open_group("past") and word not in open_group("participle"):
        return False
    before = at - 1
    while before >= 0 and tokens[before].word in open_group("adverb"):
        before -= 1
    noun = tokens[before].word if before >= 0 else ""
    if noun in group("same_past_noun") or (word in group("behind_those") and noun in group("human")):
        return False
    if noun == "that" and before > 0 and _is_noun(tokens[before - 1].word):
        return True  # «the team that owned it»
    return not (noun in group("determiner") or noun in group("preposition") or noun in ("", ",", "and", "'s"))


def is_present(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a word behind «who» or «that» is a verb in the present: it has an object, «that owns the job»."""
    word, behind = tokens[at].word, tokens[at + 1].word if at + 1 < len(tokens) else ""
    if tokens[at - 1].word == "who":
        return True
    is_object = behind in group("determiner") or behind in ("it", "them", "us", "him", "her")
    return is_object and not (word in group("determiner") or word in group("human") or word in group("pronoun"))


def _is_noun(word: str) -> bool:
    """Say whether a word may be one: nothing says that it is something else."""
    closed = ("preposition", "coordinator", "opener", "determiner", "speaking")
    return word.isalpha() and not is_auxiliary(word) and not any(word in group(name) for name in closed) and (
        word not in open_group("past") and word not in open_group("adverb")
    )  # fmt: skip


def _is_short(tokens: Sequence[Token], at: int) -> bool:
    """Say whether `'s` is short for is or has: behind a pronoun it is, behind a noun it shows an owner."""
    return at > 0 and tokens[at - 1].word in group("pronoun_before_s")
