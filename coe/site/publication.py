"""Corpus → Publication: what of a repository is published, and what belongs to what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from coe.corpus import Corpus
from coe.insight.actions import ActionRow, State, Tracked, rows, tracked
from coe.insight.likeness import Known, Likeness
from coe.insight.names import Names, names
from coe.insight.recurrence import CauseTerms, cause_terms
from coe.model.coe import Coe
from coe.model.learning import Learning, Related
from coe.model.organization import Catalog, Minutes, Program, Service, Tenet
from coe.model.validate import Analysis
from coe.site.audience import Audience, audience_of, corpus_for


class Review(NamedTuple):
    """A week in which a COE was reviewed, and what came of it."""

    week: str
    outcome: str


class Edit(NamedTuple):
    """A commit that touched a document: its day and what it says of itself, empty where that may not be told."""

    day: str
    subject: str


@dataclass(frozen=True)
class Publication:
    """The part of a corpus that the site shows an audience, on one day.

    `whole` is everything that the repository holds: nothing but `corpus`, which is made of it, may reach a page.
    """

    whole: Corpus
    as_of: dt.date
    asked: Audience | None = None
    """The audience that was asked for, absent where the configuration says it."""
    history: Mapping[str, tuple[Edit, ...]] = field(default_factory=dict)
    """What git saw happen to the COEs, by id, the newest first; empty where its history is not at hand."""
    alike: Mapping[str, Known] = field(default_factory=dict)
    """What was known of the likeness of published COEs before; nothing where it is to be found anew."""

    @cached_property
    def audience(self) -> Audience:
        """Return who may read the site."""
        return self.asked or audience_of(self.whole.repository.config.site.visibility)

    @property
    def is_public(self) -> bool:
        """Say whether anybody may read the site: then nothing may be told that is not in a document, such as its history."""
        return self.audience == "public"

    @property
    def edits(self) -> Mapping[str, tuple[Edit, ...]]:
        """Return the history that the audience may know: nobody looks at the words of commits for the public."""
        return {} if self.is_public else self.history

    @property
    def has_own_pages(self) -> bool:
        """Say whether pages that are no documents of ours belong to the site: nobody looks at them for the public."""
        return not self.is_public or "pages" in self.whole.repository.config.site.public

    @cached_property
    def corpus(self) -> Corpus:
        """Return what the audience gets to read: everything else is as if it were not there."""
        return corpus_for(self.whole, self.asked)

    @cached_property
    def catalog(self) -> Catalog:
        """Return the catalog without people."""
        return self.corpus.catalog or Catalog()

    @cached_property
    def coe_analyses(self) -> dict[str, Analysis]:
        """Return the published COEs by id, the newest event first."""
        return {name: analysis for name, analysis in self.corpus.coes.items() if analysis.coe is not None}

    @cached_property
    def coes(self) -> dict[str, Coe]:
        """Return the published COEs by id, the newest event first."""
        return {name: analysis.coe for name, analysis in self.coe_analyses.items() if analysis.coe is not None}

    @cached_property
    def withheld(self) -> frozenset[str]:
        """Return the ids of the COEs that are not published: no page may name them."""
        return frozenset(self.whole.coes) - frozenset(self.coes)

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
        found: dict[str, list[tuple[Coe, str]]] = {}
        for coe in self.coes.values():
            for relation in coe.services:
                found.setdefault(relation.id, []).append((coe, relation.relation))
        return {name: tuple(pairs) for name, pairs in found.items()}

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
        found: dict[str, list[tuple[Coe, Related]]] = {}
        for coe in self.coes.values():
            for related in coe.related:
                found.setdefault(related.id, []).append((coe, related))
        return {name: tuple(pairs) for name, pairs in found.items()}

    @cached_property
    def actions(self) -> tuple[ActionRow, ...]:
        """Return the register of actions, the most pressing first."""
        return rows(self.tracked, as_of=self.as_of)

    @cached_property
    def tracked(self) -> tuple[Tracked, ...]:
        """Return the action items with what no day changes."""
        return tracked(self.corpus)

    @cached_property
    def cause_terms(self) -> Mapping[str, CauseTerms]:
        """Return the causes of each COE with the words that say something."""
        return {name: cause_terms(coe) for name, coe in self.coes.items()}

    @cached_property
    def _action_states(self) -> dict[tuple[str, str], State]:
        return {(row.source_id, row.item.id): row.state for row in self.actions}

    def is_overdue(self, document: str, item: str) -> bool:
        """Say whether an action item of a document is past its due date."""
        return self._action_states.get((document, item)) == "overdue"

    def reviews_of(self, coe: str) -> tuple[Review, ...]:
        """Return the weeks in which a COE was reviewed, the newest first, and what came of it."""
        return self._reviews.get(coe, ())

    @cached_property
    def _reviews(self) -> dict[str, tuple[Review, ...]]:
        found: dict[str, list[Review]] = {}
        for minutes in self.corpus.minutes.values():
            for reviewed in minutes.reviewed:
                found.setdefault(reviewed.coe, []).append(Review(minutes.week, reviewed.outcome))
        return {name: tuple(rows) for name, rows in found.items()}

    @cached_property
    def likeness(self) -> Likeness:
        """Return what is alike among the published COEs."""
        rows = ((coe, self.coe_analyses[name].document.source.digest or "") for name, coe in self.coes.items())
        return Likeness(rows, self.alike)

    @cached_property
    def names(self) -> Names:
        """Return the names of teams, services and roles."""
        return names(self.corpus)
