"""Text → the language it is in, where that is not English: what is not understood is not read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from coe.language.lexicon import group, taken_in
from coe.parse.prose import OPAQUE

# Patterns of many letters take long to compile, and most texts ask for none: `re` does it when they do.
_WORD = r"[^\W\d_]+(?:-[^\W\d_]+)*"
_SCRIPTS = (
    ("Greek", "\u0370-\u03ff"),
    ("the Cyrillic script", "\u0400-\u052f"),
    ("the Armenian script", "\u0530-\u058f"),
    ("Hebrew", "\u0590-\u05ff"),
    ("the Arabic script", "\u0600-\u06ff\u0750-\u077f"),
    ("an Indic script", "\u0900-\u0dff"),
    ("Thai", "\u0e00-\u0e7f"),
    ("the Georgian script", "\u10a0-\u10ff"),
    ("Korean", "\u1100-\u11ff\uac00-\ud7af"),
    ("Japanese", "\u3040-\u30ff"),
    ("Chinese", "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002fa1f"),
)
_OTHER_LETTERS = f"[{''.join(letters for _, letters in _SCRIPTS)}]"
_DENSE = 3  # letters of ours say as much as one sign of these
_DENSE_SIGNS = r"[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\U00020000-\U0002fa1f]"
_NAMES = r"\b(?:(?:de|la|le|el|los|las|del|al|di|da|du|van|von|der|den|ter|af|bin)\s+)+(?=[^\W\d_a-z])"
"""Little words that belong to the name behind them: «de la Cruz», «van der Berg»."""
_FEW = 30  # words: in fewer, two little words have to do
_SHARE = 8  # at least one word in so many is a little one, in any language that we know


def foreign_language(stretches: Sequence[str]) -> str | None:
    """Return the language that stretches of prose are in for the most part, absent where they may be English.

    A list of commands, names or codes has hardly any little words: it may be English. Words in capitals may be names, and
    stretches of a word or two are no sentences: they say nothing.
    """
    whole = "\n".join(stretches)
    if not whole.isascii() and (script := _script(whole)):
        return script
    words = Counter(re.findall(_WORD, re.sub(_NAMES, "", "\n".join(one for one in stretches if one.count(" ") > 1))))
    counts: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    for word in words.keys() & _languages().keys():
        for language in _languages()[word]:
            counts[language] += words[word]
            kinds[language] += 1
    if not counts:
        return None
    best, count = counts.most_common(1)[0]
    english = sum(times for word, times in words.items() if word.lower() in group("english"))
    total = words.total()
    if kinds[best] < (2 if total <= _FEW else 3) or count <= english or count * _SHARE < total:
        return None
    return best.capitalize()


def is_foreign(text: str, words: Sequence[str]) -> bool:
    """Say whether a stretch of prose with its plain words is in another language; most are dismissed at a glance."""
    is_latin = text.replace(OPAQUE, "").isascii() or not re.search(_OTHER_LETTERS, text)
    return not (is_latin and sum(map(_little_words().__contains__, words)) < 2) and foreign_language((text,)) is not None


def is_plainly_english(words: Sequence[str]) -> bool:
    """Say whether a word stands among others that only English has."""
    return not group("plain_english").isdisjoint(words)


@cache
def _languages() -> dict[str, tuple[str, ...]]:
    """Return the little words that are not English, each with its languages."""
    found: dict[str, tuple[str, ...]] = {}
    for language in taken_in("language"):
        for word in group(language) - group("english"):
            found[word] = (*found.get(word, ()), language)
    return found


@cache
def _little_words() -> frozenset[str]:
    return frozenset(_languages())


def _script(text: str) -> str | None:
    """Return the script that most of a text is in, when it is none of ours."""
    others = re.findall(_OTHER_LETTERS, text)
    if not others:
        return None
    weight = len(others) + (_DENSE - 1) * len(re.findall(_DENSE_SIGNS, text))
    if weight <= sum(map(len, re.findall(_WORD, re.sub(_OTHER_LETTERS, " ", text)))):
        return None
    counts = {name: len(re.findall(f"[{letters}]", text)) for name, letters in _SCRIPTS}
    best = max(counts, key=lambda name: counts[name])
    # Japanese is written with Chinese signs too, but never without its own.
    return "Japanese" if best == "Chinese" and counts["Japanese"] * 10 > counts["Chinese"] else best
