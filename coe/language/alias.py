"""Persons and the names of things → the words by which a sentence knows them, and what each of them takes to be believed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from coe.language.lexicon import every_word, group
from coe.language.naming import is_common
from coe.language.people import Alias, Level, People
from coe.language.person import PARTICLES, Person, folded, parts
from coe.parse.prose import OPAQUE

_SHORTEST = 2  # letters of a name that stands alone
_TEAM = "team"


@lru_cache(maxsize=8)
def people(persons: tuple[Person, ...], teams: frozenset[str] = frozenset(), things: frozenset[str] = frozenset()) -> People:
    """Return the people of a repository; names of its teams, services and products go before names of people."""
    aliases = list(dict.fromkeys(alias for person in persons for alias in _aliases(person)))
    words = frozenset(word for alias in aliases for word in alias.words) | group("given_name")
    return People((*_things(teams, words, _TEAM), *_things(things, words, OPAQUE), *aliases))


def people_besides(parent: People, persons: Iterable[Person]) -> People:
    """Return the people of a repository and those whom one document names."""
    more = [alias for person in persons for alias in _besides(parent, person) if not parent.is_thing(alias.words)]
    return People(dict.fromkeys(more), parent=parent) if more else parent


def _besides(parent: People, person: Person) -> Iterator[Alias]:
    """Yield what a document adds: for somebody whom the repository knows, initials and handles only."""
    known = next((found for name in person.names if (found := parent.known(name))), None)
    for alias in _aliases(person._replace(names=()) if known else person):
        yield alias._replace(person=known or person)


def _things(names: Iterable[str], words: frozenset[str], instead: str) -> Iterator[Alias]:
    """Yield names of things that could be taken for people: they share a word with them, or are written as handles."""
    for name in names:
        for way in parts(name):
            if not words.isdisjoint(way):
                yield Alias(way, Level.ALWAYS, None, instead)
        for way in parts(f"@{name}") if instead == _TEAM and " " not in name else ():
            yield Alias(way, Level.ALWAYS, None, instead, any_case=True)


def _aliases(person: Person) -> Iterator[Alias]:
    for name in person.names:
        yield from _of_name(name, person)
    for handle in person.handles:
        yield from _of_handle(handle.removeprefix("@"), person)
    for address in person.emails:
        yield Alias((folded(address),), Level.ALWAYS, person, any_case=True)
    for letters in person.initials:
        yield Alias((letters.lower(),), Level.INITIALS, person)


def _of_name(name: str, person: Person) -> Iterator[Alias]:
    for way in parts(name):
        if "@" in way[0]:
            yield Alias(way, Level.ALWAYS, person, any_case=True)
            continue
        if len(way) > 1:
            yield Alias(way, Level.ALWAYS, person)
        start = next((at for at in range(1, len(way)) if way[at] in PARTICLES), len(way) - 1)
        if len(way) - start > 1:
            yield Alias(way[start:], Level.ALWAYS, person)
        for word in dict.fromkeys((way[0], way[-1])):
            if (level := _alone(word, person)) is not None:
                yield Alias((word,), level, person, is_given=word == way[0])


def _alone(word: str, person: Person) -> Level | None:
    """Return what a given or family name takes when it stands alone; absent when it may not."""
    if len(word) < _SHORTEST or not word[0].isalpha() or is_common(word):
        return None
    if word in group("name_product"):
        return Level.HUMAN
    if word in group("name_word") or word in every_word():
        return Level.ACTS
    if word in group("given_name") or person.is_listed:
        return Level.CAPITAL
    return Level.ACTS


def _of_handle(handle: str, person: Person) -> Iterator[Alias]:
    for way in parts(f"@{handle}"):
        yield Alias(way, Level.ALWAYS, person, any_case=True)
    for way in parts(handle):
        if len(way) > 1:
            yield Alias(way, Level.ALWAYS, person, any_case=True)
        elif way[0] not in group("mailbox") and not is_common(way[0]):
            is_word = way[0] in every_word() or way[0] in group("name_word") or way[0] in group("name_product")
            is_odd = not way[0].isalpha() or (person.is_listed and not is_word and way[0] not in group("given_name"))
            yield Alias(way, Level.ACTS if is_odd else Level.HUMAN, person, any_case=True)
