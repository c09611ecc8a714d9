"""Publication → what belongs together across COEs, each index made once: by team, service, tenet, program and tag."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from coe.insight.actions import SET_ASIDE, ActionRow, event_day
from coe.insight.adoption import by_service
from coe.insight.periods import Period, Unit, periods, unit_for
from coe.insight.recurrence import Recurring, commonness, recurring, terms
from coe.insight.trends import Trends, trends
from coe.model.causes import Cause
from coe.model.coe import Coe
from coe.model.learning import Learning
from coe.model.measures import seconds
from coe.model.organization import Adoption, Decision, Minutes, Program, Team, Tenet
from coe.model.validate import Analysis
from coe.site.publication import Publication

T = TypeVar("T")


class Learned(NamedTuple):
    """A learning and the COE it comes from."""

    coe: Coe
    learning: Learning


class Decided(NamedTuple):
    """A decision and the week of the review that took it."""

    week: str
    decision: Decision


@dataclass(frozen=True)
class Gathered:
    """The indexes. Nothing in them is published that the publication does not hold."""

    publication: Publication

    @property
    def zone(self) -> str:
        """Return the time zone of the reviews, in which days are told."""
        return self.publication.corpus.repository.config.review.timezone

    @cached_property
    def days(self) -> Mapping[str, dt.date]:
        """Return the local day of each event, by COE."""
        place = ZoneInfo(self.zone)
        return {name: day for name, coe in self.publication.coes.items() if (day := event_day(coe, place))}

    @cached_property
    def unit(self) -> Unit:
        """Return the unit in which all of the past is readable: charts of one site share it."""
        return unit_for(min(self.days.values()), max(self.days.values())) if self.days else "year"

    @cached_property
    def columns(self) -> tuple[Period, ...]:
        """Return the periods of the whole site, which the strips of all services share."""
        return periods(list(self.days.values()), self.unit)

    @cached_property
    def minutes(self) -> Mapping[str, Analysis]:
        """Return the minutes by week, as documents."""
        found = self.publication.analyses_of(Minutes)
        return {one.noun.week: one for one in found if isinstance(one.noun, Minutes)}

    @cached_property
    def trends(self) -> Trends:
        """Return what all COEs and action items say together."""
        known = self.publication
        return trends(known.coes.values(), known.actions, as_of=known.as_of, zone=self.zone, took=self.took)

    def took(self, coe: Coe) -> Mapping[str, float]:
        """Return how long each metric of a published COE took. Unit: seconds."""
        return self._took[coe.id]

    @cached_property
    def _took(self) -> Mapping[str, Mapping[str, float]]:
        return {name: seconds(coe) for name, coe in self.publication.coes.items()}

    @cached_property
    def teams(self) -> Mapping[str, Team]:
        """Return the teams by id: those of the catalog, and those that only something published names."""
        known = self.publication
        named = {coe.owner_team for coe in known.coes.values()}
        named |= {row.team for row in known.actions if row.team}
        named |= {service.team for service in known.services.values() if service.team}
        named |= {program.sponsor_team for program in known.corpus.programs.values()}
        found = {team.id: team for team in known.catalog.teams}
        return found | {name: Team(id=name, name=name) for name in sorted(filter(None, named)) if name not in found}

    @cached_property
    def coes_of_team(self) -> Mapping[str, list[Coe]]:
        """Return the COEs that a team owns, the newest first."""
        return _grouped(self.publication.coes.values(), lambda coe: (coe.owner_team,))

    @cached_property
    def actions_of_team(self) -> Mapping[str, list[ActionRow]]:
        """Return the action items with work left that a team answers for, the most pressing first."""
        left = (row for row in self.publication.actions if row.is_left)
        return _grouped(left, lambda row: (row.team,) if row.team else ())

    @cached_property
    def actions_of_service(self) -> Mapping[str, list[ActionRow]]:
        """Return the action items with work left of the COEs that name a service, the most pressing first."""
        coes = self.publication.coes

        def services(row: ActionRow) -> Iterable[str]:
            coe = coes.get(row.source_id) if row.source_kind == "coe" else None
            return {relation.id for relation in coe.services} if coe else ()

        return _grouped((row for row in self.publication.actions if row.is_left), services)

    @cached_property
    def adoption(self) -> Mapping[str, Mapping[str, Adoption]]:
        """Return how far each service is, by service and program."""
        return by_service(self.publication.corpus.programs.values())

    @cached_property
    def learnings(self) -> tuple[Learned, ...]:
        """Return the learnings that others can use, the newest event first: a draft has none yet, what was set aside none."""
        return tuple(
            Learned(coe, learning)
            for coe in self.publication.coes.values()
            if coe.status != "draft" and coe.status not in SET_ASIDE
            for learning in coe.learnings
        )

    @cached_property
    def by_tenet(self) -> Mapping[str, list[Learned]]:
        """Return the learnings that name a tenet, by tenet."""
        return _grouped(self.learnings, lambda one: (one.learning.tenet,) if one.learning.tenet else ())

    @cached_property
    def by_program(self) -> Mapping[str, list[Learned]]:
        """Return the learnings that name a program, by program."""
        return _grouped(self.learnings, lambda one: (one.learning.program,) if one.learning.program else ())

    @cached_property
    def by_tag(self) -> Mapping[str, list[Learned]]:
        """Return the learnings by the tags of their COEs."""
        return _grouped(self.learnings, lambda one: dict.fromkeys(one.coe.tags))

    @cached_property
    def candidates(self) -> tuple[Learned, ...]:
        """Return the learnings that name no tenet."""
        return tuple(one for one in self.learnings if not one.learning.tenet)

    @cached_property
    def superseded_by(self) -> Mapping[str, list[Tenet]]:
        """Return the tenets that take the place of another, by the one that they replace."""
        return _grouped(self.publication.corpus.tenets.values(), lambda one: (one.supersedes,) if one.supersedes else ())

    @cached_property
    def programs_of(self) -> Mapping[str, list[Program]]:
        """Return the programs that put a tenet into practice, by tenet."""
        return _grouped(self.publication.corpus.programs.values(), lambda one: dict.fromkeys(one.tenets))

    @cached_property
    def decisions(self) -> Mapping[tuple[str, str], list[Decided]]:
        """Return what reviews decided about a tenet or program, by kind and id, the newest first."""
        every = (
            Decided(minutes.week, decision)
            for minutes in self.publication.corpus.minutes.values()
            for decision in minutes.decisions
        )

        def about(one: Decided) -> Iterable[tuple[str, str]]:
            named = (("tenet", one.decision.tenet), ("program", one.decision.program))
            return [(kind, name) for kind, name in named if name]

        return _grouped(every, about)

    @cached_property
    def _causes(self) -> Mapping[str, tuple[tuple[Cause, frozenset[str]], ...]]:
        return self.publication.cause_terms

    @cached_property
    def _often(self) -> Mapping[str, int]:
        return commonness(self._causes.values())

    def recurring(self, coes: Iterable[Coe], name: str) -> tuple[Recurring, ...]:
        """Return what recurs in the causes of some COEs, but for the name that they share."""
        counted = [coe for coe in coes if coe.status not in SET_ASIDE]
        return recurring(counted, self._causes, often=self._often, but=terms(name))


K = TypeVar("K")


def _grouped(things: Iterable[T], keys: Callable[[T], Iterable[K]]) -> dict[K, list[T]]:
    """Return things by each of their keys, in their order."""
    found: dict[K, list[T]] = {}
    for thing in things:
        for key in keys(thing):
            found.setdefault(key, []).append(thing)
    return found
