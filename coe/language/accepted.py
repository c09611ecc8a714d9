"""Mask → mask in which the terms that a repository accepts are names of things, at equal length."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from coe.language.trigger import lowered
from coe.parse.prose import OPAQUE
from coe.text import Span

_WORD = re.compile(r"[^\W_]+")
_NO_BREAK = re.compile(r"[^\r\n]")
_BLANK = re.compile(r"[ \t]+(?:\r\n?|\n)?[ \t]*|(?:\r\n?|\n)[ \t]*")


@dataclass(slots=True)
class _Node:
    """The words that can follow, with what stands between, and what may stand around the words that end here."""

    following: dict[tuple[str, str], _Node] = field(default_factory=dict)
    edges: list[tuple[str, str]] = field(default_factory=list)


@lru_cache(maxsize=8)
def _tree(terms: tuple[str, ...]) -> _Node:
    root = _Node()
    for term in terms:
        plain = _joined(term).strip()
        words = list(_WORD.finditer(plain))
        if not words:
            continue
        node, end = root, words[0].start()
        for word in words:
            node = node.following.setdefault((plain[end : word.start()], word.group()), _Node())
            end = word.end()
        node.edges.append((plain[: words[0].start()], plain[end:]))
    return root


def _joined(text: str) -> str:
    """Return a text with one space for white space within a paragraph, and one form of the apostrophe."""
    return _BLANK.sub(" ", text).replace("\u2019", "'")


def without_terms(mask: str, terms: tuple[str, ...]) -> str:
    """Return a mask in which the terms, given in small letters, are OPAQUE; the longest of several counts.

    Each word of the mask is looked up once, however many terms there are.
    """
    root = _tree(terms)
    if not root.following:
        return mask
    low = lowered(mask)
    out: list[str] = []
    at = 0
    for word in _WORD.finditer(low):
        if ("", word.group()) not in root.following or word.start() < at:
            continue
        found = _longest(root, low, word.start())
        if found and found[0] >= at:
            out += (mask[at : found[0]], _NO_BREAK.sub(OPAQUE, mask[found[0] : found[1]]))
            at = found[1]
    return "".join((*out, mask[at:])) if out else mask


def _longest(root: _Node, low: str, first: int) -> Span | None:
    """Return where the longest term whose first word is at `first` stands."""
    found: Span | None = None
    node, end = root, first
    for word in _WORD.finditer(low, first):
        after = node.following.get((_joined(low[end : word.start()]), word.group()))
        if after is None:
            break
        node, end = after, word.end()
        for before, behind in node.edges:
            if (
                low.endswith(before, 0, first)
                and low.startswith(behind, end)
                and (found is None or end + len(behind) > found.end)
            ):
                found = Span(first - len(before), end + len(behind))
    return found
