"""Sentence → the house phrases in it, all of them, wherever the repository's own patterns match."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from coe.language.clause import clause_at
from coe.language.house import HousePhrase
from coe.language.lexicon import open_group
from coe.language.pattern import Variant, variants
from coe.language.phrase import END
from coe.language.subject import Kind
from coe.language.token import Token
from coe.language.trigger import plain_words
from coe.language.verb import is_auxiliary
from coe.text import Span

_WINDOW = 50  # tokens before a phrase among which its subject is looked for
_STOPS = frozenset({";", ":", "because", "when", "if", "while"})


class Said(NamedTuple):
    """That a sentence holds a house phrase."""

    phrase: HousePhrase
    span: Span


class Vocabulary(NamedTuple):
    """House phrases by the words that give them away.

    `seen` are those words as a look from afar sees them, `unseen` the ones that have no plain letter.
    """

    by_key: dict[str, tuple[tuple[HousePhrase, Variant], ...]]
    seen: frozenset[str]
    unseen: tuple[str, ...]

    def may_hold(self, words: Sequence[str], low: str, span: Span) -> bool:
        """Say whether a stretch of a lowered text, with its plain words, can hold a phrase."""
        return not self.seen.isdisjoint(words) or any(low.find(key, span.start, span.end) >= 0 for key in self.unseen)


@lru_cache(maxsize=8)
def vocabulary(phrases: tuple[HousePhrase, ...]) -> Vocabulary:
    """Return the vocabulary of a house.

    Errors: `PatternError` for a pattern that cannot be read.
    """
    by_key: dict[str, list[tuple[HousePhrase, Variant]]] = {}
    for phrase in phrases:
        for variant in variants(phrase.pattern):
            for key in variant.keys:
                by_key.setdefault(key, []).append((phrase, variant))
    plain = {key: plain_words(key) for key in by_key}
    return Vocabulary(
        {key: tuple(some) for key, some in by_key.items()},
        frozenset(word for words in plain.values() for word in words),
        tuple(key for key, words in plain.items() if not words),
    )


def said(sentence: tuple[Token, ...], known: Vocabulary) -> list[Said]:
    """Return every house phrase of a sentence; one phrase never overlaps itself, different ones may."""
    words = (*(token.word for token in sentence), END)
    dead: dict[int, set[tuple[int, int]]] = {}
    covered: dict[int, int] = {}
    found: list[Said] = []
    for key, word in enumerate(words):
        for phrase, variant in known.by_key.get(word, ()):
            free = covered.get(id(phrase), 0)
            place = _place(variant, words, key, dead.setdefault(id(variant), set())) if key >= free else None
            if place and place[0] >= free and _has_subject(phrase, variant, sentence, place):
                covered[id(phrase)] = place[1]
                found.append(Said(phrase, Span(sentence[place[0]].start, sentence[place[1] - 1].end)))
    return found


def _place(variant: Variant, words: Sequence[str], key: int, dead: set[tuple[int, int]]) -> tuple[int, int] | None:
    """Return the first word and the end of what a pattern covers around its key: the nearest, with what may stand before."""
    for first in range(key, max(-1, key - variant.reach - 1), -1):
        end = variant.ends(words, first, dead)
        if end is not None and key < end:
            leading = range(max(0, first - variant.leading), first)
            return next((at for at in leading if variant.ends(words, at, dead) == end), first), end
    return None


def _has_subject(phrase: HousePhrase, variant: Variant, sentence: tuple[Token, ...], place: tuple[int, int]) -> bool:
    """Say whether the words speak of whom the phrase is about."""
    if phrase.subject == "any":
        return True
    start = max(0, place[0] - _WINDOW)
    tokens, first, end = sentence[start : place[1]], place[0] - start, place[1] - start
    verb = next((at for at in range(first, end) if tokens[at].word in variant.verbs or _is_verb(tokens[at].word)), None)
    if verb is not None:
        kind = clause_at(tokens, verb).subject.kind
        return _is_human(kind) or kind is Kind.IMPLIED
    return _is_human(clause_at(tokens, first).subject.kind) or _is_object_of_people(tokens, first)


def _is_object_of_people(tokens: Sequence[Token], first: int) -> bool:
    """Say whether the verb before the words has people as its subject: «the engineers opened a war room»."""
    for at in range(first - 1, -1, -1):
        if tokens[at].word in _STOPS:
            return False
        if _is_verb(tokens[at].word):
            return _is_human(clause_at(tokens, at).subject.kind)
    return False


def _is_verb(word: str) -> bool:
    return word != "'s" and (is_auxiliary(word) or word in open_group("past"))


def _is_human(kind: Kind) -> bool:
    return kind.is_people or kind in (Kind.USER, Kind.THEY)
