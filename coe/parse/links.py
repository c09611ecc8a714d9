"""Document → the links and pictures of its Markdown, each with the place of its address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from coe.parse.document import Document
from coe.text import Span

if TYPE_CHECKING:
    from markdown_it.token import Token

    from coe.parse.narrative import Narrative

_ADDRESS = re.compile(r"\]\(\s*(?:<([^<>\n]*)>|([^\s<>]+?)(?=[\s)]))|^[ >]{0,9}\[[^\]\n]+\]:\s*<?([^\s<>]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Link:
    """An address as the engine of Markdown reads it, and where it stands."""

    href: str
    span: Span
    is_image: bool = False


@cache
def _parser() -> Narrative:
    from coe.parse.narrative import Narrative  # which loads markdown-it-py

    return Narrative()


def links(document: Document) -> tuple[Link, ...]:
    """Return the links and pictures of a document's Markdown in the order of the text."""
    body = document.text[document.body_start :]
    if "](" not in body and "]:" not in body:
        return ()
    known = _places(body, document.body_start)
    found = []
    for href, is_image in _hrefs(_parser().parse(body)):
        spans = known.get(href)
        if spans:
            found.append(Link(href, spans.pop(0) if len(spans) > 1 else spans[0], is_image))
    return tuple(sorted(set(found), key=lambda link: link.span))


def _hrefs(tokens: list[Token]) -> Iterator[tuple[str, bool]]:
    for token in tokens:
        if token.type == "link_open":
            yield str(token.attrGet("href") or ""), False
        elif token.type == "image":
            yield str(token.attrGet("src") or ""), True
        if token.children:
            yield from _hrefs(token.children)


def _places(body: str, start: int) -> dict[str, list[Span]]:
    """Return where each address is written, under the form that the engine of Markdown gives it."""
    found: dict[str, list[Span]] = {}
    for match in _ADDRESS.finditer(body):
        group = match.lastindex or 0
        if group:
            span = Span(match.start(group) + start, match.end(group) + start)
            found.setdefault(_parser().normalizeLink(_unescaped(match.group(group))), []).append(span)
    return found


def _unescaped(address: str) -> str:
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", address)
