"""Passage → sentences, as spans of the source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coe.language.lexicon import group
from coe.parse.prose import OPAQUE
from coe.text import Span

# A stop with what may close after it, an empty line, or an item of a list inside a block scalar.
_STOP = re.compile(
    r"""
    [.!?\u2026]+[)\]'"\u2019\u201d]*(?=[ \t\r\n]+[^ \t\r\n])
  | (?>\r\n|\n|\r)[ \t]*(?=\r\n|\n|\r)
  | (?>\r\n|\n|\r)(?=[ \t]*[-*+\u2022][ \t])
    """,
    re.VERBOSE,
)
_MARK = re.compile(r"[.!?\u2026\r\n]")
_WORD_BEFORE = re.compile(r"[^\s(\[]+$")
_NEXT = re.compile(r"[\s(\[\-*'\u2018]*")
_LONGEST = 24  # more letters has no abbreviation
_BLANK = " \t\r\n"


def split(mask: str, passage: Span) -> Iterator[Span]:
    """Yield the sentences of a passage, without the white space around them."""
    start = passage.start
    for stop in _stops(mask, passage):
        if mask[stop.start()] in "\r\n" or _ends(mask, start, stop):
            if span := _trimmed(mask, start, stop.end()):
                yield span
            start = stop.end()
    if span := _trimmed(mask, start, passage.end):
        yield span


def _stops(mask: str, passage: Span) -> Iterator[re.Match[str]]:
    """Yield where a passage may stop: the pattern is tried only at marks and line breaks, for at each letter it is slow."""
    reach = passage.start
    for mark in _MARK.finditer(mask, passage.start, passage.end):
        stop = _STOP.match(mask, mark.start(), passage.end) if mark.start() >= reach else None
        if stop:
            reach = stop.end()
            yield stop


def _ends(mask: str, start: int, stop: re.Match[str]) -> bool:
    """Say whether a stop ends a sentence; after an abbreviation or before a small letter it does not."""
    following = _NEXT.match(mask, stop.end())
    after = mask[following.end() : following.end() + 1] if following else ""
    if stop.group()[0] in "!?":
        return not after.islower()
    before = _WORD_BEFORE.search(mask, max(start, stop.start() - _LONGEST), stop.start())
    word = before.group().lower() if before else ""
    if word in group("abbreviation") or (len(word) == 1 and word.isalpha() and word != "i"):
        return False
    if word in group("closing_abbreviation"):
        return after.isupper()
    return after.isupper() or after.isdigit() or after in (OPAQUE, "@", '"', "\u201c") or not after


def _trimmed(mask: str, start: int, end: int) -> Span | None:
    while start < end and mask[start] in _BLANK:
        start += 1
    while end > start and mask[end - 1] in _BLANK:
        end -= 1
    return Span(start, end) if start < end else None
