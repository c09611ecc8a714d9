"""Sentence → what its main clause says that somebody did; nothing when it speaks of a thing, a state or a possibility."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import NamedTuple

from coe.language.clause import Clause, clause_at
from coe.language.lexicon import group, open_group
from coe.language.subject import PRONOUNS, Kind
from coe.language.token import Token
from coe.language.verb import is_auxiliary
from coe.text import Span

_PARTS = frozenset({"member", "members", "those", "everyone", "anyone"})
"""Words with which others are said to be people: «a member of the team», «those on call»."""
_PERSONS = frozenset({Kind.PERSON, Kind.NAMED, Kind.SELF})
_MAX_TOKENS = 200  # who acts is said before


class Act(NamedTuple):
    """An act of somebody: the clause, where its verb stands, and the words of the sentence."""

    clause: Clause
    verb: int
    tokens: tuple[Token, ...]

    @property
    def doer(self) -> Span:
        """Return the place of the words for whoever did it."""
        subject = self.clause.subject
        return Span(self.tokens[subject.first].start, self.tokens[subject.last].end)

    @property
    def is_bare(self) -> bool:
        """Say whether the sentence tells the act alone: no reason, no circumstance with a clause of its own."""
        return not any(token.word in group("reason") or token.word in group("opener") for token in self.tokens[self.verb :])


def may_tell_act(words: Collection[str]) -> bool:
    """Say from afar whether a sentence can tell an act of a person, by its plain words; names are none of them."""
    return not _people().isdisjoint(words) or any("-" in word and word.rpartition("-")[2] in _people() for word in words)


@cache
def _people() -> frozenset[str]:
    groups = ("person", "maybe_person", "trade", "given_name")
    return frozenset().union(PRONOUNS, _PARTS, *map(group, groups))


def act_of(sentence: tuple[Token, ...], *, kinds: frozenset[Kind] = _PERSONS) -> Act | None:
    """Return the act of one of `kinds` that the main clause of a sentence tells, absent when it tells none."""
    found = sentence[:_MAX_TOKENS]
    for index, token in enumerate(found):
        if index == 0 or not (is_auxiliary(token.word) or token.word in open_group("past")):
            continue
        verb = _verb(found, index)
        clause = clause_at(found, verb)
        if clause.subject.kind is not Kind.IMPLIED:
            is_act = clause.subject.kind in kinds and not clause.is_passive and not clause.modal and not clause.opener
            return Act(clause, verb, found) if is_act and not _is_held(found, index) else None
    return None


def _verb(found: tuple[Token, ...], index: int) -> int:
    """Return where the verb stands that an auxiliary at `index` belongs to, or the index itself."""
    at = index
    while at + 1 < len(found) and (is_auxiliary(found[at + 1].word) or found[at + 1].word in open_group("adverb")):
        at += 1
    follows = found[at + 1].word if at + 1 < len(found) else ""
    return at + 1 if follows in open_group("participle") or follows in open_group("past") else at


def _is_held(found: tuple[Token, ...], index: int) -> bool:
    """Say whether a form of to have or to be is the verb itself: what somebody had or was is no act."""
    word = found[index].word
    return (word in group("have") or word in group("be")) and _verb(found, index) == index
