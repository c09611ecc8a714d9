"""Sentence → the same without what is thrown in: «failed, however, to check», «did not (as usual) ask»."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coe.language.lexicon import group, open_group
from coe.language.token import Token
from coe.language.verb import is_auxiliary

_LONGEST = 5
_CLOSING = {",": ",", "(": ")", "--": "--", "\u2013": "\u2013", "\u2014": "\u2014"}


def without_asides(sentence: tuple[Token, ...]) -> Iterator[tuple[Token, ...]]:
    """Yield a sentence without its asides, then with a comma in the place of each; nothing where there are none."""
    asides = tuple(_asides(sentence))
    if not asides:
        return
    for kept in (0, 1):
        out: list[Token] = []
        at = 0
        for first, last in asides:
            out += (*sentence[at:first], *sentence[last : last + kept * (sentence[last].word == ",")])
            at = last + 1
        yield (*out, *sentence[at:])
        if not any(sentence[last].word == "," for _, last in asides):
            return


def _asides(sentence: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Yield the first and last token of each aside, its marks included."""
    free = 1
    for at in [place for place, token in enumerate(sentence) if token.word in _CLOSING]:
        if not free <= at < len(sentence) - 2:
            continue
        closing = _CLOSING[sentence[at].word]
        ends = range(at + 2, min(at + 2 + _LONGEST, len(sentence) - 1))
        last = next((index for index in ends if sentence[index].word == closing), 0)
        if last and _is_aside([token.word for token in sentence[at + 1 : last]]):
            yield at, last
            free = last + 1


def _is_aside(words: Sequence[str]) -> bool:
    if any(is_auxiliary(word) or word in _CLOSING for word in words) or any(word in open_group("past") for word in words):
        return False
    if all(word in open_group("adverb") or word in group("thrown_in") for word in words):
        return True
    return words[0] in group("opens_aside") and words[-1] not in open_group("ing")
