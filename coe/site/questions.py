"""What the page of one document asks of all others.

Every answer is a plain value, so that a page need not be made again as long as its own document and the answers that it
got are the same. Whoever makes such a page asks here and nowhere else.
"""

from __future__ import annotations

from typing import Any, NamedTuple, cast

from coe.site.library import Library
from coe.site.publication import Publication, Review


class Tie(NamedTuple):
    """Another COE that is tied to one: in which way, from this side or from the other (`is_back`), and why."""

    id: str
    title: str
    severity: str
    type: str
    is_back: bool
    note: str


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
