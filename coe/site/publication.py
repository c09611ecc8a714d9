"""Corpus → Publication: what of a repository is published, and what belongs to what."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from coe.corpus import Corpus
from coe.model.actions import ActionItem
from coe.model.coe import Coe
from coe.model.learning import Learning, Related
from coe.model.organization import Catalog, Minutes, Program, Service, Tenet
from coe.model.validate import Analysis


@dataclass(frozen=True, slots=True)
class Task:
    """An action item where it was agreed: a COE or the minutes of a week."""

    item: ActionItem
    origin: Coe | Minutes
    as_of: dt.date

    @property
    def is_overdue(self) -> bool:
        """Say whether the item is open past its due date."""
        return self.item.is_open and self.item.due is not None and self.item.due < self.as_of

    @property
    def days(self) -> int | None:
        """Return the days left to the due date, negative past it; absent without one or when nothing is left to do."""
        return (self.item.due - self.as_of).days if self.item.due and self.item.is_open else None


@dataclass(frozen=True)
class Publication:
    """The part of a corpus that the site shows, on one day. COEs of another visibility are as if they were not there."""

    corpus: Corpus
    as_of: dt.date

    @cached_property
    def catalog(self) -> Catalog:
        """Return the catalog without people."""
        known = self.corpus.catalog or Catalog()
        return known.model_copy(update={"people": ()})

    @cached_property
    def coe_analyses(self) -> dict[str, Analysis]:
        """Return the published COEs by id, the newest event first."""
        shown = self.corpus.repository.config.site.visibility
        return {
            name: analysis
            for name, analysis in self.corpus.coes.items()
            if analysis.coe is not None and analysis.coe.visibility in shown
        }

    @cached_property
    def coes(self) -> dict[str, Coe]:
        """Return the published COEs by id, the newest event first."""
        return {name: analysis.coe for name, analysis in self.coe_analyses.items() if analysis.coe is not None}

    @cached_property
    def withheld(self) -> frozenset[str]:
        """Return the ids of the COEs that are not published: no page may name them."""
        return frozenset(self.corpus.coes) - frozenset(self.coes)

    def analyses_of(self, kind: type[Tenet | Program | Minutes]) -> tuple[Analysis, ...]:
        """Return the documents that hold one kind of noun, in the order of the repository."""
        return tuple(analysis for analysis in self.corpus.analyses if isinstance(analysis.noun, kind))

    @cached_property
    def services(self) -> dict[str, Service]:
        """Return the services by id: those of the catalog, and those that only a COE or a program names."""
        named = [relation.id for coe in self.coes.values() for relation in coe.services]
        named += [adoption.service for program in self.corpus.programs.values() for adoption in program.adoption]
        found = {service.id: service for service in self.catalog.services}
        for name in sorted(set(named) - set(found)):
            found[name] = Service(id=name, name=name)
        return found

    def coes_of_service(self, name: str) -> tuple[tuple[Coe, str], ...]:
        """Return the COEs that name a service, each with the service's part in it."""
        return self._by_service.get(name, ())

    @cached_property
    def _by_service(self) -> dict[str, tuple[tuple[Coe, str], ...]]:
        found: dict[str, tuple[tuple[Coe, str], ...]] = {}
        for coe in self.coes.values():
            for relation in coe.services:
                found[relation.id] = (*found.get(relation.id, ()), (coe, relation.relation))
        return found

    def learnings_of(self, *, tenet: str = "", program: str = "") -> tuple[tuple[Coe, Learning], ...]:
        """Return the learnings that name a tenet or a program, with their COEs."""
        return tuple(
            (coe, learning)
            for coe in self.coes.values()
            for learning in coe.learnings
            if (tenet and learning.tenet == tenet) or (program and learning.program == program)
        )

    def programs_of(self, tenet: str) -> tuple[Program, ...]:
        """Return the programs that put a tenet into practice."""
        return tuple(program for program in self.corpus.programs.values() if tenet in program.tenets)

    @cached_property
    def back_references(self) -> dict[str, tuple[tuple[Coe, Related], ...]]:
        """Return, for each COE, the COEs that name it as related, and how."""
        found: dict[str, tuple[tuple[Coe, Related], ...]] = {}
        for coe in self.coes.values():
            for related in coe.related:
                found[related.id] = (*found.get(related.id, ()), (coe, related))
        return found

    @cached_property
    def tasks(self) -> tuple[Task, ...]:
        """Return all action items: overdue ones first, then by due date and priority; undated ones after dated ones."""
        origins: tuple[Coe | Minutes, ...] = (*self.coes.values(), *self.corpus.minutes.values())
        found = [Task(item, origin, self.as_of) for origin in origins for item in origin.action_items]
        return tuple(sorted(found, key=lambda task: (task.item.due or dt.date.max, task.item.priority)))

    def reviews_of(self, coe: str) -> tuple[tuple[Minutes, str], ...]:
        """Return the weeks in which a COE was reviewed, and what came of it."""
        return tuple(
            (minutes, reviewed.outcome)
            for minutes in self.corpus.minutes.values()
            for reviewed in minutes.reviewed
            if reviewed.coe == coe
        )

    def team_name(self, name: str) -> str:
        """Return a team's name for people."""
        return next((team.name for team in self.catalog.teams if team.id == name), name)

    def service_name(self, name: str) -> str:
        """Return a service's name for people."""
        return self.services[name].name if name in self.services else name

    def holder_name(self, name: str) -> str:
        """Return the name of a team, or of a role written `role:…`, for people."""
        role = name.removeprefix("role:")
        if role == name:
            return self.team_name(name)
        return next((known.name for known in self.catalog.roles if known.id == role), role.replace("-", " "))
