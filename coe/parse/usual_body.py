"""Markdown as nearly all narratives are written → the tokens of markdown-it-py, in a fourth of its time.

Headings, paragraphs, lists of one level, quotations, comments and code between fences, none of them inside another; what a
line of text begins with there opens no block. All else is not read here at all, and markdown-it-py has the word. What is
read here are the same tokens: the tests hold both against each other.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

_BEGIN = r"""(?:[^\W\d_]|["'(]|\*{1,2}[^\W\d_]|`[^`\n]|\[[^\[\]\\\n]*+\]\(|[0-9]++(?![.)](?:[ ]|\n)))"""
_LINE = rf"{_BEGIN}[^\n]*+(?<!\s)\n"
"""A line of text: what it begins with opens no other block, and it ends without white space."""
_ITEM = rf"[ ]{_LINE}(?:[ ]{{2}}{_LINE})*+"
_BLOCK = re.compile(
    rf"""
    (?P<empty> \n++)
    | (?P<paragraph> (?:{_LINE})++)
    | (?P<heading> (?P<marks>\#{{1,6}}) [ ] (?P<title>[^\s\#][^\n\#]*+) (?<!\s)\n)
    | (?P<list> (?P<items>(?P<bullet>[-*]) {_ITEM} (?:(?P=bullet) {_ITEM})*+) (?:\n++(?![-*+ ])|\Z))
    | (?P<quote> (?:>[ ]{_LINE})++) (?=\n|\Z)
    | (?P<fence> ```[^`\n]*+\n (?:(?:[^`\n]|`(?!``))*+\n)*+ ```\n)
    | (?P<comment> <!--[ ] (?:[^-]|-(?!->))*+ --> [^\n]*+\n)
    """,
    re.VERBOSE,
)
_OTHER = ("\t", "\r", "\0")
"""What markdown-it-py does not take as it stands."""
_new: Any = tuple.__new__  # makes a named tuple without the Python function that its class would call


class Usual(NamedTuple):
    """What is needed here of a token of markdown-it-py, under the same names."""

    type: str
    tag: str
    nesting: int
    level: int
    map: list[int] | None = None
    content: str = ""


def usual_tokens(text: str) -> list[Usual] | None:
    """Return the block tokens of a Markdown text; absent where it is not as usual."""
    if any(other in text for other in _OTHER):
        return None
    tokens: list[Usual] = []
    at = line = 0
    while at < len(text):
        block = _BLOCK.match(text, at)
        if not block:
            return None
        kind, written = block.lastgroup, block[0]
        lines = [line, line := line + written.count("\n")]
        at = block.end()
        if kind == "paragraph":
            tokens += _text("paragraph", "p", lines, 0, written[:-1])
        elif kind == "heading":
            tokens += _text("heading", f"h{len(block['marks'])}", lines, 0, block["title"])
        elif kind == "list":
            tokens += _list(block["items"][2:-1].split(f"\n{block['bullet']} "), lines)
        elif kind == "quote":
            inner = _text("paragraph", "p", lines, 1, written[2:-1].replace("\n> ", "\n"))
            tokens += _around("blockquote", "blockquote", lines, 0, inner)
        elif kind == "fence":
            tokens.append(Usual("fence", "code", 0, 0, lines))
        elif kind == "comment":
            tokens.append(Usual("html_block", "", 0, 0, lines))
    return tokens


def _text(kind: str, tag: str, lines: list[int], level: int, content: str) -> list[Usual]:
    """Return the tokens of a block that holds text."""
    return _around(kind, tag, lines, level, [_new(Usual, ("inline", "", 0, level + 1, lines, content))])


def _around(kind: str, tag: str, lines: list[int], level: int, inner: list[Usual]) -> list[Usual]:
    """Return the tokens of a block that holds others."""
    opening, closing = (f"{kind}_open", tag, 1, level, lines, ""), (f"{kind}_close", tag, -1, level, None, "")
    return [_new(Usual, opening), *inner, _new(Usual, closing)]


def _list(items: list[str], lines: list[int]) -> list[Usual]:
    """Return the tokens of a list; the empty lines behind it belong to its last item."""
    inner: list[Usual] = []
    first = lines[0]
    for number, item in enumerate(items, 1):
        after = first + item.count("\n") + 1
        paragraph = _text("paragraph", "p", [first, after], 2, item.replace("\n  ", "\n"))
        inner += _around("list_item", "li", [first, lines[1] if number == len(items) else after], 1, paragraph)
        first = after
    return _around("bullet_list", "ul", lines, 0, inner)
