"""What the templates of one page may ask: addresses from where the page stands, names, and words for people."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from coe.insight.actions import ActionRow
from coe.model.actions import ActionItem
from coe.model.coe import Coe
from coe.model.measures import duration_words, impact_duration
from coe.model.validate import Analysis
from coe.render import Markup, render
from coe.site import words
from coe.site.address import HOME, Addresses, Section, page_path
from coe.site.fulltext import FullText, full_text
from coe.site.gathered import Gathered
from coe.site.glossary import Glossary, glossary, same_term
from coe.site.inputs import Inputs
from coe.site.library import Library
from coe.site.narrative import Narrator
from coe.site.page import Due, Page, page
from coe.site.past_weeks import PastWeeks
from coe.site.publication import Publication
from coe.site.questions import Questions

_URL = re.compile(r"(https?://[^\s<>\"]+)")
_CLOSING = ".,;:!?)]}'"
_LONG = 60


@dataclass(frozen=True)
class Site:
    """What all pages of one build share."""

    publication: Publication
    addresses: Addresses
    library: Library
    home: str
    """The path of the first page; empty where the user has a first page of their own."""
    name: str
    url: str = ""
    """The address of the site where it is known, with `/` at its end."""

    def address(self, path: str, *, start: str) -> str:
        """Return the whole address of a page or file, or the way to it from `start` where that of the site is not known."""
        return self.url + self.addresses.url(path) if self.url else self.addresses.relative(path, start=start)

    @property
    def first(self) -> str:
        """Return the path of the page that a visitor of the site meets first."""
        return HOME

    @property
    def templates(self) -> Path | None:
        """Return the user's folder of templates."""
        repository = self.publication.corpus.repository
        return repository.root / repository.config.site.templates if repository.config.site.templates else None

    @cached_property
    def fulltext(self) -> FullText:
        """Return what answers a full-text search."""
        return full_text(len(self.publication.coes))

    @cached_property
    def questions(self) -> Questions:
        """Return what any page may ask of all documents."""
        return Questions(self.publication, self.library)

    @cached_property
    def gathered(self) -> Gathered:
        """Return what belongs together across COEs."""
        return Gathered(self.publication)

    @cached_property
    def weeks(self) -> PastWeeks:
        """Return the digests of the weeks."""
        return PastWeeks(self.publication)

    @cached_property
    def glossary(self) -> Glossary:
        """Return the terms that the site uses."""
        return glossary(self.templates)

    def view(self, path: str, ask: Questions | None = None) -> View:
        """Return what a page sees of the site; with `ask`, all that it learns of others it learns from there."""
        return View(self, path, ask or self.questions)

    @cached_property
    def _inputs(self) -> Inputs:
        return Inputs(self.publication)

    def page(self, template: str, path: str, *, title: str, description: str = "", **values: Any) -> Due:
        """Return a page made from a template; `meta` among the values is for the theme.

        It is due when a value changed. A template of the user's may look at more than it is given: then it is due always.
        """

        def make(ask: Questions) -> Page:
            return self.view(path, ask).page(template, title=title, description=description, **values)

        return Due(path, "" if self.templates else self._inputs.name(template, title, description, values), make)


@dataclass(frozen=True)
class View:
    """One page's outlook on the site."""

    site: Site
    path: str
    ask: Questions

    label = staticmethod(words.label)
    clock = staticmethod(words.clock)
    day = staticmethod(words.day)
    moment = staticmethod(words.moment)
    iso = staticmethod(words.iso)
    offset = staticmethod(words.offset)
    count = staticmethod(words.count)
    number = staticmethod(words.number)
    duration = staticmethod(duration_words)
    seconds = staticmethod(words.seconds)

    def page(self, template: str, *, title: str, description: str = "", **values: Any) -> Page:
        """Return the page made from a template; `meta` among the values is for the theme."""
        meta: Mapping[str, Any] = values.pop("meta", {})
        body = render(template, {"view": self, "title": title, **values}, shadow=self.site.templates)
        return page(self.path, body, title=title, description=description, **{"hide": ["navigation", "toc"], **meta})

    def to(self, path: str) -> str:
        """Return the link from this page to another."""
        return self.site.addresses.relative(path, start=self.path)

    def narrative(self, analysis: Analysis, *, level: int = 3) -> Markup:
        """Return the narrative of a document as HTML for this page; empty when it has none."""
        root = self.site.publication.corpus.repository.root
        return Markup(Narrator(root, self.site.addresses, self.ask).tell(analysis, path=self.path, level=level))

    def section(self, name: Section) -> str:
        """Return the link to the page of a section."""
        return self.to(page_path(name))

    def coe(self, name: str | None) -> str:
        """Return the link to a COE; empty when it is not published."""
        return self.to(page_path("coes", name)) if name and self.ask.coe_title(name) else ""

    def service(self, name: str | None) -> str:
        """Return the link to a service; empty when it has no page."""
        return self.to(page_path("services", name)) if name and self.ask.has_service(name) else ""

    def tenet(self, name: str | None) -> str:
        """Return the link to a tenet; empty when there is none of that name."""
        return self.to(page_path("tenets", name)) if name and self.ask.tenet_title(name) else ""

    def program(self, name: str | None) -> str:
        """Return the link to a program; empty when there is none of that name."""
        return self.to(page_path("programs", name)) if name and self.ask.program_title(name) else ""

    def team(self, name: str | None) -> str:
        """Return the link to a team: whatever a published document names has a page."""
        return self.to(page_path("teams", name)) if name else ""

    def term(self, word: str) -> str:
        """Return the link to a word of the glossary; empty when it is not among them."""
        name = same_term(word)
        return f"{self.section('learnings/glossary')}#{name}" if name in self.site.glossary.names else ""

    def week(self, name: str | None) -> str:
        """Return the link to the review of a week; empty when it has no minutes."""
        return self.to(page_path("reviews", name)) if name and self.ask.has_week(name) else ""

    def tenet_name(self, name: str) -> str:
        """Return a tenet's title."""
        return self.ask.tenet_title(name) or name

    def program_name(self, name: str) -> str:
        """Return a program's title."""
        return self.ask.program_title(name) or name

    def drawn_name(self, name: str) -> str:
        """Return the name of a service or a team that the wheel drew."""
        return self.service_name(name) if self.ask.has_service(name) else self.team_name(name)

    def service_name(self, name: str) -> str:
        """Return a service's name."""
        return self.site.publication.names.service(name)

    def team_name(self, name: str) -> str:
        """Return a team's name."""
        return self.site.publication.names.team(name)

    def holder_name(self, name: str) -> str:
        """Return the name of a team or role."""
        return self.site.publication.names.holder(name) or name

    def actor(self, name: str) -> str:
        """Return who or what acted: the name of a role, or the text as it is."""
        return self.holder_name(name) if name.startswith("role:") else name

    def holder(self, item: ActionItem) -> str:
        """Return who answers for an action item."""
        found = [self.team_name(item.owner_team)] if item.owner_team else []
        found += [self.holder_name(item.owner)] if item.owner and item.owner != item.owner_team else []
        return ", ".join(found) or "no owner"

    def is_overdue(self, document: str, item: ActionItem) -> bool:
        """Say whether an action item of a document is past its due date."""
        return self.ask.is_overdue(document, item.id)

    def origin(self, row: ActionRow) -> str:
        """Return the link to where an action item was agreed."""
        return self.coe(row.source_id) if row.source_kind == "coe" else self.week(row.source_id)

    def impact_words(self, coe: Coe) -> str:
        """Return how long customers were affected."""
        if not coe.impact:
            return "no impact"
        length = impact_duration(coe)
        return duration_words(length) if length is not None else "still going on"

    def local_target(self, coe: Coe, name: str) -> str:
        """Return the anchor of something that has an id inside a COE."""
        return anchors(coe).get(name, "")

    def linked(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield a text in pieces, each with the web address that it is; the address is shown without its scheme."""
        for piece in _URL.split(text):
            href = piece.rstrip(_CLOSING) if _URL.fullmatch(piece) else ""
            if href:
                short = href.split("://", 1)[1].rstrip("/")
                yield (short if len(short) <= _LONG else f"{short[: _LONG - 1]}…"), href
            yield piece[len(href) :], ""


def anchors(coe: Coe) -> dict[str, str]:
    """Return the anchor on the page of everything in a COE that has an id."""
    found = {event.id: f"event-{event.id}" for event in coe.timeline}
    found |= {cause.id: f"cause-{cause.id}" for cause in (*coe.root_causes, *coe.contributing_factors)}
    found |= {seen.id: f"observation-{seen.id}" for seen in coe.observations}
    if coe.lessons:
        groups = (coe.lessons.went_well, coe.lessons.went_poorly, coe.lessons.got_lucky, coe.lessons.surprises)
        found |= {lesson.id: f"lesson-{lesson.id}" for group in groups for lesson in group}
    return found
