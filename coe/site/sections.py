"""HTML of an article → its sections as plain text: what stands below each heading that has an id."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import NamedTuple

_SPACES = re.compile(r"\s+")
_INLINE = frozenset({"a", "abbr", "b", "cite", "code", "del", "em", "i", "kbd", "mark", "s", "small", "strong", "sub", "sup"})
"""Elements that may end in the middle of a word."""

_HEADING = re.compile(r"h[1-6]")
_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
UNREAD_TAGS = frozenset({"svg", "thead", "script", "style"})
UNREAD_CLASSES = frozenset({
    "headerlink", "coe-head__eyebrow", "coe-head__badges", "coe-hidden", "coe-note-mark", "coe-note-back",
})  # fmt: skip
"""What is no text of a page: signs, drawings, heads of tables, and what the facets say already."""


class Section(NamedTuple):
    """A stretch of an article: the anchor it begins at, empty for the article itself, its heading and its text."""

    anchor: str
    title: str
    text: str


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, list[str], list[str]]] = [("", [], [])]
        self.open: list[tuple[str, bool]] = []
        self.heading = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a section at a heading, and remember what is not read."""
        given = dict(attrs)
        if tag in _VOID:
            self.handle_data(" ")
            return
        unread = (
            tag in UNREAD_TAGS
            or "data-pagefind-ignore" in given
            or bool(UNREAD_CLASSES.intersection((given.get("class") or "").split()))
        )
        self.open.append((tag, unread or (bool(self.open) and self.open[-1][1])))
        if _HEADING.fullmatch(tag):
            self.heading = tag
            if given.get("id"):
                self.found.append((given["id"] or "", [], []))

    def handle_endtag(self, tag: str) -> None:
        """End what is open; ends that nothing began are left out."""
        if tag in (name for name, _ in self.open):
            while self.open.pop()[0] != tag:
                pass
        if tag not in _INLINE:
            self.handle_data(" ")
        if tag == self.heading:
            self.heading = ""

    def handle_data(self, data: str) -> None:
        """Take text into the heading or the section that is open."""
        if not (self.open and self.open[-1][1]):
            _, title, text = self.found[-1]
            (title if self.heading else text).append(data)


def sections(article: str) -> tuple[Section, ...]:
    """Return the sections of an article, those without a word left out."""
    reader = _Reader()
    reader.feed(article)
    reader.close()
    said = (Section(anchor, _words(title), _words(text)) for anchor, title, text in reader.found)
    return tuple(section for section in said if section.title or section.text)


def _words(parts: list[str]) -> str:
    return _SPACES.sub(" ", "".join(parts)).strip()
