"""Corpus → House: what its configuration, its catalog and its history add to the language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from coe.corpus import Author, Corpus
from coe.diagnostic import Severity
from coe.language.alias import people
from coe.language.house import House, HousePhrase
from coe.language.lexicon import group
from coe.language.naming import is_common
from coe.language.people import People
from coe.language.person import Person, folded
from coe.model.organization import Catalog


def house_of(corpus: Corpus) -> House:
    """Return the language of the repository that a corpus stands for."""
    lint = corpus.repository.config.lint
    return House(
        people=_people(corpus),
        roles_only=lint.names == "roles-only",
        phrases=tuple(
            HousePhrase(one.pattern, one.message, one.suggestion, Severity.of(one.severity), one.subject) for one in lint.phrase
        ),
        accepted=tuple(term.lower() for term in lint.accept),
    )


def _people(corpus: Corpus) -> People:
    """Return the people of the catalog and of the history; what the catalog says of somebody holds."""
    catalog = corpus.catalog
    listed = list(_listed(catalog)) if catalog else []
    persons = _with_history(listed, corpus.authors)
    teams = [(team.id, team.name) for team in catalog.teams] if catalog else []
    services = [(service.id, service.name) for service in catalog.services] if catalog else []
    accepted = corpus.repository.config.lint.accept
    return people(
        persons,
        frozenset(name for names in teams for name in names),
        frozenset((*(name for names in services for name in names), *accepted)),
    )


def _listed(catalog: Catalog) -> Iterator[Person]:
    """Yield the people of a catalog with the role that stands for them."""
    roles = {role.id: role.name for role in catalog.roles}
    for person in catalog.people:
        role = person.role if person.role in roles else None
        yield Person(
            names=person.names,
            handles=tuple(handle.removeprefix("@") for handle in person.handles),
            emails=person.emails,
            role=roles[role] if role else "",
            reference=f"role:{role}" if role else "",
            is_listed=True,
        )


def _with_history(listed: list[Person], authors: Iterable[Author]) -> tuple[Person, ...]:
    """Return the listed people, each with what the history adds, then those who stand in the history only."""
    persons = list(listed)
    known = {key: at for at in range(len(persons) - 1, -1, -1) for key in _keys(persons[at])}
    for author in authors:
        one = _from_history(author)
        keys = _keys(one)
        at = next((known[key] for key in keys if key in known), len(persons))
        if at == len(persons):
            persons.append(one)
        else:
            persons[at] = _both(persons[at], one)
        for key in keys:
            known.setdefault(key, at)
    return tuple(persons)


def _from_history(author: Author) -> Person:
    """Return who an author is; a name of one word in small letters is a handle, one of a team or a machine is left out."""
    words = folded(author.name).split()
    is_plain = bool(words) and not any(is_common(word) or word in group("mailbox") for word in words)
    is_handle = is_plain and len(words) == 1 and author.name == author.name.lower()
    handles = (author.handle, author.name if is_handle else "")
    return Person(
        names=(author.name,) if is_plain and not is_handle else (),
        handles=tuple(
            handle for handle in handles if handle and handle.lower() not in group("mailbox") and not is_common(handle)
        ),
        emails=(author.email,) if author.email else (),
    )


def _keys(person: Person) -> tuple[str, ...]:
    """Return what a person has alone: addresses, handles and names of more than one word."""
    names = (folded(name) for name in person.names if " " in name.strip())
    return (*map(folded, person.emails), *(f"@{folded(handle)}" for handle in person.handles), *names)


def _both(person: Person, other: Person) -> Person:
    return person._replace(
        names=tuple(dict.fromkeys((*person.names, *other.names))),
        handles=tuple(dict.fromkeys((*person.handles, *other.handles))),
        emails=tuple(dict.fromkeys((*person.emails, *other.emails))),
    )
