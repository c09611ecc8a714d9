"""Frames of one shape → a stencil: what the engine makes of all of them, with gaps for the words in which they differ.

The engine makes it from a trial frame. The trial has a mark in the place of each word, and behind the mark every kind of
character that such a word can have, as a frame writes it. Wherever the engine shows the mark, what stands behind it tells in
which of a few known ways words are shown there. A place that shows them in any other way leaves the shape without a stencil.
"""

from __future__ import annotations

import html
import re
import string
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import AnyStr, Literal

from coe.site.store import named

Kind = Literal["meta", "heading", "name"]

_WORDS = re.compile(
    r'^(?:title|description): "(?P<meta>[^"\\\n]+)"$|^#{2,6} (?P<heading>[^\n]+) \{#(?P<name>[A-Za-z0-9_-]+)\}$', re.MULTILINE
)
_KINDS: tuple[Kind, ...] = ("meta", "heading", "name")
_NAME = re.compile("[A-Za-z0-9_-]+")
_ENTITY = re.compile("&[^;]+;")
_LETTERS = f"{string.ascii_letters} {string.digits}"
_ENTITIES = "".join(f"a&#{ord(char)};" for char in string.punctuation) + "a&#233;&#8203;&#8217;&#1605;&#28450;&#128512;"
_NAMED = "a&amp;a&lt;a&gt;a&quot;a&#x27;a &amp; b"
_RAW = "a, b. c-d (e) f; g/h 5 % a...b--c 1/2 (c) "
_BEYOND = "\u00e9 e\u0301 \u00df \u212b \ufb01 \u2019 \u2014 \u0645\u0631\u062d \u6f22\u5b57 \U0001f600 a\u200da\u200fa\u00ad"
"""Letters of two, three and four bytes, some that have a second spelling, from right to left, and some that nobody sees."""

_TRIAL: dict[Kind, str] = {
    "meta": f"{_LETTERS}{_RAW}{_ENTITIES}{_NAMED} {_BEYOND}a",
    "heading": f"{_LETTERS}{_ENTITIES}a",
    "name": "aZ9_-a",  # no longer, because paths of three such folders are too long for some systems
}
_GAP = b"\0"
_MARKUPSAFE = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;"})
_MINIJINJA = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;", "/": "&#x2f;"})
_WAYS: tuple[Callable[[str], str], ...] = (
    lambda word: word,
    lambda word: html.unescape(word).translate(_MARKUPSAFE),
    lambda word: html.unescape(word).translate(_MINIJINJA),
)
"""How a place shows a word: as it is given, or as plain text that is escaped again, as the templates of one engine do and as
those of the other."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A frame in two: what it has in common with others of its shape, and its own words between that.

    The path of the page is part of it, on a line before the frame.
    """

    common: tuple[str, ...]
    words: tuple[str, ...]
    kinds: tuple[Kind, ...]

    def shape(self, key: str) -> str:
        """Return the name of the shape, under that of what concerns all frames."""
        return named(key, *self.common)

    def trial(self, shape: str) -> tuple[str, str]:
        """Return the path and the frame of the trial."""
        words = (f"{_mark(shape)}{at}x{_TRIAL[kind]}" for at, kind in enumerate(self.kinds))
        path, _, frame = "".join(_woven(self.common, words)).partition("\n")
        return path, frame


def cut(path: str, frame: str, *, is_free: Callable[[str], bool]) -> Cut | None:
    """Return a frame in two; absent when what the engine makes of its words cannot be known.

    `is_free` says of a folder in the path that no other address on the site leads through it, and that the engine shows it
    as it is: that of the page has to be free. Two headings of one name are told apart by the engine, and some numbers that
    a heading may hold are no characters.
    """
    common, words, kinds = [""], list[str](), list[Kind]()

    def take(kind: Kind, word: str) -> None:
        common.append("")
        words.append(word)
        kinds.append(kind)

    *folders, file = path.split("/")
    free = [bool(_NAME.fullmatch(folder)) and is_free(folder) for folder in folders]
    for folder, is_word in zip(folders, free, strict=True):
        if is_word:
            take("name", folder)
        else:
            common[-1] += folder
        common[-1] += "/"
    common[-1] += f"{file}\n"
    at, names = 0, list[str]()
    for match in _WORDS.finditer(frame):
        for kind in _KINDS:
            if match[kind] is not None:
                common[-1] += frame[at : match.start(kind)]
                take(kind, match[kind])
                at = match.end(kind)
        names += [match["name"]] if match["name"] else []
    common[-1] += frame[at:]
    is_known = any(free[-1:]) and len(set(names)) == len(names) and all(map(_is_text, words))
    return Cut(tuple(common), tuple(words), tuple(kinds)) if is_known else None


def _is_text(word: str) -> bool:
    """Say whether each entity of a word is one character."""
    return "&" not in word or len(html.unescape(word)) == len(_ENTITY.sub("&", word))


@dataclass(frozen=True, slots=True)
class Stencil:
    """What the engine makes of all pages of one shape: bytes, and between them which word stands there in which way."""

    pieces: tuple[bytes, ...]
    gaps: tuple[tuple[int, int], ...]

    def page(self, words: tuple[str, ...]) -> bytes:
        """Return what the engine makes of a frame with these words."""
        return b"".join(_woven(self.pieces, (_WAYS[way](words[at]).encode("utf-8") for at, way in self.gaps)))

    def dumped(self) -> bytes:
        """Return the stencil as bytes, which `loaded` takes."""
        gaps = ",".join(f"{at}:{way}" for at, way in self.gaps)
        return _GAP.join((gaps.encode("ascii"), *self.pieces))


def loaded(data: bytes) -> Stencil:
    """Return the stencil in bytes that were kept and are what they were."""
    first, *pieces = data.split(_GAP)
    gaps = (gap.split(b":") for gap in first.split(b",") if gap)
    return Stencil(tuple(pieces), tuple((int(at), int(way)) for at, way in gaps))


def stencil_of(page: bytes, kinds: tuple[Kind, ...], shape: str) -> Stencil | None:
    """Return the stencil in what the engine made of a trial; absent when a place shows words in a way that is not known."""
    mark = _mark(shape)
    first, *rest = re.split(f"{mark}([0-9]+)x".encode("ascii"), page)
    pieces, gaps = [first], list[tuple[int, int]]()
    for at, piece in zip(map(int, rest[::2]), rest[1::2], strict=True):
        ways = ((way, show(_TRIAL[kinds[at]]).encode("utf-8")) for way, show in enumerate(_WAYS))
        found = next(((way, shown) for way, shown in ways if piece.startswith(shown)), None)
        if found is None:
            return None
        gaps.append((at, found[0]))
        pieces.append(piece.removeprefix(found[1]))
    low = mark.lower().encode("ascii")
    if any(_GAP in piece or low in piece.lower() for piece in pieces):
        return None
    return Stencil(tuple(pieces), tuple(gaps))


def _mark(shape: str) -> str:
    """Return what stands on no page but a trial; nobody who writes can know it beforehand."""
    return f"Qz{shape[:20]}z"


def _woven(pieces: tuple[AnyStr, ...], between: Iterator[AnyStr]) -> Iterator[AnyStr]:
    yield pieces[0]
    for piece, part in zip(pieces[1:], between, strict=True):
        yield part
        yield piece
