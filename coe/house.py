"""Corpus → House: what its configuration, its catalog and its history add to the language."""

from __future__ import annotations

from coe.corpus import Corpus
from coe.diagnostic import Severity
from coe.language.house import House, HousePhrase


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


def _people(corpus: Corpus) -> dict[str, str]:
    """Return the people of the catalog by every name that they have, with the role that stands for them."""
    catalog = corpus.catalog
    if catalog is None:
        return {}
    roles = {role.id: role.name for role in catalog.roles}
    found: dict[str, str] = {}
    for person in catalog.people:
        role = roles.get(person.role or "", "")
        names = (*person.names, *(f"@{handle}" for handle in person.handles), *person.emails)
        found.update({name.lower(): role for name in names})
    return found
