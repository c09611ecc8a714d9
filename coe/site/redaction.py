"""What is taken out of a text, and what stands in its place: `█redacted█`, which pages show as a black bar."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from coe.config import Redaction
from coe.parse.marks import has_marks, marked

BAR = "█redacted█"
BARS = re.compile(r"█redacted(?:: (?P<label>[^█]{1,80}))?█")
_MOST = 200
"""How long a stretch `*` stands for at most. Unit: characters."""
_INSIDE = r"[^\s<>\"'`()\[\]]"
_PIECE = re.compile(r"\*+|\[(?:!?[^\]\[]{1,60})\]|\?|\s+|.", re.DOTALL)
_FIRST = re.compile(r"\w+")


class Cut(NamedTuple):
    """A stretch of a text to take out, and what is said of it."""

    start: int
    end: int
    label: str = ""


Finder = Callable[[str], Iterable[tuple[int, int] | Cut]]


def without(text: str, cuts: Iterable[tuple[int, ...] | Cut]) -> str:
    """Return a text in which each stretch is a bar; stretches that meet or overlap are one."""
    out: list[str] = []
    at = 0
    for cut in _joined(sorted({Cut(*cut) for cut in cuts if cut[0] < cut[1]})):
        out += (text[at : cut.start], f"█redacted: {cut.label}█" if cut.label else BAR)
        at = cut.end
    return "".join((*out, text[at:])) if out else text


def _joined(cuts: list[Cut]) -> Iterator[Cut]:
    held: Cut | None = None
    for cut in cuts:
        if held and cut.start <= held.end:
            held = Cut(held.start, max(held.end, cut.end), held.label or cut.label)
            continue
        if held:
            yield held
        held = cut
    if held:
        yield held


def between_marks(text: str) -> Iterator[Cut]:
    """Yield what authors have put between marks."""
    if has_marks(text):
        yield from (Cut(*one.span) for one in marked(text))


def entries(redactions: Sequence[Redaction]) -> Finder:
    """Return what finds the texts and patterns of the configuration."""
    known = [(compiled(one), one.replacement.replace("█", "")) for one in redactions]

    def find(text: str) -> Iterator[Cut]:
        for pattern, label in known:
            yield from (Cut(*match.span(), label) for match in pattern.finditer(text))

    return find


def compiled(redaction: Redaction) -> re.Pattern[str]:
    """Return an entry as a pattern whose work grows with the text and not faster.

    Each `*` takes the shortest stretch that will do and never gives it back, and has a greatest length.
    """
    if redaction.text is not None:
        return re.compile(r"\s+".join(map(re.escape, redaction.text.split())), re.IGNORECASE)
    parts: list[str] = [""]
    for piece in _PIECE.findall(redaction.pattern or ""):
        if piece[0] == "*":
            parts.append("")
        else:
            parts[-1] += _fixed(piece)
    stretch = f"{_INSIDE}{{0,{_MOST}}}"
    first, rest = parts[0], parts[1:]
    inner = "".join(f"(?>{stretch}?{part})" if part else stretch for part in rest)
    return re.compile(first + inner, re.IGNORECASE)


def _fixed(piece: str) -> str:
    if piece == "?":
        return _INSIDE
    if piece[0] == "[" and len(piece) > 2:
        inner = re.sub(r"([\\^&~|])", r"\\\1", piece[1:-1].removeprefix("!"))
        try:
            re.compile(f"[{inner}]")
        except re.error:
            return re.escape(piece)
        return f"[{'^' if piece[1] == '!' else ''}{inner}]"
    return r"\s{1,20}" if piece.isspace() else re.escape(piece)


class Words:
    """Finds words of a list as they stand, in any case unless `exact`, whatever white space is between them."""

    def __init__(self, words: Iterable[str], *, exact: bool = False) -> None:
        self._by_first: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
        for one in dict.fromkeys(" ".join(word.split()) for word in words):
            first = _FIRST.search(one)
            if not first:
                continue
            ahead, rest = one[: first.start()], one[first.start() :]
            tail = r"(?!\w)" if rest[-1:].isalnum() or rest.endswith("_") else ""
            pattern = re.compile(r"\s+".join(map(re.escape, rest.split())) + tail, 0 if exact else re.IGNORECASE)
            self._by_first.setdefault(first.group().casefold(), []).append((ahead, pattern))

    def __call__(self, text: str) -> Iterator[Cut]:
        """Yield where the words stand."""
        if not self._by_first:
            return
        for word in _FIRST.finditer(text):
            for ahead, pattern in self._by_first.get(word.group().casefold(), ()):
                found = pattern.match(text, word.start())
                if found and text.endswith(ahead, 0, word.start()):
                    yield Cut(word.start() - len(ahead), found.end())
