"""What can be written at a cursor: keys, allowed words, and the ids that the corpus and the document know."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from coe.corpus import Corpus
from coe.lsp.cursor import Cursor, cursor_at
from coe.lsp.meaning import ROLE, NameKind, meaning
from coe.lsp.names import local
from coe.model.facts import Fact, fact, keys
from coe.model.organization import Catalog
from coe.model.validate import Analysis
from coe.rule import all_rules
from coe.text import Span

_ALLOWING = re.compile(r"coe:\s*allow(?:-file)?\s+([\w-]*)$")
_COE_START = re.compile(r"(?<![\w-])\d{4}-[\d\w-]*$")
_LONGEST = 200  # characters of a line that are looked at


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be written: `text` replaces the span; `rank` puts what is needed first."""

    label: str
    kind: Literal["key", "word", "id", "rule", "file"]
    text: str
    span: Span
    detail: str = ""
    about: str = ""
    rank: int = 1


def complete(corpus: Corpus, analysis: Analysis, readable: Analysis, offset: int) -> tuple[Choice, ...]:
    """Return what can be written at an offset; `readable` is the document as it could be parsed last, for its names."""
    text = analysis.document.text
    line = text[max(text.rfind("\n", 0, offset) + 1, offset - _LONGEST) : offset]
    if allowing := _ALLOWING.search(line):
        return tuple(_rules(Span(offset - len(allowing[1]), offset)))
    front = analysis.document.front
    if front and front.block.start <= offset <= front.block.end:
        cursor = cursor_at(analysis.document.source.lines, front.block, offset)
        return tuple(_in_fields(corpus, readable, cursor)) if cursor else ()
    if start := _COE_START.search(line):
        return tuple(_coes(corpus, Span(offset - len(start.group()), offset)))
    return ()


def _rules(span: Span) -> Iterator[Choice]:
    for rule in all_rules():
        yield Choice(rule.name, "rule", rule.name, span, f"{rule.code} · {rule.family}", rule.summary)


def _in_fields(corpus: Corpus, analysis: Analysis, cursor: Cursor) -> Iterator[Choice]:
    kind = "coe" if analysis.kind == "page" else analysis.kind
    here = fact(kind, cursor.names)
    if cursor.is_key and not (cursor.listed and here and here.shape == "list"):
        if here is None or here.shape == "fields" or cursor.present or cursor.listed:
            yield from _keys(keys(kind, cursor.names), cursor)
        return
    if here is None:
        return
    for word in here.choices:
        yield Choice(word, "word", word, cursor.span, here.name, here.about)
    said = meaning(kind, cursor.names)
    if said and not said.defines:
        for name in said.kinds:
            yield from _ids(corpus, analysis, name, cursor.span)


def _keys(facts: tuple[Fact, ...], cursor: Cursor) -> Iterator[Choice]:
    for one in facts:
        if one.name not in cursor.present:
            text = f"{one.name}: " if one.shape == "value" else f"{one.name}:"
            detail = f"{one.shape}{', needed' if one.required else ''}"
            yield Choice(one.name, "key", text, cursor.span, detail, described(one), 0 if one.required else 1)


def described(one: Fact) -> str:
    """Return what the model says of a field as Markdown."""
    lines = [one.about]
    if one.choices:
        lines.append("One of " + ", ".join(f"`{word}`" for word in one.choices) + ".")
    if one.form:
        lines.append(f"Written as: {one.form}.")
    if one.example:
        lines.append(f"Example: `{one.example}`")
    return "\n\n".join(lines)


def _ids(corpus: Corpus, analysis: Analysis, kind: NameKind, span: Span) -> Iterator[Choice]:
    """Yield the ids of one kind."""
    if kind == "coe":
        yield from _coes(corpus, span)
    elif kind in ("tenet", "program"):
        for noun in (corpus.tenets if kind == "tenet" else corpus.programs).values():
            yield Choice(noun.id, "id", noun.id, span, f"{kind} · {noun.status}", noun.title)
    elif kind in ("team", "service", "role"):
        yield from _listed(corpus.catalog or Catalog(), kind, span)
    else:
        for name, one in local(analysis).items():
            if one.kinds == (kind,):
                yield Choice(name, "id", name, span, kind, beside(analysis, one.path))


def beside(analysis: Analysis, path: tuple[str | int, ...]) -> str:
    """Return the text that stands beside the id at a path: what the thing is, in the author's words."""
    words = ("text", "statement", "title", "name", "channel")
    found = {leaf.path[-1]: leaf.value.value for leaf in analysis.document.leaves if leaf.path[:-1] == path[:-1]}
    return next((found[word] for word in words if word in found), "")


def _listed(catalog: Catalog, kind: str, span: Span) -> Iterator[Choice]:
    if kind == "team":
        for team in catalog.teams:
            yield Choice(team.id, "id", team.id, span, "team", team.name)
    elif kind == "service":
        for service in catalog.services:
            yield Choice(service.id, "id", service.id, span, f"service of {service.team or 'no team'}", service.name)
    else:
        for role in catalog.roles:
            name = f"{ROLE}{role.id}"
            yield Choice(name, "id", name, span, "role", role.description or role.name)


def _coes(corpus: Corpus, span: Span) -> Iterator[Choice]:
    for name, analysis in corpus.coes.items():
        if analysis.coe:
            yield Choice(name, "file", name, span, f"{analysis.coe.severity} · {analysis.coe.status}", analysis.coe.title)
