"""Does a stretch of text hold words that can blame? Most do not, and nothing else is done for them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence, Set
from functools import cache
from itertools import accumulate, chain
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
_APART = frozenset({"no one", _OWNERS})
_PLAIN = bytes(one if chr(one).islower() or chr(one) == "-" else 32 for one in range(128)) + b" " * 128


class _Needs(NamedTuple):
    """What some phrases that a word gives away need besides: one of each of `others`, so far before it or behind, and one of
    `elsewhere`, which may stand anywhere; that is empty where nothing need."""

    before: int
    after: int
    others: tuple[frozenset[str], ...]
    elsewhere: frozenset[str]


class _Clue(NamedTuple):
    """What the phrases need that a word gives away, and the farthest that anything may stand from it.

    `first` has words of which one is near to it in each of them; absent where a phrase has none. They are looked for
    first: most words end there.
    """

    before: int
    after: int
    first: frozenset[str] | None
    needs: tuple[_Needs, ...]


@cache
def _clue(key: str) -> _Clue:
    needs = tuple(dict.fromkeys(_Needs(*phrase.reach, phrase.others, phrase.needs) for phrase in phrases(key)))
    first = [one.others[0] for one in needs if one.others]
    return _Clue(
        max(one.before for one in needs),
        max(one.after for one in needs),
        frozenset().union(*first) if len(first) == len(needs) else None,
        needs,
    )


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
    pieces = [low[start:end] for start, end in spans]
    whole = " ".join(pieces)
    plain = b" %b " % whole.encode("ascii", "replace").translate(_PLAIN)
    letters = plain.replace(b"--", b"  ").replace(b" -", b"  ").replace(b"- ", b"  ").decode("ascii")
    found: list[list[str]] = []
    at = 1
    for piece in pieces:
        found.append(letters[at : at + len(piece)].split())
        at += len(piece) + 1
    if "no one" in whole or "'" in whole or "\u2019" in whole:
        for words, piece in zip(found, pieces, strict=True):
            words += _apart(piece)
    return found


def plain_words(word: str) -> list[str]:
    """Return what of a word of the lexicon `words_of` sees in a text, contractions included: `did` also shows as `didn`."""
    found: list[str] = sorted(_WORD.findall(word), key=len)[-1:]
    return [*found, *(part for part, whole in _CONTRACTED.items() if whole == word), *_STEMS.get(word, ())]


def likely(stretches: Sequence[Sequence[str]]) -> list[int]:
    """Return which of some stretches of words, one behind the other, may be suspect: a look from afar at all at once."""
    ends = [*accumulate(map(len, stretches))]
    found = {bisect_right(ends, at) for at in _places(_expanded([*chain.from_iterable(stretches)]))}
    found.update(at for at, some in enumerate(stretches) if not _APART.isdisjoint(some[-2:]))
    return sorted(found)


def is_suspect(words: Sequence[str]) -> bool:
    """Say whether a word that gives a phrase away stands among others, and near to it what else that phrase needs."""
    expanded = _expanded(words)
    if _APART.isdisjoint(words[-2:]):
        return bool(_places(expanded))
    whole = {*words, *expanded, *(["s"] if _OWNERS in words else [])}
    return any(_is_among(whole, one) for key in keys() & whole for one in _clue(key).needs)


def _expanded(words: Sequence[str]) -> Sequence[str]:
    return words if _CONTRACTIONS.isdisjoint(words) else [_CONTRACTED.get(word, word) for word in words]


def _is_among(words: Set[str], needs: _Needs) -> bool:
    return not any(map(words.isdisjoint, needs.others)) and not (needs.elsewhere and words.isdisjoint(needs.elsewhere))


def _places(words: Sequence[str]) -> list[int]:
    """Return where words stand that give phrases away, with what these need as near to them as a phrase is long.

    Every word of every document comes by here: plain loops, because nested generators take twice the time.
    """
    found: list[int] = []
    whole: set[str] = set()
    known = keys()
    for key in [at for at, word in enumerate(words) if word in known]:
        before, after, first, needs = _clue(words[key])
        if first is not None and first.isdisjoint(words[key - before if key > before else 0 : key + after + 1]):
            continue
        for before, after, others, elsewhere in needs:
            there = words[key - before if key > before else 0 : key + after + 1]
            for some in others:
                if some.isdisjoint(there):
                    break
            else:
                whole = whole or set(words)
                if not elsewhere or not elsewhere.isdisjoint(whole):
                    found.append(key)
                    break
    return found
