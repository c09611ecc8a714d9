"""What the page of one document asks of all others.

Every answer is a plain value, so that a page need not be made again as long as its own document and the answers that it
got are the same. Whoever makes such a page asks here and nowhere else.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any, NamedTuple, cast

from coe.insight.similar import because
from coe.site.library import Library
from coe.site.publication import Edit, Publication, Review
from coe.site.store import named


class Tie(NamedTuple):
    """Another COE that is tied to one: in which way, from this side or from the other (`is_back`), and why."""

    id: str
    title: str
    severity: str
    type: str
    is_back: bool
    note: str


class Kin(NamedTuple):
    """Another COE that is like one, and in words what they share."""

    id: str
    title: str
    severity: str
    why: str


class Growth(NamedTuple):
    """A tenet or program that grew from a COE, and in words how it did."""

    kind: str
    id: str
    title: str
    status: str
    why: str


class Questions:
    """The questions. Names of teams, services and roles are no questions: the catalog concerns all pages."""

    def __init__(self, publication: Publication, library: Library) -> None:
        self._known = publication
        self._library = library

    def link(self, file: str, href: str) -> str:
        """Return where an address in the narrative of a file leads: `page:` or `file:` with a path of the site, or nothing."""
        return self._library.link(file, href)

    def picture(self, file: str, href: str) -> str:
        """Return the picture that an address in the narrative of a file means: `file:` with a path, `data:`, or nothing."""
        return self._library.picture(file, href)

    def coe_title(self, name: str) -> str:
        """Return the title of a COE; empty when it is not published."""
        coe = self._known.coes.get(name)
        return coe.title if coe else ""

    def tenet_title(self, name: str) -> str:
        """Return the title of a tenet; empty when there is none of that name."""
        tenet = self._known.corpus.tenets.get(name)
        return tenet.title if tenet else ""

    def program_title(self, name: str) -> str:
        """Return the title of a program; empty when there is none of that name."""
        program = self._known.corpus.programs.get(name)
        return program.title if program else ""

    def has_service(self, name: str) -> bool:
        """Say whether a service has a page."""
        return name in self._known.services

    def has_week(self, name: str) -> bool:
        """Say whether a week has minutes."""
        return name in self._known.corpus.minutes

    def is_overdue(self, document: str, item: str) -> bool:
        """Say whether an action item of a document is past its due date."""
        return self._known.is_overdue(document, item)

    def reviews(self, coe: str) -> tuple[Review, ...]:
        """Return the weeks in which a COE was reviewed, the newest first."""
        return self._known.reviews_of(coe)

    def ties(self, coe: str) -> tuple[Tie, ...]:
        """Return the published COEs that a COE names as related, then those that name it."""
        known = self._known
        own = [(known.coes[one.id], one, False) for one in known.coes[coe].related if one.id in known.coes]
        back = [(other, one, True) for other, one in known.back_references.get(coe, ())]
        return tuple(
            Tie(other.id, other.title, other.severity, one.type, is_back, one.note or "")
            for other, one, is_back in (*own, *back)
        )

    def similar(self, coe: str) -> tuple[Kin, ...]:
        """Return the published COEs that are like one and not tied to it anyway, the likest first."""
        known = self._known
        tied = {tie.id for tie in self.ties(coe)}
        found = [one for one in known.likeness.of(coe) if one.id not in tied]
        return tuple(
            Kin(one.id, known.coes[one.id].title, known.coes[one.id].severity, because(one.shared, self._called))
            for one in found
        )

    @cached_property
    def _called(self) -> dict[str, dict[str, str]]:
        known = self._known
        return {
            "service": {name: service.name for name, service in known.services.items()} | dict(known.names.services),
            "tenet": {name: tenet.title for name, tenet in known.corpus.tenets.items()},
        }

    def growth(self, coe: str) -> tuple[Growth, ...]:
        """Return the tenets that name a COE as their source or that its learnings speak for, and the programs of both."""
        known = self._known.corpus
        found = {
            ("tenet", name): Growth("tenet", name, known.tenets[name].title, known.tenets[name].status, why)
            for name, why in self._tenets_of(coe).items()
        }
        for name, why in self._programs_of(coe, [name for _, name in found]).items():
            found["program", name] = Growth("program", name, known.programs[name].title, known.programs[name].status, why)
        return tuple(sorted(found.values(), key=lambda one: (one.kind != "tenet", one.title.lower(), one.id)))

    def _tenets_of(self, coe: str) -> dict[str, str]:
        whys = dict.fromkeys(self._sourced.get(coe, ()), "names this COE as its source")
        for learning in self._known.coes[coe].learnings:
            if learning.tenet in self._known.corpus.tenets:
                whys.setdefault(str(learning.tenet), f"learning {learning.id} speaks for it")
        return whys

    def _programs_of(self, coe: str, tenets: list[str]) -> dict[str, str]:
        known = self._known
        whys: dict[str, str] = {}
        for learning in known.coes[coe].learnings:
            if learning.program in known.corpus.programs:
                whys.setdefault(str(learning.program), f"carries learning {learning.id}")
        for tenet in tenets:
            for program in known.programs_of(tenet):
                whys.setdefault(program.id, f"puts the tenet {known.corpus.tenets[tenet].title} into practice")
        return whys

    @cached_property
    def _sourced(self) -> dict[str, list[str]]:
        """Return the tenets that name a COE among their sources, by the COE."""
        found: dict[str, list[str]] = {}
        for tenet in self._known.corpus.tenets.values():
            for source in tenet.sources:
                found.setdefault(source, []).append(tenet.id)
        return found

    def spotlights(self, coe: str) -> tuple[str, ...]:
        """Return the weeks whose review showed a COE at length, the newest first."""
        return tuple(week for week, minutes in self._known.corpus.minutes.items() if minutes.spotlight == coe)

    def edits(self, coe: str) -> tuple[Edit, ...]:
        """Return the commits that touched a COE after the day it was published, the newest first.

        There are none for a site that anybody may read: a subject is written for colleagues, and no field to redact.
        """
        published = self._known.coes[coe].published
        if set(self._known.corpus.repository.config.site.visibility) == {"public"}:
            return ()
        return tuple(edit for edit in self._known.edits.get(coe, ()) if published and edit.day > published.isoformat())


class Asking:
    """Questions that are remembered with their answers, in the order in which they were first asked."""

    def __init__(self, questions: Questions) -> None:
        self._questions = questions
        self.asked: dict[tuple[Any, ...], Any] = {}

    def __getattr__(self, name: str) -> Any:
        question = getattr(self._questions, name)

        def ask(*words: Any) -> Any:
            key = (name, *words)
            if key not in self.asked:
                self.asked[key] = question(*words)
            return self.asked[key]

        return ask

    @property
    def questions(self) -> Questions:
        """Return itself, as what it stands for."""
        return cast("Questions", self)


def answers(asked: tuple[tuple[str, ...], ...], questions: Questions) -> str:
    """Return the answers to some questions as one name; what can no longer be asked has no answer."""
    try:
        return named(*(repr(getattr(questions, name)(*words)) for name, *words in asked))
    except (AttributeError, LookupError, TypeError):
        return ""
