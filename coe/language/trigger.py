"""Does a stretch of text hold words that can blame? Most do not, and nothing else is done for them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence, Set
from itertools import accumulate, chain
from typing import TypeAlias

from coe.language.phrase import Phrase, keys, phrases
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
_APART = frozenset({"no one", _OWNERS})
_NEXT = "\0"  # stands between stretches of text
_PLAIN = bytes(one if chr(one).islower() or chr(one) in ("-", _NEXT) else 32 for one in range(128)) + b" " * 128

_Words: TypeAlias = frozenset[str]
_Needs: TypeAlias = tuple[int, int, _Words, tuple[_Words, ...], _Words]
"""What some phrases need besides the word that gives them away: how far the slice reaches that holds it, before and behind;
one of the first words and one of each of the others in it; one that may stand anywhere. Empty is what they do not need."""

_Clue: TypeAlias = tuple[int, int, _Words, tuple[_Needs, ...]]
"""What the phrases need that a word gives away: the farthest that anything may stand from it, and words of which one is near
to it in each of them; none where a phrase can do without. They are looked for first: most words end there."""


class _Clues(dict[str, _Clue]):
    """The clues of the words that texts had so far: a mapping of plain tuples, because every word of a text comes by."""

    def __missing__(self, key: str) -> _Clue:
        needs = tuple(dict.fromkeys(map(_needs, phrases(key))))
        first = [one[2] for one in needs]
        clue = (
            max(one[0] for one in needs),
            max(one[1] for one in needs),
            frozenset().union(*first) if all(first) else _NONE,
            needs,
        )
        return self.setdefault(key, clue)


_NONE: _Words = frozenset()
_CLUES = _Clues()


def _needs(phrase: Phrase) -> _Needs:
    before, after = phrase.reach
    return before, after + 1, phrase.others[0] if phrase.others else _NONE, phrase.others[1:], phrase.needs


def lowered(text: str) -> str:
    """Return a text in small letters and of equal length: some capitals have small forms of two characters."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(one if len(one := char.lower()) == 1 else char for char in text)


def words_of(low: str, span: Span) -> list[str]:
    """Return the words of a stretch of a lowered text; contractions and marks are no matter here."""
    piece = low[span.start : span.end]
    return [*_WORD.findall(piece), *_apart(piece)]


def _apart(piece: str) -> list[str]:
    """Return what of a stretch is no plain word: these stand behind the others, wherever they are."""
    # Not alternatives of the pattern: those would be tried at every letter.
    found = ["no one"] if "no one" in piece and _NO_ONE.search(piece) else []
    return [*found, _OWNERS] if "s' " in piece or "s\u2019 " in piece else found


def words_of_all(low: str, spans: Sequence[Span]) -> list[list[str]]:
    """Return the words of many stretches of a lowered text, each as `words_of` has them.

    All are gone through at once, without a pattern: what is no letter is blanked, and a hyphen that joins no two letters.
    """
    if not spans:
        return []
    low = low.replace(_NEXT, " ")
    whole = f" {_NEXT} ".join([low[start:end] for start, end in spans])
    plain = b" %b " % whole.encode("ascii", "replace").translate(_PLAIN)
    letters = plain.replace(b"--", b"  ").replace(b" -", b"  ").replace(b"- ", b"  ").decode("ascii")
    found = [piece.split() for piece in letters.split(_NEXT)]
    if "no one" in whole or "'" in whole or "\u2019" in whole:
        for words, (start, end) in zip(found, spans, strict=True):
            words += _apart(low[start:end])
    return found


def plain_words(word: str) -> list[str]:
    """Return what of a word of the lexicon `words_of` sees in a text, contractions included: `did` also shows as `didn`."""
    found: list[str] = sorted(_WORD.findall(word), key=len)[-1:]
    return [*found, *(part for part, whole in _CONTRACTED.items() if whole == word), *_STEMS.get(word, ())]


def likely(stretches: Sequence[Sequence[str]]) -> dict[int, Set[str]]:
    """Return which of some stretches of words, one behind the other, may be suspect: a look from afar at all at once.

    With each stand the words that give phrases away there.
    """
    ends = [*accumulate(map(len, stretches))]
    words, whole = _expanded([*chain.from_iterable(stretches)])
    found: dict[int, Set[str]] = {}
    for at in _places(words, whole, keys()):
        place = bisect_right(ends, at)
        found[place] = {words[at], *found.get(place, ())}
    if not _APART.isdisjoint(whole):
        found |= {at: keys() for at, some in enumerate(stretches) if not _APART.isdisjoint(some[-2:])}
    return found


def is_suspect(words: Sequence[str], given: Set[str] | None = None) -> bool:
    """Say whether a word that gives a phrase away stands among others, and near to it what else that phrase needs.

    `given` are such words, where it is known that no other can.
    """
    known = keys() if given is None else given
    expanded, whole = _expanded(words)
    if _APART.isdisjoint(whole):
        return not known.isdisjoint(whole) and bool(_places(expanded, whole, known))
    whole = {*words, *whole, *(["s"] if _OWNERS in whole else [])}
    return any(_is_among(whole, one) for key in known & whole for one in _CLUES[key][3])


def _expanded(words: Sequence[str]) -> tuple[Sequence[str], Set[str]]:
    """Return words with contractions written out, in their order and as a set."""
    whole = {*words}
    if _CONTRACTIONS.isdisjoint(whole):
        return words, whole
    expanded = [_CONTRACTED.get(word, word) for word in words]
    return expanded, {*expanded}


def _is_among(words: Set[str], needs: _Needs) -> bool:
    _, _, first, others, elsewhere = needs
    return not any(words.isdisjoint(some) for some in (first, *others, elsewhere) if some)


def _places(words: Sequence[str], whole: Set[str], known: Set[str]) -> list[int]:
    """Return where words of `known` give phrases away, with what these need as near to them as a phrase is long.

    `whole` are all of the words.
    Every word of every document comes by here: plain loops, because nested generators take twice the time.
    """
    found: list[int] = []
    clues = _CLUES
    for key in [at for at, word in enumerate(words) if word in known]:
        before, after, first, needs = clues[words[key]]
        near: Collection[str] = words[key - before if key > before else 0 : key + after]
        if first:
            if first.isdisjoint(near):
                continue
            near = first.intersection(near)
        for before, after, some, others, elsewhere in needs:
            if some and some.isdisjoint(near):
                continue
            there = words[key - before if key > before else 0 : key + after]
            if some and some.isdisjoint(there):
                continue
            for some in others:
                if some.isdisjoint(there):
                    break
            else:
                if not elsewhere or not elsewhere.isdisjoint(whole):
                    found.append(key)
                    break
    return found
