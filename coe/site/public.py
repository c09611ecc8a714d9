"""Corpus → the documents that the public gets to read: their allowed fields, with what is internal taken out of the texts."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path as File
from typing import Any

from coe.corpus import Corpus
from coe.diagnostic import Path, dotted
from coe.errors import CoeError
from coe.model.coe import Coe
from coe.model.learning import Learning
from coe.model.organization import Catalog, Program, Tenet
from coe.model.validate import Analysis
from coe.parse.addresses import is_local, local_target
from coe.parse.document import Document
from coe.parse.links import links
from coe.parse.marks import has_marks, lone_marks
from coe.read import Source
from coe.site.allowed import Kept, public_noun
from coe.site.asread import AsRead
from coe.site.persons import Persons
from coe.site.pictures import CLEANED
from coe.site.redaction import Cut, without
from coe.site.secrets import Secrets
from coe.text import Span

OUT_NOW = frozenset({"published", "closed"})
"""The statuses in which a COE may be read by the public."""

_COMMENT = re.compile(r"<!--.{0,20000}?-->", re.DOTALL)


def public_analyses(whole: Corpus) -> Iterator[Analysis]:
    """Yield the documents of a corpus as the public gets to read them, in their order.

    Errors: `CoeError` when an id holds what is to be taken out: it would stand in an address.
    """
    selection = _Selection(whole)
    made = [selection.made(analysis) for analysis in whole.analyses if analysis in selection]
    nouns = [analysis.noun for analysis in made]
    for analysis in whole.analyses:
        if isinstance(analysis.noun, Catalog):
            found = public_noun(_named_catalog(analysis.noun, nouns), selection.kept_name)
            yield Analysis(_silent(analysis.document.source, ""), "catalog", found)
    yield from made


@dataclass(frozen=True)
class _Told(Source):
    """A narrative whose name for its bytes also changes with the fields beside it: they are no part of its text."""

    fields: str = ""

    @cached_property
    def digest(self) -> str:
        """Return a name for the narrative and the fields."""
        data = f"{len(self.text)} {self.text}{self.fields}"
        return hashlib.blake2b(data.encode("utf-8", "surrogatepass"), digest_size=20).hexdigest()


def _silent(source: Source, body: str, noun: Any = None) -> Document:
    """Return a document that is its narrative alone: its front matter is not for the public."""
    fields = noun.model_dump_json() if noun is not None else ""
    return Document(_Told(source.path, body, source.file, fields=fields), None, ())


def _named_catalog(catalog: Catalog, nouns: list[Any]) -> Catalog:
    """Return the services and teams of a catalog that published documents name, and no role or person."""
    found = {name for noun in nouns for name in _names(noun)}
    services = tuple(service for service in catalog.services if service.id in found)
    found |= {service.team for service in services if service.team}
    return Catalog(services=services, teams=tuple(team for team in catalog.teams if team.id in found))


def _names(noun: Coe | Tenet | Program) -> Iterator[str]:
    if isinstance(noun, Coe):
        yield noun.owner_team
        yield from (relation.id for relation in noun.services)
        yield from (item.owner_team for item in noun.action_items if item.owner_team)
    elif isinstance(noun, Program):
        yield noun.sponsor_team
        yield from (adoption.service for adoption in noun.adoption)


def _check_marks(document: Document) -> None:
    """Do nothing when every mark has its other: what stands before a lone `</redact>` would be published."""
    for span, _ in lone_marks(document.text) if has_marks(document.text) else ():
        line = document.source.lines.position(span.start).line
        raise CoeError(f"{document.source.path}:{line}: a mark stands alone", "See `coe explain unclosed-redaction`.")


@dataclass(frozen=True)
class _Selection:
    """What of a corpus is for the public, and what is to be taken out of it."""

    whole: Corpus

    def __contains__(self, analysis: Analysis) -> bool:
        noun = analysis.noun
        if isinstance(noun, Coe):
            return noun.visibility == "public" and noun.status in OUT_NOW
        wanted = self.whole.repository.config.site.public
        if isinstance(noun, Tenet):
            return "tenets" in wanted and noun.status != "proposed"
        return isinstance(noun, Program) and "programs" in wanted and noun.status in ("active", "done")

    @cached_property
    def ids(self) -> frozenset[tuple[type, str]]:
        """Return kind and id of all that is published."""
        nouns = (analysis.noun for analysis in self.whole.analyses if analysis in self)
        return frozenset((kind, noun.id) for noun in nouns for kind in (Coe, Tenet, Program) if isinstance(noun, kind))

    @cached_property
    def files(self) -> frozenset[File]:
        """Return the files of all that is published."""
        found = (analysis.document.source.file for analysis in self.whole.analyses if analysis in self)
        return frozenset(file.resolve() for file in found if file)

    @cached_property
    def secrets(self) -> Secrets:
        """Return what is to be taken out of every text."""
        return Secrets(self.whole, frozenset(name for kind, name in self.ids if kind is Coe))

    @cached_property
    def persons(self) -> Persons:
        """Return what finds the people in a document."""
        return Persons(self.whole)

    def made(self, analysis: Analysis) -> Analysis:
        """Return a document as the public gets to read it."""
        document = analysis.document
        _check_marks(document)
        named = self.persons.of(document)

        def change(text: str, path: Path, kept: Kept) -> str:
            if kept is Kept.PROSE:
                return without(text, (*self.secrets.found(text), *named.found(text, path)))
            return self._checked(text, f"{document.source.path}: `{dotted(path)}`", kept)

        noun: Any = public_noun(self._tied(analysis.noun), change)
        start = document.body_start
        body = document.text[start:]
        cuts = [Cut(first - start, last - start) for first, last in (*named.body, *self._paths(document))]
        cuts += (*self.secrets.found(body), *named.found(body, None))
        read = AsRead(body)
        if read.differs:
            cuts += read.in_source((*self.secrets.found(read.text), *named.found(read.text, None)))
        told = without(body, cuts)
        return Analysis(_silent(document.source, _COMMENT.sub("", told), noun), analysis.kind, noun)

    def kept_name(self, text: str, path: Path, kept: Kept) -> str:
        """Return a text of the catalog."""
        if kept is Kept.PROSE:
            return without(text, self.secrets.found(text))
        return self._checked(text, f"catalog: `{dotted(path)}`", kept)

    def _checked(self, text: str, place: str, kept: Kept) -> str:
        held = self.secrets.in_name(text) if kept is Kept.NAME else None
        if held:
            raise CoeError(
                f"{place} is `{text}`, which holds `{held}`: `site.redact` takes that out of a site for the public",
                "An id stands in addresses. Rename it, or write an entry that says more exactly what is meant.",
            )
        return text

    def _paths(self, document: Document) -> Iterator[Span]:
        """Yield the addresses in the narrative that lead to files which are not for the public."""
        file = document.source.file
        for link in links(document) if file else ():
            if not is_local(link.href) or file is None:
                continue
            target = local_target(link.href, file=file, root=self.whole.repository.root)
            is_picture = link.is_image and target is not None and target.suffix.lower() in CLEANED
            if target is None or not (is_picture or target in self.files):
                yield link.span

    def _tied(self, noun: Any) -> Any:
        """Return a noun whose ties lead to what is published."""
        if isinstance(noun, Coe):
            return noun.model_copy(update={
                "related": tuple(one for one in noun.related if (Coe, one.id) in self.ids),
                "learnings": tuple(self._learned(one) for one in noun.learnings),
            })  # fmt: skip
        if isinstance(noun, Tenet):
            return noun.model_copy(update={
                "sources": tuple(name for name in noun.sources if (Coe, name) in self.ids),
                "supersedes": noun.supersedes if (Tenet, noun.supersedes) in self.ids else None,
            })  # fmt: skip
        if isinstance(noun, Program):
            return noun.model_copy(update={"tenets": tuple(name for name in noun.tenets if (Tenet, name) in self.ids)})
        return noun

    def _learned(self, learning: Learning) -> Learning:
        ties = (("tenet", Tenet, learning.tenet), ("program", Program, learning.program))
        return learning.model_copy(update={name: None for name, kind, held in ties if (kind, held) not in self.ids})
