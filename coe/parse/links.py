"""Document → the links and pictures of its Markdown, each with the place of its address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token

from coe.parse.document import Document
from coe.text import Span

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_ALLOWED = ("http:", "https:", "mailto:")
_ADDRESS = re.compile(r"\]\(\s*(?:<([^<>\n]*)>|([^\s<>]+?)(?=[\s)]))|^[ >]{0,9}\[[^\]\n]+\]:\s*<?([^\s<>]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Link:
    """An address as the engine of Markdown reads it, and where it stands."""

    href: str
    span: Span
    is_image: bool = False


def is_allowed(href: str) -> bool:
    """Say whether an address may become a link: http(s), mail, an anchor or a relative path."""
    href = href.strip()
    scheme = _SCHEME.match(href)
    return scheme.group().lower() in _ALLOWED if scheme else not href.startswith(("//", "\\"))


def is_local(href: str) -> bool:
    """Say whether an address names a file of the repository."""
    return bool(href) and not href.startswith(("#", "?", "//", "\\")) and not _SCHEME.match(href)


def named_target(href: str, *, file: Path, root: Path) -> str:
    """Return the path that a local address in `file` names, whatever links lie on it."""
    path = unquote(re.split(r"[?#]", href, maxsplit=1)[0])
    return str(root / path.lstrip("/") if path.startswith("/") else file.parent / path)


def local_target(href: str, *, file: Path, root: Path) -> Path | None:
    """Return the file that a local address in `file` names, absent when it lies outside `root`.

    An address that begins with `/` starts at the root of the repository, as code hosts read it.
    """
    path = named_target(href, file=file, root=root)
    if "\0" in path:
        return None
    try:
        found = Path(path).resolve()
    except (OSError, RuntimeError):  # a loop of links, or a name that no file can have
        return None
    return found if found.is_relative_to(root.resolve()) else None


class Narrative(MarkdownIt):
    """The Markdown of narratives: CommonMark without HTML, with tables, and with links to allowed places only."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"html": False, "maxNesting": 40})
        self.enable(["table", "strikethrough"])

    def validateLink(self, url: str) -> bool:  # noqa: N802 (the name is the library's)
        """Say whether an address may become a link."""
        return is_allowed(url)


@cache
def _parser() -> Narrative:
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
