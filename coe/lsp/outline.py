"""The parts of a document: its outline as a tree, and what an editor can fold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from coe.format.place import end_of
from coe.lsp.complete import beside
from coe.model.validate import Analysis
from coe.parse.document import Document
from coe.parse.markdown import Section
from coe.parse.tree import Mapping, Node, Scalar, Sequence
from coe.text import Span

_TITLES = {
    "timeline": "Timeline", "root_causes": "Root causes", "contributing_factors": "Contributing factors",
    "five_whys": "Five whys", "action_items": "Action items", "lessons": "Lessons", "learnings": "Learnings",
    "observations": "Observations", "communications": "Communications", "mitigation": "Mitigation", "impact": "Impact",
    "decisions": "Decisions", "reviewed": "Reviewed", "teams": "Teams", "services": "Services", "roles": "Roles",
    "adoption": "Adoption",
}  # fmt: skip
_WORDS = ("id", "why", "coe", "type", "service", "event")
_DETAIL = 80


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a document: `name` is the place that is shown when somebody goes there."""

    title: str
    kind: Literal["list", "item", "heading"]
    span: Span
    name: Span
    detail: str = ""
    parts: tuple[Part, ...] = ()


def outline(analysis: Analysis) -> tuple[Part, ...]:
    """Return the parts of a document: the collections of its fields with their items, and the headings of its body."""
    document = analysis.document
    fields = [
        Part(_TITLES.get(entry.key.value, entry.key.value), "list", _around(document, entry.key.span, entry.value),
             entry.key.span, _count(entry.value), tuple(_items(analysis, (entry.key.value,), entry.value)))
        for entry in (document.tree.entries if document.tree else ())
        if not isinstance(entry.value, Scalar)
    ]  # fmt: skip
    return (*fields, *_headings(list(document.body.sections) if analysis.kind != "catalog" else []))


def _around(document: Document, key: Span, value: Node) -> Span:
    return Span(key.start, max(key.end, end_of(document.text, value)))


def _count(value: Node) -> str:
    return str(len(value.items)) if isinstance(value, Sequence) else ""


def _items(analysis: Analysis, path: tuple[str | int, ...], value: Node) -> Iterator[Part]:
    if isinstance(value, Sequence):
        for index, item in enumerate(value.items):
            if isinstance(item, Mapping) and item.entries:
                yield _item(analysis, (*path, index), item)
    elif isinstance(value, Mapping):
        for entry in value.entries:
            if not isinstance(entry.value, Scalar):
                parts = tuple(_items(analysis, (*path, entry.key.value), entry.value))
                yield Part(entry.key.value, "list", _around(analysis.document, entry.key.span, entry.value), entry.key.span,
                           _count(entry.value), parts)  # fmt: skip


def _item(analysis: Analysis, path: tuple[str | int, ...], item: Mapping) -> Part:
    said = {entry.key.value: entry.value for entry in item.entries if isinstance(entry.value, Scalar) and entry.value.value}
    key = next((word for word in _WORDS if word in said), None)
    named = said[key] if key else None
    moment = next((said[word].value for word in ("milestone", "at", "start") if word in said), "")
    words = " ".join(beside(analysis, (*path, "id")).split())
    detail = " · ".join(part for part in (moment, words) if part)
    below = item.get("whys")
    span = Span(item.span.start, max(item.span.start, end_of(analysis.document.text, item)))
    title = named.value if named else str(path[-1])
    place = named.span if named and named.span.end <= span.end else Span(span.start, span.start)
    parts = tuple(_items(analysis, (*path, "whys"), below.value)) if below else ()
    return Part(_short(title), "item", span, place, _short(detail), parts)


def _short(text: str) -> str:
    return text if len(text) <= _DETAIL else f"{text[: _DETAIL - 1]}…"


def _headings(sections: list[Section]) -> Iterator[Part]:
    """Yield headings as a tree: a section holds those that end within it."""
    while sections:
        first = sections.pop(0)
        inner = []
        while sections and sections[0].heading.start < first.content.end:
            inner.append(sections.pop(0))
        part = Part(first.title or "(no words)", "heading", Span(first.heading.start, first.content.end), first.heading)
        yield replace(part, parts=tuple(_headings(inner)))


def folds(analysis: Analysis) -> Iterator[Span]:
    """Yield what can be folded: the front matter, each collection and item in it, and each section of the body."""
    document = analysis.document
    front = document.front
    if front and analysis.kind != "catalog" and front.block.start:
        yield Span(0, max(front.block.end, 1))
    stack: list[Node] = [document.tree] if document.tree else []
    while stack:
        node = stack.pop()
        if isinstance(node, Mapping):
            for entry in node.entries:
                if not isinstance(entry.value, Scalar) or entry.value.style in ("|", ">"):
                    yield _around(document, entry.key.span, entry.value)
                stack.append(entry.value)
        elif isinstance(node, Sequence):
            for item in node.items:
                if not isinstance(item, Scalar):
                    yield Span(item.span.start, max(item.span.start, end_of(document.text, item)))
                stack.append(item)
    if analysis.kind != "catalog":
        for section in document.body.sections:
            text = document.text[section.heading.start : section.content.end].rstrip()
            yield Span(section.heading.start, section.heading.start + len(text))
