"""The phrases of `coe/language/phrases/*.txt`, one file a category, and how one is matched against the words of a sentence.

A heading `[[frame level flag …]]` says who must be the subject (see `coe.language.frame`), how grave it is, and what else
holds. A line below it is one phrase:

    word|word      one of these            <group:form>   a word of a group, verbs in one form
    [verb]         any form of a verb      x?             may be absent
    ... / ......   up to 3 or 8 words      !x  =x         the next word is none, or one, of these, and is not covered
    *x             the word that gives the phrase away, else the first: a phrase is not even read before a text holds
                   it. `tools/generate.py phrases` sets it to what is rarest
    a b & x|y      the sentence holds one of these too        a b ~ x|y      it holds none of these
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from coe.language.element import Element, element, words_in
from coe.language.lexicon import forms, group, lines_of

_INDEX = Path(__file__).with_name("phrases.tsv")
"""All phrases by the words that give them away; `tools/generate.py phrases` makes it of the data files."""
_MARKS = frozenset({".", ",", ";", ":", "(", ")", "!", "?", "$", "--", "\u2013", "\u2014", "\u2026"})
END = "$"


_NOT = frozenset({"not"})
_NEVER = frozenset({"not", "never"})
_DID = frozenset({"did", "had", "has", "have"})
_OPENING = frozenset({"nor", "neither", "never", "once", "point", "stage", "time", "rarely", "seldom", "hardly", "scarcely"})
_WHY = frozenset({"why", "how"})
_INVERTING = (Element(_OPENING, seen=_OPENING), Element(_DID, seen=_DID), Element(gap=5))
_ASKING = (Element(_WHY, seen=_WHY), Element(_DID, seen=_DID), Element(_NOT, seen=_NOT), Element(gap=5))


class Phrase(NamedTuple):
    """One phrase of a category; `keys` are the words that give it away."""

    category: str
    frame: str
    level: str
    flags: frozenset[str]
    elements: tuple[Element, ...]
    keys: frozenset[str]
    key_at: int
    others: tuple[frozenset[str], ...]
    needs: frozenset[str]
    lacks: frozenset[str]
    reach: tuple[int, int]
    """How many words it covers at most before its key and behind it."""

    def matches(self, words: Sequence[str], key: int) -> tuple[int, int] | None:
        """Return the first and the last index that the phrase covers when its key stands at index `key`, the nearest."""
        for first in range(key, max(-1, key - self.reach[0] - 1), -1):
            end = _match(self.elements, 0, words, first)
            if end is not None and first <= key < end:
                return first, end - 1
        return None

    @property
    def denies(self) -> bool:
        """Say whether a negation is part of the phrase."""
        return any(
            isinstance(element.words, frozenset) and not element.words.isdisjoint(("not", "never")) for element in self.elements
        )


def _match(elements: tuple[Element, ...], place: int, words: Sequence[str], at: int) -> int | None:
    """Return the index after the words that the elements from `place` on cover."""
    if place == len(elements):
        return at
    element = elements[place]
    if element.gap:
        for skipped in range(element.gap + 1):
            found = _match(elements, place + 1, words, at + skipped)
            if found is not None or at + skipped >= len(words) or words[at + skipped] in _MARKS:
                return found
        return None
    word = words[at] if at < len(words) else END
    if element.forbids or element.ahead:
        return _match(elements, place + 1, words, at) if (word in element.words) is element.ahead else None
    if word in element.words:
        found = _match(elements, place + 1, words, min(at + 1, len(words)))
        if found is not None:
            return found
    return _match(elements, place + 1, words, at) if element.optional else None


class _Line(NamedTuple):
    """One line of a data file that is a phrase, not yet read."""

    category: str
    heading: str
    text: str


@cache
def keys() -> frozenset[str]:
    """Return the words that give phrases away."""
    return frozenset(_lines())


@cache
def phrases(key: str) -> tuple[Phrase, ...]:
    """Return the phrases that a word gives away; it must be one of `keys`."""
    return tuple(phrase for line in _lines()[key] for phrase in _read(line) if key in phrase.keys)


@cache
def _lines() -> dict[str, list[_Line]]:
    """Return the lines of all phrases by the words that give them away.

    A text holds a fifth of these words, so the other phrases are never read: that takes longer than all that is done here.
    """
    found: dict[str, list[_Line]] = {}
    for row in _INDEX.read_text("utf-8").splitlines():
        category, heading, words, text = row.split("\t")
        line = _Line(category, heading, text)
        for key in words.split("|"):
            found.setdefault(key, []).append(line)
    return found


def index_rows(category: str, text: str) -> Iterator[str]:
    """Yield the rows of the index for a data file: category, heading, the words that give the phrase away, and the phrase.

    The index is there because half of these words come from the forms of verbs, which take longer than a check of a COE.
    """
    for heading, line in lines_of(text):
        yield "\t".join((category, heading, "|".join(sorted(_keys(_Line(category, heading, line)))), line))


def _keys(line: _Line) -> Iterable[str]:
    if line.text.startswith(("not ", "*not ")):  # said in several ways, each with other words
        return {key: None for phrase in _read(line) for key in phrase.keys}
    mark = line.text.find("*")
    words = words_in(line.text[mark + 1 :].split(None, 1)[0])
    return words if isinstance(words, frozenset) else ()


@cache
def _read(line: _Line) -> tuple[Phrase, ...]:
    return tuple(_ways(_phrase(*line)))


def _ways(phrase: Phrase) -> Iterator[Phrase]:
    """Yield a phrase; one that begins with «not» before a verb in the base form also in its other forms and orders.

    «Did not check properly» is also said «never checked properly», «not checking properly», «nor did we check properly» and
    «why didn't we check properly?».
    """
    verb = 1 + (len(phrase.elements) > 1 and phrase.elements[1].optional)
    is_negated = phrase.frame == "people" and phrase.elements[0].words == _NOT and not phrase.elements[0].optional
    if not is_negated or verb >= len(phrase.elements) or not isinstance(phrase.elements[verb].words, frozenset):
        yield phrase
        return
    said = phrase.elements[verb]
    if not (said.gap or said.forbids or said.ahead or said.optional):
        made = frozenset(form for word in _words_of(said) for form in (word, *forms(word)[3:]))
        first = Element(_NEVER, seen=_NEVER)
        widened = (
            first,
            *phrase.elements[1:verb],
            said._replace(words=made, seen=made if said.seen else said.seen),
            *phrase.elements[verb + 1 :],
        )
        yield _moved(phrase, widened, phrase.key_at, phrase.flags)
    else:
        yield phrase
    for opening in (_INVERTING, _ASKING):
        yield _moved(
            phrase, (*opening, *phrase.elements[verb:]), phrase.key_at - verb + len(opening), phrase.flags | {"inverted"}
        )


def _words_of(element: Element) -> frozenset[str]:
    return element.words if isinstance(element.words, frozenset) else frozenset()


def _moved(phrase: Phrase, elements: tuple[Element, ...], key_at: int, flags: frozenset[str]) -> Phrase:
    """Return a phrase with other elements, whose key is at another place."""
    keys = _words_of(elements[key_at])
    reach = (_size(elements[:key_at]), _size(elements[key_at + 1 :]) + any(element.ahead for element in elements))
    return phrase._replace(
        elements=elements, flags=flags, keys=keys, key_at=key_at, others=_others(elements, key_at), reach=reach
    )


def _phrase(category: str, heading: str, line: str) -> Phrase:
    frame, level, *flags = heading.split()
    body, _, rest = line.partition(" & ")
    needs, _, lacks = rest.partition(" ~ ") if rest else ("", "", "")
    if not rest:
        body, _, lacks = body.partition(" ~ ")
    parts = body.split()
    elements = tuple(element(part.lstrip("*")) for part in parts)
    key_at = next((index for index, part in enumerate(parts) if part.startswith("*")), 0)
    keys = elements[key_at].words
    if not isinstance(keys, frozenset) or elements[key_at].optional or elements[key_at].forbids or not keys:
        raise ValueError(f"the phrase `{line}` of {category} needs a word that gives it away")
    return Phrase(
        category,
        frame,
        level,
        frozenset(flags),
        elements,
        keys,
        key_at,
        _others(elements, key_at),
        _listed(needs),
        _listed(lacks),
        (_size(elements[:key_at]), _size(elements[key_at + 1 :]) + any(element.ahead for element in elements)),
    )


def _size(elements: tuple[Element, ...]) -> int:
    return sum(element.gap or (0 if element.forbids or element.ahead else 1) for element in elements)


def _listed(text: str) -> frozenset[str]:
    words = words_in(text)
    return words if isinstance(words, frozenset) else frozenset()


def _others(elements: tuple[Element, ...], key_at: int) -> tuple[frozenset[str], ...]:
    """Return the other words that a phrase cannot do without, the rarest first, for a look from afar."""
    others = [element.seen for element in (*elements[:key_at], *elements[key_at + 1 :]) if element.seen]
    return tuple(sorted(others, key=frequency))


@cache
def frequency(words: frozenset[str]) -> int:
    """Return how often words stand in texts, roughly: little ones more often than the frequent ones of reports."""
    return sum([weight * len(words & some) for weight, some in _weights() if not words.isdisjoint(some)])


@cache
def _weights() -> tuple[tuple[int, frozenset[str]], ...]:
    return (3, group("frequent")), (4, group("everywhere")), (30, group("commonest"))


def all_phrases() -> Iterator[Phrase]:
    """Yield every phrase once."""
    yield from dict.fromkeys(phrase for some in _lines().values() for line in some for phrase in _read(line))
