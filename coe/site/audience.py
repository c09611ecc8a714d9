"""Corpus and audience → the corpus that this audience gets to read: everything that the site shows is made from it.

What one audience may not read is gone here, before a page, an index, a feed or a file sees a noun.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Literal, TypeAlias

from coe.config import Repository
from coe.corpus import Corpus
from coe.model.coe import Coe
from coe.model.organization import Catalog, Minutes, Tenet
from coe.model.scalars import Noun
from coe.model.validate import Analysis
from coe.parse.document import Document
from coe.parse.front_matter import FrontMatter
from coe.parse.marks import unmarked
from coe.read import OnDisk, Source
from coe.site.allowed import changed_noun
from coe.site.public import public_analyses
from coe.site.redaction import BAR

Audience: TypeAlias = Literal["public", "internal", "restricted"]
AUDIENCES: tuple[Audience, ...] = ("public", "internal", "restricted")
ID = re.compile(r"(?<![\w-])\d{4}-\d\d-\d\d-[a-z0-9]+(?:-[a-z0-9]+)*")


def audience_of(visibility: Sequence[Audience]) -> Audience:
    """Return the widest audience among the visibilities that a configuration publishes."""
    return max(visibility, key=AUDIENCES.index, default="public")


def corpus_for(whole: Corpus, audience: Audience | None) -> Corpus:
    """Return what an audience gets to read of a corpus; without one, that of the configuration.

    An audience that is asked for takes the place of `[site] visibility`.

    Errors: `CoeError` when an id of a document for the public holds what is to be taken out.
    """
    own: list[Audience] = list(whole.repository.config.site.visibility)
    shown = list(AUDIENCES[: AUDIENCES.index(audience) + 1]) if audience else own
    repository = _showing(whole.repository, shown)
    if (audience or audience_of(own)) == "public":
        return replace(whole, repository=repository, analyses=tuple(public_analyses(whole)), base=None, authors=())
    return replace(whole, repository=repository, analyses=tuple(_inside(whole, shown)), base=None, authors=())


def readable(whole: Corpus) -> Corpus:
    """Return a corpus as people inside read it: with all its words, without the marks between which the public reads none."""
    return replace(whole, analyses=tuple(_without(one, frozenset()) for one in whole.analyses))


def _showing(repository: Repository, shown: list[Audience]) -> Repository:
    site = repository.config.site.model_copy(update={"visibility": shown})
    return replace(repository, config=repository.config.model_copy(update={"site": site}))


def _inside(whole: Corpus, shown: Iterable[Audience]) -> Iterator[Analysis]:
    """Yield the documents for people inside: whole, but for COEs of another visibility and all that names them."""
    kept = [one for one in whole.analyses if one.coe is None or one.coe.visibility in shown]
    withheld = frozenset(whole.coes) - {one.coe.id for one in kept if one.coe}
    for analysis in kept:
        if analysis.noun is None and analysis.kind != "page":
            yield Analysis(_silent(analysis.document.source), analysis.kind, None)
        elif isinstance(analysis.noun, Catalog):
            yield Analysis(_silent(analysis.document.source), "catalog", analysis.noun.model_copy(update={"people": ()}))
        else:
            yield _without(analysis, withheld)


def _silent(source: Source, body: str = "") -> Document:
    return Document(Source(source.path, body, source.file), None, ())


def _without(analysis: Analysis, withheld: frozenset[str]) -> Analysis:
    """Return a document without marks and without the names of what is withheld: the same one where it has none."""
    document = analysis.document
    names = {one for one in ID.findall(document.text) if one in withheld} if withheld else set()
    if not names and not document.has_marks:
        if isinstance(document.source, OnDisk):  # ten thousand texts need not stay in memory for this look
            document.source.let_go()
        return analysis

    def hidden(words: str) -> str:
        return ID.sub(lambda match: BAR if match.group() in names else match.group(), unmarked(words))

    noun = _unnamed(analysis.noun if isinstance(analysis.noun, Noun) else None, names)
    text = document.text
    front, body = text[: document.body_start], text[document.body_start :]
    # The places of the fields stay true: what is taken out of the front matter leaves its length behind.
    front = ID.sub(lambda match: "█" * len(match.group()) if match.group() in names else match.group(), front)
    source = Source(document.source.path, front + hidden(body), document.source.file)
    kept: FrontMatter | None = document.front
    return Analysis(
        Document(source, kept, document.flaws), analysis.kind, changed_noun(noun, hidden) if noun else None, analysis.flaws
    )


def _unnamed(noun: Noun | None, names: set[str]) -> Noun | None:
    """Return a noun without what refers to COEs that are withheld."""
    if isinstance(noun, Coe):
        return noun.model_copy(update={"related": tuple(one for one in noun.related if one.id not in names)})
    if isinstance(noun, Tenet):
        return noun.model_copy(update={"sources": tuple(one for one in noun.sources if one not in names)})
    if isinstance(noun, Minutes):
        spotlight = noun.spotlight if noun.spotlight not in names else None
        reviewed = tuple(one for one in noun.reviewed if one.coe not in names)
        return noun.model_copy(update={"reviewed": reviewed, "spotlight": spotlight})
    return noun
