"""Persons → People: by which words each is known, and where a sentence speaks of them."""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from coe.language.naming import acts, can_follow_given, is_given, is_human_act, is_initials_place, is_place_or_date
from coe.language.person import PARTICLES, Person, folded, parts
from coe.language.token import Token

_PLAIN_START = re.compile(r"[a-z]+(?:-[a-z]+)*")


class Level(enum.IntEnum):
    """What it takes for words to be a person."""

    ALWAYS = 0
    CAPITAL = 1
    ACTS = 2
    HUMAN = 3
    INITIALS = 4


class Alias(NamedTuple):
    """Words that stand for a person, or for a thing that goes before people; then `instead` is the word of that thing."""

    words: tuple[str, ...]
    level: Level
    person: Person | None
    instead: str = ""
    is_given: bool = False
    any_case: bool = False


class Mention(NamedTuple):
    """That tokens `first` to `last` of a sentence are a person, or a thing of that name; an unknown one is nobody's."""

    first: int
    last: int
    person: Person | None
    is_thing: bool = False


class People:
    """The people of a repository or, with its own `parent`, those whom one document names besides."""

    def __init__(self, aliases: Iterable[Alias] = (), *, parent: People | None = None) -> None:
        self.parent = parent
        self._by_first: dict[str, list[Alias]] = {}
        for alias in aliases:
            self._by_first.setdefault(alias.words[0], []).append(alias)
        self._tables: tuple[dict[str, list[Alias]], ...] = (*(parent.tables if parent else ()), self._by_first)

    @property
    def tables(self) -> tuple[dict[str, list[Alias]], ...]:
        """Return the names by their first words: those of the repository, then those of the document."""
        return self._tables

    def may_be_among(self, words: frozenset[str]) -> bool:
        """Say whether some of the plain words of a passage can begin a name; accents, marks and digits are not seen."""
        return not words.isdisjoint(self._starts) or (self.parent is not None and self.parent.may_be_among(words))

    @cached_property
    def _starts(self) -> frozenset[str]:
        found = (_PLAIN_START.match(word) for word in self._by_first)
        return frozenset(match.group() for match in found if match)

    def known(self, name: str) -> Person | None:
        """Return the person of whom a text as a whole is the name, the handle or the address."""
        for way in parts(name):
            exact = [alias for alias in self.at(way[0]) if alias.words == way and _is_certain(alias)]
            if exact:
                return None if any(alias.instead for alias in exact) else _one(exact)
        return None

    def is_thing(self, words: tuple[str, ...]) -> bool:
        """Say whether words are a name of a team, a service or a product."""
        return any(alias.instead and alias.words == words for alias in self.at(words[0]))

    def apart(self, tokens: tuple[Token, ...]) -> tuple[Token, ...]:
        """Return the tokens of a sentence with «Anna/Will» as three of them; else what a stroke joins is one thing."""
        if not any(["/" in token.text for token in tokens]):  # noqa: C419 (a list is faster here)
            return tokens
        return tuple(part for token in tokens for part in (self._strokes(token) if "/" in token.text[1:] else (token,)))

    def _strokes(self, token: Token) -> Iterator[Token]:
        words = token.text.split("/")
        if not (
            all(word[:1].isupper() for word in words) and any(self.at(folded(word)) or is_given(folded(word)) for word in words)
        ):
            yield token
            return
        at = token.start
        for place, word in enumerate(words):
            if place:
                yield Token("/", "/", at - 1, at)
            yield Token(word.lower(), word, at, at + len(word))
            at += len(word) + 1

    def mentions(self, tokens: Sequence[Token], is_small: Callable[[str], bool]) -> Iterator[Mention]:
        """Yield the people, and the things of such names, that a sentence speaks of.

        `is_small` says whether the document writes a word with a small letter too.
        """
        return (Mention(first, last, alias.person, bool(alias.instead)) for first, last, alias in self._found(tokens, is_small))

    def joined(self, tokens: tuple[Token, ...], is_small: Callable[[str], bool]) -> tuple[Token, ...]:
        """Return the tokens of a sentence with each person as one token that is read as a handle is."""
        out: list[Token] = []
        at = 0
        for first, last, alias in self._found(tokens, is_small):
            out += tokens[at:first]
            text = " ".join(token.text for token in tokens[first : last + 1])
            word = alias.instead or "@" + "-".join(alias.words).lstrip("@")
            out.append(Token(word, text, tokens[first].start, tokens[last].end))
            at = last + 1
        joined = (*out, *tokens[at:]) if out else tokens
        if not any([_is_double(token) for token in joined]):  # noqa: C419 (a list is faster here)
            return joined
        return tuple(token._replace(word=f"@{token.word}") if _is_double(token) else token for token in joined)

    def at(self, word: str) -> Sequence[Alias]:
        """Return the names that begin with a word."""
        return [alias for table in self._tables for alias in table.get(word, ())]

    def _found(self, tokens: Sequence[Token], is_small: Callable[[str], bool]) -> Iterator[tuple[int, int, Alias]]:
        words = [token.word if token.word.isascii() else folded(token.word) for token in tokens]
        if all(table.keys().isdisjoint(words) for table in self._tables):
            return
        at = 0
        while at < len(words):
            alias = self._best(tokens, words, at, is_small)
            if alias is None:
                at += 1
                continue
            last = at + len(alias.words) - 1
            if alias.is_given and can_follow_given(tokens, last):
                last += 1  # «Anna Smith» is another person than the Anna of the list
                alias = alias._replace(person=None)
            yield at, last, alias
            at = last + 1

    def _best(self, tokens: Sequence[Token], words: list[str], at: int, is_small: Callable[[str], bool]) -> Alias | None:
        """Return what most of the words from a place on are the name of; a thing goes before a person."""
        found = [alias for alias in self.at(words[at]) if tuple(words[at : at + len(alias.words)]) == alias.words]
        if not found:
            return None
        length = max(len(alias.words) for alias in found)
        best = [alias for alias in found if len(alias.words) == length]
        for alias in best:
            if alias.instead:
                return alias if alias.any_case or _has_capitals(tokens[at : at + length]) else None
        fit = [alias for alias in best if _fits(alias, tokens, at, is_small)]
        return fit[0]._replace(person=_one(fit)) if fit else None


def _fits(alias: Alias, tokens: Sequence[Token], first: int, is_small: Callable[[str], bool]) -> bool:
    last = first + len(alias.words) - 1
    if not (alias.any_case or _has_capitals(tokens[first : last + 1])):
        return False
    if alias.level is Level.INITIALS:
        return tokens[first].text.isupper() and is_initials_place(tokens, first)
    if alias.level is Level.HUMAN:
        return is_human_act(tokens, first, last)
    if alias.level is Level.ACTS and not _is_listed(alias) and is_small(tokens[first].text):
        return is_human_act(tokens, first, last)
    if alias.level is Level.ACTS or (
        alias.level is Level.CAPITAL and is_small(tokens[first].text) and not is_given(alias.words[0])
    ):
        return acts(tokens, first, last, anywhere=alias.any_case)
    return alias.level is Level.ALWAYS or not is_place_or_date(tokens, first)


def _is_double(token: Token) -> bool:
    return "-" in token.word and token.is_capital and is_given(token.word)


def _is_listed(alias: Alias) -> bool:
    return alias.person is not None and alias.person.is_listed


def _is_certain(alias: Alias) -> bool:
    """Say whether words alone, without a sentence around them, are this person or thing."""
    return bool(alias.instead) or alias.level is Level.ALWAYS or alias.any_case or _is_listed(alias)


def _has_capitals(some: Sequence[Token]) -> bool:
    """Say whether words are written as a name is; in scripts without capitals all are."""
    opens = not some[0].text[0].islower() or some[0].word in PARTICLES
    return opens and (len(some) == 1 or not all(token.text[0].islower() for token in some[1:]))


def _one(found: Sequence[Alias]) -> Person | None:
    """Return the person that all of some aliases mean; when they are several, somebody with the role that all of them have."""
    persons = {alias.person for alias in found if alias.person}
    if len(persons) == 1:
        return next(iter(persons))
    roles = {(person.role, person.reference) for person in persons}
    role, reference = next(iter(roles)) if len(roles) == 1 else ("", "")
    return Person(role=role, reference=reference) if persons else None
