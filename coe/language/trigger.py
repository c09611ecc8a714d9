"""Does a stretch of text hold words that can blame? Most do not, and nothing else is done for them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from coe.language.phrase import Phrase, phrases
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


@cache
def _keys() -> dict[str, tuple[tuple[frozenset[str], ...], ...]]:
    """Return, by the words that give phrases away, what else each phrase needs; none of it where one needs nothing."""
    return {key: _needs(some) for key, some in phrases().items()}


def _needs(some: Sequence[Phrase]) -> tuple[tuple[frozenset[str], ...], ...]:
    needs = tuple({phrase.wanted: None for phrase in some})
    return () if () in needs else needs


@cache
def _key_words() -> frozenset[str]:
    return frozenset(_keys())


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


def can_blame(words: Sequence[str]) -> bool:
    """Say whether a word that gives a phrase away stands among others, and with it what else that phrase needs.

    Every passage of every document comes by here: plain loops, because nested generators take twice the time.
    """
    there = set(words)
    if not _CONTRACTIONS.isdisjoint(there):
        there.update(_CONTRACTED[part] for part in there & _CONTRACTIONS)
    if _OWNERS in there:
        there.add("s")
    keys = _keys()
    for hit in there & _key_words():
        needs = keys[hit]
        if not needs:
            return True
        for need in needs:
            for some in need:
                if some.isdisjoint(there):
                    break
            else:
                return True
    return False


def is_suspect(words: Sequence[str]) -> bool:
    """Say the same more closely: the other words must stand as near as the phrase is long."""
    said = words if _CONTRACTIONS.isdisjoint(words) else [_CONTRACTED.get(word, word) for word in words]
    hits = _key_words().intersection(said)
    if not hits:
        return False
    if "no one" in words or _OWNERS in words:
        return can_blame(words)  # they stand apart, at no place of their own
    # What stands nowhere in the passage does not stand near: most words that could give a phrase away end here.
    whole = set(said)
    near = {word: held for word in hits if (held := _possible(word, whole))}
    if not near:
        return False
    for at, word in enumerate(said):
        if word in near:
            for before, after, need in near[word]:
                there = said[at - before if at > before else 0 : at + after + 1]
                for some in need:
                    if some.isdisjoint(there):
                        break
                else:
                    return True
    return False


def _possible(word: str, words: set[str]) -> list[tuple[int, int, tuple[frozenset[str], ...]]]:
    """Return the needs of a word that stand anywhere among others; what need not stand near is looked up here, once."""
    found = []
    for before, after, need, anywhere in _near()[word]:
        if anywhere and anywhere.isdisjoint(words):
            continue
        for some in need:
            if some.isdisjoint(words):
                break
        else:
            found.append((before, after, need))
    return found


@cache
def _near() -> dict[str, tuple[tuple[int, int, tuple[frozenset[str], ...], frozenset[str]], ...]]:
    """Return, by the words that give phrases away, how far these reach to both sides, and what else they need, near or not."""
    return {key: tuple({(*phrase.reach, phrase.others, phrase.needs) for phrase in some}) for key, some in phrases().items()}
