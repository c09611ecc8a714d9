"""Does a stretch of text hold words that can blame? Most do not, and nothing else is done for them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from coe.language.phrase import keys, phrases
from coe.text import Span

_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
_NO_ONE = re.compile(r"\bno one\b")
_CONTRACTED = {"t": "not", "ve": "have", "d": "had", "re": "are", "ll": "will", "m": "am"} | {
    f"{verb}n": verb
    for verb in (
        "should",
        "could",
        "would",
        "did",
        "do",
        "does",
        "was",
        "were",
        "is",
        "are",
        "had",
        "has",
        "have",
        "might",
        "must",
        "ought",
    )
}

_CONTRACTIONS = frozenset(_CONTRACTED)
_STEMS = {"will": ("won",), "shall": ("shan",)}
_OWNERS = "s'"  # stands for «operators'», which has no letter behind its mark


class _Needs(NamedTuple):
    """What some phrases that a word gives away need besides: one of each of `others`, so far before it or behind, and one
    of each of `all`, which has these and what may stand anywhere."""

    before: int
    after: int
    others: tuple[frozenset[str], ...]
    all: tuple[frozenset[str], ...]


@cache
def _needs(key: str) -> tuple[frozenset[str] | None, tuple[_Needs, ...]]:
    """Return what the phrases need that a word gives away, and words of which there is one in each of their sentences.

    Those are absent where a phrase needs nothing else. They are looked up first: most words end there.
    """
    needs = dict.fromkeys(
        _Needs(*phrase.reach, phrase.others, (*phrase.others, *([phrase.needs] if phrase.needs else ())))
        for phrase in phrases(key)
    )
    first = [one.all[0] for one in needs if one.all]
    return frozenset().union(*first) if len(first) == len(needs) else None, tuple(needs)


def lowered(text: str) -> str:
    """Return a text in small letters and of equal length: some capitals have small forms of two characters."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(one if len(one := char.lower()) == 1 else char for char in text)


def words_of(low: str, span: Span) -> list[str]:
    """Return the words of a stretch of a lowered text; contractions and marks are no matter here."""
    words: list[str] = _WORD.findall(low, span.start, span.end)
    # Not an alternative of the pattern: that would be tried at every letter.
    if low.find("no one", span.start, span.end) >= 0 and _NO_ONE.search(low, span.start, span.end):
        words.append("no one")
    if low.find("s' ", span.start, span.end) >= 0 or low.find("s\u2019 ", span.start, span.end) >= 0:
        words.append(_OWNERS)
    return words


def plain_words(word: str) -> list[str]:
    """Return what of a word of the lexicon `words_of` sees in a text, contractions included: `did` also shows as `didn`."""
    found: list[str] = sorted(_WORD.findall(word), key=len)[-1:]
    return [*found, *(part for part, whole in _CONTRACTED.items() if whole == word), *_STEMS.get(word, ())]


def is_suspect(words: Sequence[str]) -> bool:
    """Say whether a word that gives a phrase away stands among others, and what else that phrase needs as near as it is long.

    Every passage of every document comes by here: plain loops, because nested generators take twice the time.
    """
    whole = set(words)
    if not _CONTRACTIONS.isdisjoint(whole):
        words = [_CONTRACTED.get(word, word) for word in words]
        whole.update(words)
    stands_apart = "no one" in whole or _OWNERS in whole
    if _OWNERS in whole:
        whole.add("s")
    near: dict[str, list[_Needs]] = {}
    for key in keys() & whole:
        first, needs = _needs(key)
        if first is not None and first.isdisjoint(whole):
            continue
        for one in needs:
            for some in one.all:
                if some.isdisjoint(whole):
                    break
            else:
                near.setdefault(key, []).append(one)
    return bool(near) and (stands_apart or _stand_near(words, near))


def _stand_near(words: Sequence[str], near: dict[str, list[_Needs]]) -> bool:
    """Say whether what a word needs stands as near to it as a phrase is long."""
    for at, word in enumerate(words):
        for before, after, others, _ in near.get(word, ()):
            there = words[at - before if at > before else 0 : at + after + 1]
            for some in others:
                if some.isdisjoint(there):
                    break
            else:
                return True
    return False
