"""Markdown body → prose passages with their section, through markdown-it-py's block tokens."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from coe.parse.hidden import below_title, is_alert, opens, prose_below, prose_of_html
from coe.parse.prose import Passage
from coe.parse.usual_body import Usual, usual_tokens
from coe.text import Lines, Span

if TYPE_CHECKING:
    from markdown_it.token import Token

Tokens: TypeAlias = "Sequence[Token | Usual]"
"""Block tokens, by markdown-it-py or as if they were."""
_CELL_TOKENS = frozenset({"td_open", "th_open"})
_MODULE = re.compile(r"(?:import\s[^\n]*\sfrom\s|export\s+(?:const|default|function|let)\s)")
"""What pages with components begin with: program text."""


class Section(NamedTuple):
    """A heading and the extent of what stands below it, down to the next heading of its level or higher."""

    title: str
    level: int
    heading: Span
    content: Span


class Block(NamedTuple):
    """A block of the body: its token type without `_open`, its lines, and how deep it is nested."""

    kind: str
    span: Span
    level: int


@dataclass(frozen=True, slots=True)
class Body:
    """The Markdown part of a document."""

    passages: tuple[Passage, ...]
    sections: tuple[Section, ...]
    blocks: tuple[Block, ...]


def parse_body(text: str, start: int) -> Body:
    """Return what the Markdown from offset `start` to the end of `text` holds."""
    said = text[start:]
    tokens: Tokens | None = usual_tokens(said)
    if tokens is None:
        from coe.parse.openings import block_tokens  # which loads markdown-it-py

        tokens = block_tokens(said)
    begins = [start + begin for begin in Lines(said).starts]

    def extent(token_map: list[int]) -> Span:
        last = token_map[1]
        return Span(begins[token_map[0]], begins[last] if last < len(begins) else len(text))

    blocks = tuple(
        [
            Block(token.type.removesuffix("_open"), extent(token.map), token.level)
            for token in tokens
            if token.map and token.nesting >= 0 and token.type != "inline"
        ]
    )
    headings = _headings(tokens, extent)
    sections = tuple(
        Section(title, level, span, Span(span.end, end))
        for (title, level, span), end in zip(headings, _section_ends(headings, len(text)), strict=True)
    )
    passages = tuple(_passages(tokens, text, extent))
    return Body(passages, sections, blocks)


def _headings(tokens: Tokens, extent: Callable[[list[int]], Span]) -> list[tuple[str, int, Span]]:
    return [
        (tokens[index + 1].content.strip(), int(token.tag[1]), extent(token.map))
        for index, token in enumerate(tokens)
        if token.type == "heading_open" and token.map
    ]


def _section_ends(headings: list[tuple[str, int, Span]], end: int) -> list[int]:
    """Return for each heading where the next one of its level or higher starts."""
    ends = [end] * len(headings)
    open_ones: list[int] = []
    for index, (_, level, span) in enumerate(headings):
        while open_ones and headings[open_ones[-1]][1] >= level:
            ends[open_ones.pop()] = span.start
        open_ones.append(index)
    return ends


def _passages(tokens: Tokens, text: str, extent: Callable[[list[int]], Span]) -> Iterator[Passage]:
    """Yield one passage per paragraph, heading, list item line or table cell that is not inside a quote."""
    quotes = items = 0
    inside: list[bool] = []
    is_titled = False
    path: list[tuple[int, str]] = []
    section = ""
    row: list[int] | None = None
    cursor = 0
    for index, token in enumerate(tokens):
        kind = token.type
        if kind == "inline" and not quotes:
            opener = tokens[index - 1].type
            is_titled = opens(token.content)
            if opener == "heading_open":
                path = _below(path, int(tokens[index - 1].tag[1]), token.content.strip())
                section = " / ".join([title for _, title in path])
            place = token.map or row
            if not place or not token.content.strip() or _MODULE.match(token.content):
                continue
            is_cell = opener in _CELL_TOKENS
            line, end = extent(place)
            found = _find(below_title(token.content), text, Span(line + (cursor if is_cell else 0), end), is_cell=is_cell)
            if found is None:
                continue
            cursor = found.end - line if is_cell else 0
            is_heading = opener == "heading_open"
            yield Passage("heading" if is_heading else "cell" if is_cell else "item" if items else "paragraph", found, section)
        elif kind == "blockquote_open":
            inside.append(not _is_alert(tokens, index))
            quotes += inside[-1]
        elif kind == "blockquote_close":
            quotes -= inside.pop()
        elif kind == "list_item_open":
            items += 1
        elif kind == "list_item_close":
            items -= 1
        elif kind == "tr_open" and token.map:
            row, cursor = token.map, 0
        elif kind == "code_block" and token.map and not quotes and is_titled:
            yield from (Passage("paragraph", span, section=section) for span in prose_below(text, extent(token.map)))
        elif kind == "html_block" and token.map and not quotes:
            yield from (Passage("paragraph", span, section=section) for span in prose_of_html(text, extent(token.map)))


def _is_alert(tokens: Tokens, index: int) -> bool:
    """Say whether a quote is a note of the author's."""
    following = tokens[index + 2 : index + 3]
    return bool(following) and following[0].type == "inline" and is_alert(following[0].content)


def _below(path: list[tuple[int, str]], level: int, title: str) -> list[tuple[int, str]]:
    """Return the headings above a passage with a new one; the title of the whole document says nothing of a section."""
    return [*((other, above) for other, above in path if 1 < other < level), (level, title)]


@cache
def _spaces() -> re.Pattern[str]:
    return re.compile(r"[\r\n]+[ \t>]*")


def _find(content: str, text: str, block: Span, *, is_cell: bool) -> Span | None:
    """Return where inline content stands in the source: its first and last line are found, the rest lies between.

    The parts of a cell between marks `|` are found one by one: in the source, a backslash stands before each mark.
    """
    if "\n" in content and not is_cell:
        *others, last = _spaces().split(content)
        # Not part of the pattern: white space before a break would be looked for at each letter.
        pieces = [*(piece.rstrip(" \t") for piece in others), last]
    else:
        pieces = content.split("|") if is_cell else [content]
    pieces = [piece for piece in pieces if piece]
    if not pieces:
        return None
    begin = text.find(pieces[0], block.start, block.end)
    if begin < 0:
        return None
    at = begin
    for piece in pieces:
        found = text.find(piece, at, block.end)
        if found < 0:
            return None
        at = found + len(piece)
    return Span(begin, at)
