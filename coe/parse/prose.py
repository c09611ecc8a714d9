"""What of a document is prose: passages, and the mask that blanks everything else at equal length.

The mask has the length of the text, so every offset in it is an offset of the source. Where code, a link's target,
a quotation or markup stood, it holds OPAQUE (a thing with a name, for grammar) or spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from coe.diagnostic import Path
from coe.parse.tree import Leaf
from coe.text import Span

OPAQUE = "\ufffc"

_NOT_PROSE = frozenset(
    {"evidence", "sources", "source", "ref", "url", "id", "tags", "system", "actor", "owner", "event", "category"}
)
# What may be far apart is bounded: an opening without its end would else be searched to the end of the text, each time.
_MARKUP = re.compile(
    r"""
    (?P<code>(?<!`)(?P<ticks>`+)(?!`).{1,2000}?(?<!`)(?P=ticks)(?!`))  # `code`
    | (?P<comment><!--.{0,2000}?-->)
    | (?P<auto><[A-Za-z][A-Za-z0-9+.-]*:[^\s<>]*>|<[^\s<>@]+@[^\s<>]+>)  # <https://…>
    | (?P<tagged><(?P<tag>code|pre|kbd|samp|tt|q)\b[^<>]{0,200}>[^<]{0,2000}</(?P=tag)>)
    | (?P<html></?[A-Za-z][A-Za-z0-9.:-]*(?:\s[^<>]*)?/?>)
    | (?P<template>\{[^{}\n]{1,300}\})  # {{ a value }}, {% a command %}, {: .a-class }
    | (?P<entity>&(?:[A-Za-z]{2,8}|\#\d{1,7}|\#[xX][0-9A-Fa-f]{1,6});)
    | (?P<image>!\[[^\]]{0,500}\]\([^()\s]*(?:\s+(?:"[^"]*"|'[^']*'))?\))
    | (?P<target>\]\((?:[^()\s]|\([^()\s]*\)){0,4000}(?:\s+(?:"[^"]*"|'[^']*'))?\)|\]\[[^\]]*\])
    | (?P<url>\bhttps?://[^\s<>)\]]+)
    | (?P<quote>"[^"\n]{2,400}"|\u201c[^\u201d]{2,400}\u201d|\u00ab[^\u00bb]{2,400}\u00bb)
    | (?P<mark>[*~]+|(?<![A-Za-z0-9])_+|_+(?![A-Za-z0-9])|\\(?=[!-/:-@\[-`{-~])|\[|\])
    """,
    re.VERBOSE | re.DOTALL,
)
_MARKS = frozenset(b'`<[]*_~\\"&{/?')
_MARKED = bytes(1 if one in _MARKS else 0 for one in range(256))
"""A table which shows where markup can be; «?» stands for all signs that are no ASCII, as quotation marks are."""
_HAS_MARKUP = re.compile(r"[`<\[\]*_~\\\"\u201c\u00ab&{]|https?:")
_BREAKING = re.compile(r"</?(br|p|div|li|tr|td|th|h[1-6]|summary|details|dt|dd|hr)(?:[ ]*/?>|\s[^<>]*=)", re.IGNORECASE)
"""Tags that set apart what stands before and behind them, as a stop does."""
_CLOSED = ("", ".", "!", "?", ":", ";", ",", ">")
_QUOTES = frozenset({"'", '"'})
_ESCAPE = re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[A-Za-z0-9 ])")
_BREAKS = re.compile(r"[^\n\r]")
_BLANKED = bytes(one if one in b"\n\r" else 32 for one in range(256))
_HEADER = re.compile(r"[^\r\n]*")


class Passage(NamedTuple):
    """One stretch of prose: a paragraph, heading, item or cell of the body, or one text of the front matter.

    `section` holds the headings above it, from the second level down: `Causes / In detail`.
    """

    kind: str
    span: Span
    section: str = ""
    field: Path = ()


def field_passages(leaves: Iterable[Leaf]) -> tuple[Passage, ...]:
    """Return the texts of the front matter: values of two words and more under keys that hold prose."""
    new: Any = tuple.__new__  # makes a named tuple without the Python function that its class would call
    return tuple(
        [
            new(Passage, ("field", new(Span, _content(start, end) if style in _QUOTES else (start, end)), "", path))
            for path, _, (value, start, end, style) in leaves
            if len(value.split(None, 1)) > 1 and _NOT_PROSE.isdisjoint(path)
        ]
    )


def _content(start: int, end: int) -> tuple[int, int]:
    """Return the extent of a scalar without its quotes."""
    return start + 1, max(start + 1, end - 1)


def mask_of(text: str, passages: Sequence[Passage]) -> str:
    """Return the text with everything blanked but the prose of the passages; line breaks stay."""
    out: list[str] = []
    plain = text.encode("ascii", "replace")  # as long as the text, and quicker to go through
    blank, marked, at = plain.translate(_BLANKED).decode("ascii"), plain.translate(_MARKED), 0
    fields = {span: bool(field) for _, span, _, field in passages}
    for start, end in sorted(fields):
        if start < at:  # an alias shows one text twice
            continue
        prose = text[start:end]
        if prose[:1] in ("|", ">") or marked.find(1, start, end) >= 0:
            # Only between double quotes does YAML know escapes.
            prose = _mask(prose, is_escaped=text[start - 1 : start] == '"' and fields[Span(start, end)])
        out += (blank[at:start], prose)
        at = end
    out.append(blank[at:])
    return "".join(out)


def _blanked(text: str, fill: str = " ") -> str:
    """Return a text of equal length in which only the line breaks are left."""
    if "\r" in text:
        return _BREAKS.sub(fill, text)
    return "\n".join([fill * len(line) for line in text.split("\n")])


def _mask(prose: str, *, is_escaped: bool) -> str:
    if is_escaped and "\\" in prose:
        prose = _ESCAPE.sub(_unescaped, prose)
    if prose[:1] in ("|", ">"):  # the header of a block scalar
        header = _HEADER.match(prose)
        length = header.end() if header else 0
        prose = " " * length + prose[length:]
    return _MARKUP.sub(_blank, prose) if _HAS_MARKUP.search(prose) else prose


def _unescaped(match: re.Match[str]) -> str:
    """Return white space in place of an escape of YAML; two breaks of a line in a row end a sentence."""
    ends = match.group() == "\\n" and match.string.startswith("\\n", match.end())
    before = match.string[max(0, match.start() - 2) : match.start()].rstrip()
    return ". " if ends and before[-1:] not in _CLOSED and before != "\\n" else " " * len(match.group())


def _blank(match: re.Match[str]) -> str:
    if match.lastgroup == "html" and (tag := _BREAKING.match(match.group())):
        before = match.string[max(0, match.start() - 9) : match.start()].rstrip()[-1:]
        after = match.string[match.end() : match.end() + 9].lstrip()[:1]
        runs_on = before in _CLOSED or (tag[1].lower() == "br" and after.islower())
        return _blanked(match.group()) if runs_on else "." + _blanked(match.group()[1:])
    if match.lastgroup in ("mark", "target", "comment", "html", "entity"):
        return _blanked(match.group())
    return _blanked(match.group(), OPAQUE)
