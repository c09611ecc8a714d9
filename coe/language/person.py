"""A person as texts name them, and the role to write instead."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from coe.language.lexicon import group
from coe.language.token import tokens
from coe.text import Span

_ASIDE = re.compile(r"\s*[(\[<][^)\]>]*[)\]>]")
_MARKS = frozenset({".", ",", "-", "/"})
PARTICLES = frozenset(
    {"van", "von", "der", "den", "de", "del", "della", "di", "da", "dos", "la", "le", "al", "el", "bin", "ten"}
)
"""Small words that a family's name may begin with."""


class Person(NamedTuple):
    """One person; handles stand without `@`, what is not known is empty."""

    names: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    initials: tuple[str, ...] = ()
    role: str = ""
    """The name of the role that stands for the person."""
    reference: str = ""
    """How a field refers to that role: `role:on-call-engineer`."""
    is_listed: bool = False
    """Whether somebody wrote down that these words are a person: the catalog or the document, not only git."""


def folded(word: str) -> str:
    """Return a word in small letters without accents: a name is often written without them."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in plain if not unicodedata.combining(char))


def parts(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the words of a name as the sentences of a text have them, in each way that the name may be written.

    The given name comes first, also where the name is written `Family, Given`; titles and what stands in brackets are left
    out. `Anna M. Kern` is also `Anna Kern`.
    """
    family, comma, given = _ASIDE.sub("", name).partition(",")
    plain = f"{given} {family}" if comma and "," not in given else family
    # A text may hold an accent as a character of its own, which stands between two tokens.
    composed = _words(unicodedata.normalize("NFC", plain))
    apart = composed if plain.isascii() else _words(unicodedata.normalize("NFD", plain))
    inner = [word for word in composed if word not in _MARKS]
    short = (inner[0], inner[-1]) if len(inner) > 2 and "@" not in name else ()
    return tuple(dict.fromkeys(way for way in (composed, apart, short) if way))


def _words(name: str) -> tuple[str, ...]:
    words = tuple(folded(token.word) for token in tokens(name, Span(0, len(name))))
    while words and (words[0] in group("name_title") or words[0] in _MARKS):
        words = words[1:]
    return words if any(word[0].isalpha() or word[0] == "@" for word in words) else ()
