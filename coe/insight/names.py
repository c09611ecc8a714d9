"""Names for people of what documents refer to by id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from coe.corpus import Corpus


@dataclass(frozen=True, slots=True)
class Names:
    """Names of teams, services and roles; an id that the catalog does not know is its own name."""

    teams: Mapping[str, str]
    services: Mapping[str, str]
    roles: Mapping[str, str]

    def team(self, name: str | None) -> str:
        """Return the name of a team."""
        return self.teams.get(name, name) if name else "No team"

    def service(self, name: str) -> str:
        """Return the name of a service."""
        return self.services.get(name, name)

    def holder(self, reference: str | None) -> str | None:
        """Return the name of a role or team that a reference such as `role:service-owner` means."""
        if reference is None:
            return None
        role = reference.removeprefix("role:")
        return self.teams.get(role, role) if role == reference else self.roles.get(role, role)


def names(corpus: Corpus) -> Names:
    """Return the names in the catalog of a corpus."""
    if corpus.catalog is None:
        return Names({}, {}, {})
    return Names(
        {team.id: team.name for team in corpus.catalog.teams},
        {service.id: service.name for service in corpus.catalog.services},
        {role.id: role.name for role in corpus.catalog.roles},
    )
