"""The author's Markdown → HTML that cannot run anything: raw HTML is shown as text, comments are left out.

Links go to http(s), mailto, anchors and relative paths only; where a relative path leads, a callback says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, MutableMapping
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any

from markdown_it.token import Token

from coe.parse.footnotes import add_notes, can_have_notes, with_notes
from coe.parse.narrative import Narrative

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

PREFIX = "text-"
"""What the ids of an author's headings start with, so that they never meet an id of the page around them."""

Rewrite = Callable[[str], str | None]

_OPEN, _CLOSE = "<!--", "-->"
_ALIGNED = re.compile(r"text-align:\s*(left|center|right)")
_NOT_SLUG = re.compile(r"[^\w\- ]")
_FROM_RIGHT = re.compile("[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
"""Letters of scripts that run from right to left."""
_LETTER = re.compile(r"[^\W\d_]")
_DIRECTED = frozenset({"p", "ul", "ol", "blockquote", "table", "th", "td"})
_NOT_ASCII = re.compile(r"[^a-z0-9_-]")


def anchor(heading: str) -> str:
    """Return the id of a heading, or of an author's `#…` that means it.

    It is made as code hosts make it (lower case, spaces as `-`, no punctuation); other letters become numbers.
    """
    plain = _NOT_SLUG.sub("", heading.strip().lower()).replace(" ", "-")
    return PREFIX + _NOT_ASCII.sub(lambda char: f"{ord(char.group()):x}", plain)


def to_html(text: str, *, link: Rewrite, image: Rewrite, level: int = 3) -> str:
    """Return a text as HTML whose highest heading has a level; headings of the outline carry `data-toc`.

    `link` and `image` turn an address of the author into one of the page, or into none: then the words stay alone.
    """
    has_notes = can_have_notes(text)
    parser = _parser(has_notes)
    tokens = parser.parse(text)
    _outline(tokens, level)
    for token in tokens:
        if token.children:
            token.children = list(_rewritten(token.children, link, image))
    if has_notes:
        tokens = with_notes(tokens)
    if _FROM_RIGHT.search(text):
        _directed(tokens)
    return str(parser.renderer.render(_wrapped_tables(tokens), parser.options, {}))


@cache
def _parser(has_notes: bool) -> Narrative:
    parser = Narrative()
    if has_notes:
        add_notes(parser)
    parser.block.ruler.before("paragraph", "comment", _block_comment, {"alt": ["paragraph", "reference", "blockquote"]})
    parser.inline.ruler.before("html_inline", "comment", _inline_comment)
    parser.add_render_rule("fence", _code)
    parser.add_render_rule("code_block", _code)
    return parser


def _code(_renderer: object, tokens: list[Token], index: int, _options: object, _env: object) -> str:
    """Return code without the class of its language: a class could wake up a script of the theme."""
    return f'<pre tabindex="0"><code>{escape(tokens[index].content)}</code></pre>\n'


def _block_comment(state: StateBlock, first: int, last: int, silent: bool) -> bool:
    start = state.bMarks[first] + state.tShift[first]
    if state.sCount[first] - state.blkIndent >= 4 or not state.src.startswith(_OPEN, start):
        return False
    end = _comment_end(state.src, start, state.env)
    if end < 0:
        return False
    for line in range(first, last):
        if end <= state.eMarks[line]:
            if state.src[end : state.eMarks[line]].strip():
                return False
            if not silent:
                state.line = line + 1
            return True
    return False


def _inline_comment(state: StateInline, silent: bool) -> bool:
    if silent or not state.src.startswith(_OPEN, state.pos):
        return False
    end = _comment_end(state.src, state.pos, state.env)
    if end < 0:
        return False
    state.pos = end
    return True


def _comment_end(source: str, start: int, env: MutableMapping[str, Any]) -> int:
    """Return where the comment at `start` ends, -1 for none.

    The last end of a text is kept: a text full of beginnings is not searched through for each of them.
    """
    if env.get("commented") is not source:
        env["commented"], env["last comment end"] = source, source.rfind(_CLOSE)
    if start + len(_OPEN) > env["last comment end"]:
        return -1
    return source.index(_CLOSE, start + len(_OPEN)) + len(_CLOSE)


def _outline(tokens: list[Token], level: int) -> None:
    """Give the headings their levels and ids; those outside lists and quotes belong to the outline of the page."""
    headings = [(index, int(token.tag[1])) for index, token in enumerate(tokens) if token.type == "heading_open"]
    shift = level - min((depth for _, depth in headings), default=level)
    used: dict[str, int] = {}
    for index, depth in headings:
        opening, inline, closing = tokens[index : index + 3]
        opening.tag = closing.tag = f"h{min(max(depth + shift, level), 6)}"
        name = anchor(_plain(inline.children or []))
        seen = used[name] = used.get(name, -1) + 1
        opening.attrSet("id", f"{name}-{seen}" if seen else name)
        if opening.level == 0:
            opening.attrSet("data-toc", "")


def _directed(tokens: list[Token]) -> None:
    """Let each block run as its first letter does; headings leave that to the style sheet, as the engine writes them."""
    direction = ""
    for token in reversed(tokens):
        if token.type == "inline":
            letter = _LETTER.search(token.content)
            direction = "" if not letter else "rtl" if _FROM_RIGHT.match(letter.group()) else "ltr"
        elif token.nesting > 0 and token.tag in _DIRECTED and direction:
            token.attrSet("dir", direction)


def _plain(tokens: list[Token]) -> str:
    return "".join(token.content for token in tokens if token.type in ("text", "code_inline", "text_special", "image"))


def _rewritten(tokens: list[Token], link: Rewrite, image: Rewrite) -> Iterator[Token]:
    kept: list[bool] = []
    for token in tokens:
        if token.type == "link_open":
            href = link(str(token.attrGet("href") or ""))
            kept.append(href is not None)
            if href is not None:
                yield _linked(href)
        elif token.type == "link_close":
            if kept.pop():
                yield token
        elif token.type == "image":
            yield from _pictured(token, image, inside=any(kept))
        else:
            yield token


def _linked(href: str) -> Token:
    attrs: dict[str, str | int | float] = {"href": href}
    if href.startswith(("http:", "https:")):
        attrs["rel"] = "noopener noreferrer"
    return Token("link_open", "a", 1, attrs=attrs)


def _pictured(token: Token, image: Rewrite, *, inside: bool) -> Iterator[Token]:
    """Yield a picture of this site; one on another host becomes a link, because the page asks no other host."""
    href = str(token.attrGet("src") or "")
    source = image(href)
    words = Token("text", "", 0, content=_plain(token.children or []) or "picture")
    if source is not None:
        token.attrs = {"src": source, "alt": "", "loading": "lazy"}
        yield token
    elif href.startswith(("http:", "https:")) and not inside:
        yield from (_linked(href), words, Token("link_close", "a", -1))
    else:
        yield words


def _wrapped_tables(tokens: list[Token]) -> list[Token]:
    """Put each table into a box of its own that scrolls."""
    out: list[Token] = []
    for token in tokens:
        if token.type == "table_open":
            attrs: dict[str, str | int | float] = {"class": "coe-scroll", "tabindex": 0, "role": "group", "aria-label": "Table"}
            token.attrSet("class", "coe-table")
            out += (Token("div_open", "div", 1, attrs=attrs, block=True), token)
        elif token.type == "table_close":
            out += (token, Token("div_close", "div", -1, block=True))
        else:
            side = _ALIGNED.fullmatch(str(token.attrGet("style") or "")) if token.type in ("th_open", "td_open") else None
            if side:  # a policy of the page refuses styles in attributes
                token.attrs = {"class": f"coe-{side[1]}"}
            out.append(token)
    return out
