"""One part of a phrase, such as `word|word`, `<group:form>` or `[verb]?` → the words that can stand there."""

from __future__ import annotations

import re
from collections.abc import Container
from functools import cache
from typing import NamedTuple

from coe.language.lexicon import forms, group, open_group

_OPEN = frozenset({"past", "participle", "ing", "adverb"})
_PLAIN = re.compile(r"[a-z]+(?:-[a-z]+)*|no one")


class Element(NamedTuple):
    """One place of a phrase; a gap has no words and a length."""

    words: Container[str] = frozenset()
    optional: bool = False
    forbids: bool = False
    ahead: bool = False
    gap: int = 0
    seen: frozenset[str] = frozenset()
    """The words as a look from afar sees them; none when it cannot see them, or the phrase can do without."""


@cache  # phrases share many of their parts
def element(part: str) -> Element:
    """Return what one part of a phrase stands for."""
    if set(part) == {"."}:
        return Element(gap=3 if len(part) == 3 else 8)
    optional, forbids, ahead = part.endswith("?"), part.startswith("!"), part.startswith("=")
    plain = part.removesuffix("?").lstrip("!=")
    words = words_in(plain)
    is_seen = not (optional or forbids) and all(map(_can_be_seen, plain.split("|")))
    return Element(
        words, optional, forbids, ahead, seen=_seen(words) if is_seen and isinstance(words, frozenset) else frozenset()
    )


@cache
def _can_be_seen(part: str) -> bool:
    """Say whether a look from afar sees each word of a part: all are plain, but for `'s`, of which it sees the letter."""
    words = _part(part)
    return isinstance(words, frozenset) and all(word == "'s" or _PLAIN.fullmatch(word) for word in words)


def _seen(words: frozenset[str]) -> frozenset[str]:
    """Return words as a look from afar sees them."""
    return words - {"'s"} | {"s"} if "'s" in words else words


class _Either(Container[str]):
    """Words of one class or another."""

    def __init__(self, parts: tuple[Container[str], ...]) -> None:
        self.parts = parts

    def __contains__(self, word: object) -> bool:
        return any(word in part for part in self.parts)


def words_in(text: str) -> Container[str]:
    """Return the words that choices such as `one|two` stand for."""
    if "<" not in text and "[" not in text:
        return frozenset(filter(None, text.replace("_", " ").split("|")))
    parts = [_part(part) for part in text.split("|") if part]
    if len(parts) == 1:
        return parts[0]
    closed = frozenset().union(*(part for part in parts if isinstance(part, frozenset)))
    others = tuple(part for part in parts if not isinstance(part, frozenset))
    return _Either((closed, *others)) if others else closed


@cache
def _part(part: str) -> Container[str]:
    if part.startswith("<"):
        name, _, form = part[1:-1].partition(":")
        return open_group(name) if name in _OPEN else group(name, form)
    if part.startswith("["):
        return frozenset(forms(part[1:-1]))
    return frozenset({part.replace("_", " ")})
