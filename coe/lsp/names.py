"""What an id names, where that is defined, and everywhere it is used: in one file or in the whole repository."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from coe.corpus import Corpus
from coe.lsp.meaning import COE_ID, LOCAL, ROLE, NameKind, Occurrence, occurrences
from coe.model.validate import Analysis
from coe.text import Span

FILES: frozenset[NameKind] = frozenset({"coe", "tenet", "program"})
"""Kinds of things that are a document each: its file has their id."""
_LINKED = re.compile(r"(?:^|[\s(<\"'`\[/])([a-z0-9]+(?:-[a-z0-9]+)*)\.md\b")
_WORD = re.compile(r"(?<![\w-])[A-Za-z][A-Za-z_-]*\d[\w-]*(?![\w-])")


@dataclass(frozen=True, slots=True)
class Thing:
    """What an id names; `home` is the path of the document in which a local name holds, or the address of an unsaved one."""

    kind: NameKind
    id: str
    home: str | None = None


@dataclass(frozen=True, slots=True)
class Use:
    """One place at which a thing is named; `defines` where its id is given."""

    analysis: Analysis
    span: Span
    defines: bool = False


def thing_at(corpus: Corpus, analysis: Analysis, offset: int) -> tuple[Thing, Span] | None:
    """Return what is named at an offset, and the place of the name; absent when nothing is."""
    for one in occurrences(analysis.document, analysis.kind):
        start = one.span.start - (len(ROLE) if analysis.document.text.endswith(ROLE, 0, one.span.start) else 0)
        if start <= offset <= one.span.end:
            return Thing(_kind(corpus, analysis, one), one.id, _home(one.kinds[0], analysis)), one.span
    return _mention_at(analysis, offset)


def _kind(corpus: Corpus, analysis: Analysis, one: Occurrence) -> NameKind:
    """Return which of the kinds that may be named at a place it is."""
    if one.kinds[0] in LOCAL:
        known = local(analysis).get(one.id)
        return known.kinds[0] if known else one.kinds[0]
    catalog = corpus.catalog
    if one.kinds == ("service", "team") and catalog and one.id not in {service.id for service in catalog.services}:
        return "team"
    return one.kinds[0]


def _home(kind: NameKind, analysis: Analysis) -> str | None:
    return analysis.document.source.path if kind in LOCAL else None


def local(analysis: Analysis) -> dict[str, Occurrence]:
    """Return the local names of a document by id; of two equal ones the first."""
    found: dict[str, Occurrence] = {}
    for one in occurrences(analysis.document, analysis.kind):
        if one.defines and one.kinds[0] in LOCAL:
            found.setdefault(one.id, one)
    return found


def _mention_at(analysis: Analysis, offset: int) -> tuple[Thing, Span] | None:
    document = analysis.document
    start, end = max(document.text.rfind("\n", 0, offset) + 1, offset - 300), document.text.find("\n", offset)
    end = min(end if end >= 0 else len(document.text), offset + 300)
    for match in COE_ID.finditer(document.text, start, end):
        if match.start() <= offset <= match.end() and document.text[match.end() : match.end() + 1] != "-":
            return Thing("coe", match.group()), Span(*match.span())
    for match in _LINKED.finditer(document.text, start, end):
        kind = _linked_kind(analysis, match)
        if match.start(1) <= offset <= match.end(1) and kind:
            return Thing(kind, match[1]), Span(*match.span(1))
    known = local(analysis)
    for span in _words(analysis, Span(start, end)):
        name = document.text[span.start : span.end]
        if span.start <= offset <= span.end and name in known:
            return Thing(known[name].kinds[0], name, document.source.path), span
    return None


def _linked_kind(analysis: Analysis, match: re.Match[str]) -> NameKind | None:
    """Return what a link to `…/ID.md` leads to, by its folder; a link without one stays in the folder of its file."""
    head = match.string[max(0, match.start(1) - 12) : match.start(1)]
    if head.endswith("tenets/") or (analysis.kind == "tenet" and not head.endswith("/")):
        return "tenet"
    return "program" if head.endswith("programs/") or (analysis.kind == "program" and not head.endswith("/")) else None


def _words(analysis: Analysis, within: Span | None = None) -> Iterator[Span]:
    """Yield the words of the prose that look like local names, such as `E3`: an id without a digit may be any word."""
    text = analysis.document.text
    for passage in analysis.document.passages:
        if within is None or (passage.span.start <= within.end and within.start <= passage.span.end):
            for match in _WORD.finditer(text, passage.span.start, passage.span.end):
                yield Span(*match.span())


def definition(corpus: Corpus, thing: Thing) -> Use | None:
    """Return where a thing gets its id, absent when nothing defines it."""
    return next((use for use in uses(corpus, thing) if use.defines), None) or _by_file(corpus, thing)


def _by_file(corpus: Corpus, thing: Thing) -> Use | None:
    """Return the document that has the id for its name, though its fields cannot be read."""
    if thing.kind in FILES:
        for analysis in corpus.analyses:
            if analysis.kind == thing.kind and Path(analysis.document.source.path).stem == thing.id:
                return Use(analysis, Span(0, 0))
    return None


def uses(corpus: Corpus, thing: Thing) -> Iterator[Use]:
    """Yield every place at which a thing is named, its definition included, by document and place."""
    for analysis in corpus.analyses:
        document = analysis.document
        if thing.id not in document.text or (thing.kind in LOCAL and document.source.path != thing.home):
            continue
        found = {
            one.span: one.defines
            for one in occurrences(document, analysis.kind)
            if one.id == thing.id and _is(corpus, analysis, one, thing)
        }
        for span in _mentions(analysis, thing):
            found.setdefault(span, False)
        yield from (Use(analysis, span, defines) for span, defines in sorted(found.items()))


def _is(corpus: Corpus, analysis: Analysis, one: Occurrence, thing: Thing) -> bool:
    return thing.kind in one.kinds or (thing.kind in LOCAL and _kind(corpus, analysis, one) == thing.kind)


def _mentions(analysis: Analysis, thing: Thing) -> Iterator[Span]:
    text = analysis.document.text
    if thing.kind in LOCAL:
        yield from (span for span in _words(analysis) if text[span.start : span.end] == thing.id)
    elif thing.kind == "coe":
        for match in re.finditer(rf"(?<![\w-]){re.escape(thing.id)}(?![\w-])", text):
            yield Span(*match.span())
    elif thing.kind in FILES:
        for match in _LINKED.finditer(text):
            if match[1] == thing.id and _linked_kind(analysis, match) == thing.kind:
                yield Span(*match.span(1))
