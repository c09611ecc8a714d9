"""Reading → an edit to look at: plain words for the same fact. It is shown and never applied, for only the author knows it."""

from __future__ import annotations

import re

from coe.diagnostic import Edit, Fix
from coe.language.lexicon import group, open_group
from coe.language.reading import Reading
from coe.language.subject import Kind
from coe.text import Span

_PLAIN = re.compile(r"[A-Za-z]+(?:[ \t]+[A-Za-z]+)?")


def suggestion(reading: Reading, text: str) -> Fix | None:
    """Return «did not renew» for «forgot to renew», or the sentence without its judging adverb; absent for all else."""
    if reading.subject in (Kind.IMPLIED, Kind.NAMED, Kind.NOBODY):
        return None
    return _plain_fact(reading, text) or _without_adverb(reading, text)


def _plain_fact(reading: Reading, text: str) -> Fix | None:
    words = [token.word for token in reading.tokens[reading.first : reading.last + 1]]
    for at in range(len(words) - 2):
        lapse, to, verb = words[at : at + 3]
        before = reading.tokens[reading.first + at - 1].word if reading.first + at else ""
        if (
            lapse in group("left_out")
            and to == "to"
            and verb.isalpha()
            and verb not in open_group("adverb")
            and verb != "be"
            and before not in group("have")
        ):
            place = reading.first + at
            return _edit(text, Span(reading.tokens[place].start, reading.tokens[place + 1].end), "did not")
    return None


def _without_adverb(reading: Reading, text: str) -> Fix | None:
    first = reading.first
    if len(reading.tokens) < first + 2 or reading.tokens[first].word not in group("judging_adverb"):
        return None
    following = reading.tokens[first + 1]
    is_verb = following.word in open_group("past")
    return _edit(text, Span(reading.tokens[first].start, following.start), "") if is_verb else None


def _edit(text: str, span: Span, new: str) -> Fix | None:
    """Return one edit, absent where markup or a line break stands between the words."""
    return Fix("suggestion", (Edit(span, new),)) if _PLAIN.fullmatch(text[span.start : span.end].rstrip(" ")) else None
