"""Durations as prose tells them: `about two and a half hours`, `47-minute`, `more than a day`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

_WORDS = {
    word: number
    for number, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
    )
} | {"a": 1, "an": 1, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90}
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604_800}
_NUMBER = rf"(?:\d{{1,3}},\d{{3}}|\d{{1,6}}(?:\.\d{{1,3}})?|(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))})\b)"
_UNIT = r"(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|h|days?|weeks?)\b"
_ONE = rf"(?:half[\s-]+an?[\s-]+(?:hour|day)\b|{_NUMBER}(?:\s+and\s+a\s+half)?[\s-]*{_UNIT}(?:\s+and\s+a\s+half\b)?)"
BEGIN = r"[\dzotfsenah]"
"""With what a duration begins, in small letters, as part of a pattern."""
# For small letters, and as text: few documents say a duration of the impact, and only for them `re` compiles these.
_SPOKEN = rf"\b(?={BEGIN})(?<![\w.,:-])(?P<long>{_ONE})(?:(?:,|\s+and|,\s+and)?\s+(?P<short>{_NUMBER}[\s-]*{_UNIT}))?"
"""That with which a duration begins is looked for first, for a choice of many words is slow."""
_PART = (
    rf"(?:(?P<half>half[\s-]+an?)|(?P<number>{_NUMBER}))(?P<more>\s+and\s+a\s+half)?[\s-]*(?P<unit>[a-z]+)"
    r"(?P<late>\s+and\s+a\s+half)?"
)
_LEAST = r"(?:well\s+|just\s+|a\s+little\s+|slightly\s+)?(?:over|more\s+than|above)|at\s+least"
_MOST = r"(?:just\s+|a\s+little\s+|slightly\s+)?under|less\s+than|fewer\s+than|up\s+to|at\s+most|no\s+more\s+than|within"
_NEAR = r"about|around|roughly|approximately|approx\.|nearly|almost|some|only|just|circa|~|a\s+total\s+of|exactly"
HEDGE = rf"(?:(?:{_LEAST}|{_MOST}|{_NEAR})\s*)?"
"""What may stand before a duration, as part of a pattern."""
_BEFORE = rf"\b(?:(?P<least>{_LEAST})|(?P<most>{_MOST}))\s*$"
_TOLERANCE = 0.2


class Spoken(NamedTuple):
    """One duration in a sentence: where it stands there, how long it is, and whether it is a bound."""

    start: int
    end: int
    length: dt.timedelta
    rounding: dt.timedelta
    bound: Literal["exactly", "least", "most"]

    def fits(self, actual: dt.timedelta) -> bool:
        """Say whether a writer who rounds could mean an actual duration."""
        slack = max(_TOLERANCE * max(self.length, actual), self.rounding)
        if self.bound == "least":
            return actual >= self.length - slack
        if self.bound == "most":
            return actual <= self.length + slack
        return abs(actual - self.length) <= slack


def spoken(sentence: str) -> Iterator[Spoken]:
    """Yield the durations in a sentence in small letters, in the order of the text."""
    for match in re.finditer(_SPOKEN, sentence):
        length, unit = _length(match["long"])
        if match["short"]:
            more, unit = _length(match["short"])
            length += more
        before = re.compile(_BEFORE).search(sentence, max(0, match.start() - 40), match.start())
        bound: Literal["exactly", "least", "most"] = "exactly"
        if before:
            bound = "least" if before["least"] else "most"
        yield Spoken(match.start(), match.end(), length, unit / 2, bound)


def _length(words: str) -> tuple[dt.timedelta, dt.timedelta]:
    """Return a duration of one unit, and the step in which it is told."""
    part = re.match(_PART, words)
    if part is None:  # the pattern around it has the same parts
        return dt.timedelta(), dt.timedelta()
    unit = _UNITS[part["unit"][0]]
    if part["half"]:
        return dt.timedelta(seconds=unit / 2), dt.timedelta(seconds=unit / 2)
    digits = part["number"].replace(",", "")
    number = _WORDS[digits] if digits in _WORDS else float(digits)
    halved = bool(part["more"] or part["late"])
    step = unit / 10 if "." in digits else unit / 2 if halved else unit
    return dt.timedelta(seconds=(number + halved / 2) * unit), dt.timedelta(seconds=step)
