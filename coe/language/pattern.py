"""The pattern of a house phrase → the words that it stands for, and where they are in a sentence.

word word      these words, one after the other, in small letters or capitals
one|two        one of these                 [forget]       any form of a verb
word?          it may be absent             <person>       a word for people, and so on: see `GROUPS`
...            up to three words, none of them a mark
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import cache
from itertools import product
from math import prod
from typing import NamedTuple

from coe.language.element import Element
from coe.language.lexicon import forms, group, irregular, open_group
from coe.language.phrase import END
from coe.language.token import tokens
from coe.language.trigger import plain_words
from coe.text import Span, nearest

GROUPS = ("person", "team", "user", "adverb")
"""The groups of words that a pattern can name."""
MAX_PARTS = 20
_MAX_VARIANTS = 64
_GAP = 3
_VERB = re.compile(r"[a-z]+(?:-[a-z]+)*")
_COMMON = ("english", "determiner", "preposition", "coordinator", "opener", "pronoun", "adverb", "be", "have", "do", "modal")
_IRREGULAR_FORMS = frozenset({"am", "is", "are", "was", "were", "been", "being", "has", "does"})
_MARKS = frozenset({".", ",", ";", ":", "(", ")", "!", "?", END, "--", "\u2013", "\u2014", "\u2026"})


class PatternError(ValueError):
    """A pattern that cannot be read: what is wrong, and what to write instead."""

    def __init__(self, message: str, help: str) -> None:  # noqa: A002 (as in the report)
        super().__init__(message)
        self.help = help


class Variant(NamedTuple):
    """One of the sequences that a pattern stands for: `keys` are the words at `key_at`, which give it away."""

    elements: tuple[Element, ...]
    keys: frozenset[str]
    key_at: int
    verbs: frozenset[str]

    @property
    def reach(self) -> int:
        """Return how many words before its key it can begin."""
        return sum(element.gap or 1 for element in self.elements[: self.key_at])

    @property
    def leading(self) -> int:
        """Return how many words that may be absent it begins with."""
        return next(at for at, element in enumerate(self.elements) if not element.optional)

    def ends(self, words: Sequence[str], first: int, dead: set[tuple[int, int]]) -> int | None:
        """Return the index behind the words that it covers from `first` on, the nearest.

        `dead` holds the places from which there is no way on: with it, many gaps cost no more than few.
        """
        return self._end(words, 0, first, dead)

    def _end(self, words: Sequence[str], place: int, at: int, dead: set[tuple[int, int]]) -> int | None:
        if place == len(self.elements):
            return at
        if (place, at) in dead:
            return None
        for to in self._steps(words, place, at):
            if (end := self._end(words, place + 1, to, dead)) is not None:
                return end
        dead.add((place, at))
        return None

    def _steps(self, words: Sequence[str], place: int, at: int) -> Iterator[int]:
        element = self.elements[place]
        if element.gap:
            for skipped in range(element.gap + 1):
                yield at + skipped
                if at + skipped >= len(words) or words[at + skipped] in _MARKS:
                    return
            return
        if at < len(words) and words[at] in element.words:
            yield at + 1
        if element.optional:
            yield at


@cache
def variants(pattern: str) -> tuple[Variant, ...]:
    """Return the sequences that a pattern stands for; more than one where a choice is made of several words.

    Errors: `PatternError`.
    """
    parts = _parts(pattern)
    if not parts:
        raise PatternError("there is no word in it", "Write the words that you want to hear of, such as `war room`.")
    if len(parts) > MAX_PARTS:
        raise PatternError(f"it has more than {MAX_PARTS} parts", "Write a shorter phrase: a few words give it away.")
    if parts[0] == "..." or parts[-1] == "...":
        raise PatternError("`...` stands at its edge", "Write `...` between two words, or leave it out.")
    choices = [_choices(part) for part in parts]
    made = [tuple(element for choice in row for element in choice) for row in _rows(choices)]
    return tuple(_variant(elements, _verbs(parts)) for elements in made)


def _rows(choices: list[list[tuple[Element, ...]]]) -> Iterable[tuple[tuple[Element, ...], ...]]:
    if prod(map(len, choices)) > _MAX_VARIANTS:
        raise PatternError("it stands for too many phrases", "Write two phrases in place of one.")
    return product(*choices)


def _parts(pattern: str) -> list[str]:
    """Return the parts between spaces; «no one» is one word, and so is everything inside brackets."""
    for opening, closing in ("[]", "<>"):
        if pattern.count(opening) != pattern.count(closing) or re.search(rf"\{opening}[^\{closing}]*(?:\{opening}|$)", pattern):
            raise PatternError(
                f"`{opening}` and `{closing}` do not go in pairs", "Write a verb as `[forget]` and a group as `<person>`."
            )
    return re.sub(r"\bno one\b", "no_one", pattern.lower().replace("\u2019", "'").replace("\u2026", "...")).split()


def _choices(part: str) -> list[tuple[Element, ...]]:
    """Return the sequences that one part stands for: words that are one token are one element."""
    if set(part) == {"."}:
        if len(part) == 3:
            return [(Element(gap=_GAP),)]
        raise PatternError(f"`{part}` is no gap", "Write `...` for up to three words.")
    optional = len(part) > 1 and part.endswith("?")
    single: list[Container[str]] = []
    sequences: list[tuple[Element, ...]] = []
    for one in (part[:-1] if optional else part).split("|"):
        words = _one(one, part)
        if len(words) == 1:
            single.append(words[0])
        else:
            sequences.append(tuple(Element(word) for word in words))
    out: list[tuple[Element, ...]] = [(Element(_either(single), optional=optional),)] if single else []
    return [*out, *sequences, *([()] if optional and sequences and not single else [])]


def _one(word: str, part: str) -> list[Container[str]]:
    if not word:
        raise PatternError(f"a word is missing in `{part}`", "Write `one|two` without spaces, and `?` behind a word.")
    if word.startswith("<") and word.endswith(">"):
        name = word[1:-1]
        if name not in GROUPS:
            guess = nearest(name, GROUPS)
            known = ", ".join(f"`<{one}>`" for one in GROUPS)
            raise PatternError(
                f"there is no group `{word}`", f"Did you mean `<{guess}>`?" if guess else f"The groups are {known}."
            )
        return [open_group(name) if name == "adverb" else group(name)]
    if word.startswith("[") and word.endswith("]"):
        return [_forms(word[1:-1])]
    if set(word) & set("[]<>()*!=&~"):
        raise PatternError(f"`{word}` cannot be read", "Write plain words, `one|two`, `[verb]`, `word?`, `<person>` or `...`.")
    plain = word.replace("_", " ")
    found = tokens(plain, Span(0, len(plain)))
    if not found or sum(token.end - token.start for token in found) != len(plain.replace(" ", "" if len(found) > 1 else " ")):
        raise PatternError(f"`{word}` is no word of a sentence", "Write words as they stand in a text.")
    return [frozenset({token.word}) for token in found]


def _forms(verb: str) -> frozenset[str]:
    if not _VERB.fullmatch(verb):
        raise PatternError(f"`[{verb}]` is no verb", "Write one verb in its base form, such as `[forget]`.")
    known = next(
        (one.base for one in irregular().values() if verb != one.base and verb in one and one.base not in one[1:]), None
    )
    if known and verb not in irregular():
        raise PatternError(f"`[{verb}]` is no base form", f"Write `[{known}]`: it stands for all forms.")
    return frozenset(forms(verb)) | (group(verb) & _IRREGULAR_FORMS if verb in ("be", "have", "do") else frozenset())


class _Either(Container[str]):
    """Words of a list, or of a class that no list can hold."""

    def __init__(self, parts: Sequence[Container[str]]) -> None:
        self.parts = parts

    def __contains__(self, word: object) -> bool:
        return any(word in part for part in self.parts)


def _either(parts: Sequence[Container[str]]) -> Container[str]:
    closed = [part for part in parts if isinstance(part, frozenset)]
    return frozenset().union(*closed) if len(closed) == len(parts) else _Either(parts)


def _verbs(parts: Sequence[str]) -> frozenset[str]:
    found = (one for part in parts for one in part.removesuffix("?").split("|") if one.startswith("["))
    return frozenset().union(*(_forms(one[1:-1]) for one in found))


def _variant(elements: tuple[Element, ...], verbs: frozenset[str]) -> Variant:
    """Return a sequence with its key: the rarest of the words that it cannot do without."""
    closed = [
        (index, element.words)
        for index, element in enumerate(elements)
        if isinstance(element.words, frozenset)
        and not (element.optional or element.gap)
        and all(map(_has_letters, element.words))
    ]
    if not closed:
        raise PatternError("no word in it is certain", "Write at least one plain word without `?`.")
    index, keys = min(closed, key=lambda one: _commonness(one[1]))
    return Variant(elements, keys, index, verbs)


def _has_letters(word: str) -> bool:
    return any(map(str.isalnum, word))


def _commonness(words: frozenset[str]) -> tuple[bool, bool, int]:
    common = any(word in group(name) for word in words for name in _COMMON if name != "adverb") or any(
        word in open_group("adverb") for word in words
    )
    return common, not all(plain_words(word) for word in words), -min(map(len, words))
