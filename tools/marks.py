"""Set the marks of the phrases: each is given away by the word that fewest texts hold, so that few sentences are looked at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import coe.language
from coe.language.element import Element, element
from coe.language.phrase import frequency, index_rows

_FOLDER = Path(coe.language.__file__).parent / "phrases"
_BODY = re.compile(r"(?:(?! [&~] | *#).)+")


def marked_phrases() -> Iterator[tuple[str, str]]:
    """Yield the files of phrases with their marks at the rarest words, and the index of all of them."""
    rows: list[str] = []
    for file in sorted(_FOLDER.glob("*.txt")):
        text = "\n".join(map(marked, file.read_text("utf-8").splitlines())) + "\n"
        yield f"coe/language/phrases/{file.name}", text
        rows += index_rows(file.stem, text)
    yield "coe/language/phrases.tsv", "\n".join(rows) + "\n"


def marked(line: str) -> str:
    """Return a line of a data file; a phrase has its mark at its rarest words, and keeps it where others are no rarer."""
    body = _BODY.match(line)
    if body is None or line.startswith("[["):
        return line
    parts = body.group().split()
    elements = [element(part.lstrip("*")) for part in parts]
    now = next((at for at, part in enumerate(parts) if part.startswith("*")), 0)
    best = rarest(elements, now)
    if best == now and body.group().count("*") < 2:
        return line
    plain = [part.lstrip("*") for part in parts]
    return " ".join((*plain[:best], f"*{plain[best]}", *plain[best + 1 :])) + line[body.end() :]


def rarest(elements: list[Element], now: int) -> int:
    """Return the place of the words that fewest texts hold, among those that a phrase cannot do without."""
    costs = {
        place: frequency(one.seen) for place, one in enumerate(elements) if one.seen and one.seen is one.words and not one.ahead
    }
    if isinstance(words := elements[now].words, frozenset) and not elements[now].optional:
        costs[now] = frequency(words)
    return min(costs, key=lambda place: (costs[place], place != now, place), default=now)
