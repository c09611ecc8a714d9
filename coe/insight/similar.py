"""COEs → which are alike, and by what they share.

A trait tells as much as it is rare: one that a fraction p of all COEs has is worth log2(1/p) bits. Two COEs are alike
when they share so much that chance alone would hardly pair them: more bits than it takes to single out one of all.
Words are weak (each COE has many), and one kind of trait alone is an overlap and no likeness.

The work grows with the number of COEs and not with that of their pairs: of a trait that many have, only the nearest
in time are looked at, and pairs of common traits (a service and a trigger) stand in the index as traits of their own.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from heapq import nlargest
from itertools import product
from typing import NamedTuple, Self, TypeAlias

from coe.insight.traits import KINDS, WORD, Trait, traits
from coe.model.coe import Coe

NOTE = "A small overlap is not a likeness: these share more than chance explains, and their causes may still differ."
MOST = 5
"""How many are named for one COE."""

_MARGIN = 3.0
"""Bits above those that single out one COE: one of eight COEs would have one named by chance."""

_WORD_WEIGHT, _MOST_WORDS = 0.5, 3
_RARE = 50
"""A word counts when at most one COE in so many has it, and always when it stands in two of them alone."""

_WHOLE, _NEAREST = 48, 12
"""A trait of so many COEs is followed to all of them; of a commoner one, to so many before and after."""

_LOOKED_AT = 16
_PAIRS = (("service", "trigger"), ("service", "mitigation"), ("service", "cause"), ("trigger", "mitigation"))


Key: TypeAlias = tuple[str, ...]
"""What the index holds: a trait, or a pair of them."""


class Alike(NamedTuple):
    """Another COE that is like one: how much they share, and what, the rarest of a kind first. Unit: bits."""

    id: str
    score: float
    shared: tuple[Trait, ...]


class Similarity:
    """What is alike among some COEs. The same COEs give the same answers in whatever order they come."""

    def __init__(self, coes: Iterable[Coe]) -> None:
        self._index({coe.id: traits(coe) for coe in coes})

    @classmethod
    def of_traits(cls, found: Mapping[str, frozenset[Trait]]) -> Self:
        """Return what is alike among COEs whose traits are known."""
        made = cls(())
        made._index(found)
        return made

    def _index(self, given: Mapping[str, frozenset[Trait]]) -> None:
        self._names = sorted(given)
        self._where: dict[Key, list[int]] = {}
        for place, name in enumerate(self._names):
            for key in keys_of(given[name]):
                self._where.setdefault(key, []).append(place)
        size = len(self._names)
        self._worth = {key: worth for key, at in self._where.items() if (worth := _worth(key, len(at), size))}
        # What nobody shares, or all do, is left out: it would only be compared in vain.
        self._traits = {name: given[name] & self._worth.keys() for name in self._names}

    @cached_property
    def least(self) -> float:
        """Return the least that two COEs share to be called alike. Unit: bits."""
        return least_of(len(self._names))

    def having(self, keys: Iterable[Key]) -> set[str]:
        """Return the COEs that have one of some keys."""
        return {self._names[place] for key in keys for place in self._where.get(key, ())}

    def revalued(self, size: int) -> set[Key]:
        """Return the keys that would count another amount if as many COEs had them, of so many in all."""
        now = len(self._names)
        return {key for key, at in self._where.items() if _worth(key, len(at), now) != _worth(key, len(at), size)}

    def worth(self, trait: Trait) -> float:
        """Return how much a trait counts that two COEs share; nothing when no two do. Unit: bits."""
        return self._worth.get(trait, 0.0)

    def of(self, name: str, *, most: int = MOST) -> tuple[Alike, ...]:
        """Return the COEs that are like one, the likest first; none for a COE that is not among them."""
        own = self._traits.get(name)
        if own is None:
            return ()
        found = [self._compared(own & self._traits[other], other) for other in self._candidates(name, own)]
        alike = [one for one in found if one.score >= self.least and _is_broad(one.shared)]
        return tuple(sorted(alike, key=lambda one: (one.score, one.id), reverse=True)[:most])

    def _candidates(self, name: str, own: frozenset[Trait]) -> list[str]:
        """Return the COEs that share most with one, as far as the index tells without comparing."""
        here = bisect_left(self._names, name)
        points: dict[int, float] = {}
        for key in keys_of(own):
            worth = self._worth.get(key, 0.0)  # halves and quarters: sums are exact in any order
            for place in self._near(key, here) if worth else ():
                points[place] = points.get(place, 0.0) + worth
        points.pop(here, None)
        best = nlargest(_LOOKED_AT, points, key=lambda place: (points[place], place))
        return [self._names[place] for place in best]

    def _near(self, key: Key, here: int) -> list[int]:
        places = self._where[key]
        if len(places) <= _WHOLE:
            return places
        at = bisect_left(places, here)
        return places[max(at - _NEAREST, 0) : at + _NEAREST + 1]

    def _compared(self, shared: frozenset[Trait], other: str) -> Alike:
        worth = self._worth
        if sum(worth[trait] for trait in shared) < self.least:
            return Alike(other, 0.0, ())
        told = sorted(shared, key=lambda one: (KINDS.index(one.kind), -worth[one], -len(one.value), one.value))
        facts = [trait for trait in told if trait.kind != WORD]
        kept = (*facts, *[trait for trait in told if trait.kind == WORD][:_MOST_WORDS])
        return Alike(other, sum(worth[trait] for trait in kept), kept)


def least_of(size: int) -> float:
    """Return the least that two of so many COEs share to be called alike. Unit: bits."""
    return round(math.log2(max(size, 2)) + _MARGIN, 1)


def _worth(key: Key, had: int, size: int) -> float:
    """Return how much a trait tells that so many have, in halves: so that one more COE does not change every sum."""
    if had < 2 or (key[0] == WORD and had > max(2, size // _RARE)):
        return 0.0
    bits = round(2 * math.log2(size / had)) / 2
    return bits * _WORD_WEIGHT if key[0] == WORD else bits


def keys_of(found: frozenset[Trait]) -> Iterator[Key]:
    """Yield what the index holds of a COE."""
    yield from found
    yield from _pairs(found)


def _pairs(found: frozenset[Trait]) -> Iterator[Key]:
    """Yield pairs of common traits, which together are rarer than each."""
    by_kind: dict[str, list[str]] = {}
    for trait in found:
        by_kind.setdefault(trait.kind, []).append(trait.value)
    for one, other in _PAIRS:
        for first, second in product(by_kind.get(one, ()), by_kind.get(other, ())):
            yield one, first, other, second


def _is_broad(shared: tuple[Trait, ...]) -> bool:
    """Say whether traits are of two kinds at least, so neither one fact nor words alone."""
    return len({trait.kind for trait in shared}) > 1


_TOLD = {
    "service": ("same service {}", "same services {}"),
    "trigger": ("both set off by {}", "both set off by {}"),
    "cause": ("{} cause in both", "{} causes in both"),
    "tag": ("both tagged {}", "both tagged {}"),
    "tenet": ("both speak for the tenet {}", "both speak for the tenets {}"),
    "mitigation": ("both mitigated by {}", "both mitigated by {}"),
    "detection": ("both detected by {}", "both detected by {}"),
    WORD: ("both say {}", "both say {}"),
}
_NAMED = {"config": "a configuration change", "infrastructure": "infrastructure", "traffic": "traffic", "data": "data"}


def because(shared: Iterable[Trait], called: Mapping[str, Mapping[str, str]] | None = None) -> str:
    """Return in words what two COEs share; `called` holds names by id for a kind of trait, services and tenets above all."""
    groups: dict[str, list[str]] = {}
    for trait in shared:
        given = (called or {}).get(trait.kind, {}).get(trait.value)
        groups.setdefault(trait.kind, []).append(given or _name(trait))
    told = [_TOLD[kind][len(names) > 1].format(_listed(names)) for kind, names in groups.items()]
    return "; ".join(told)


def _name(trait: Trait) -> str:
    if trait.kind == WORD:
        return f"\u201c{trait.value}\u201d"
    words = trait.value.replace("_", " ")
    if trait.kind in ("trigger", "detection"):
        return _NAMED.get(trait.value) or f"{'an' if words[0] in 'aeiou' else 'a'} {words}"
    return words if trait.kind in ("cause", "mitigation") else trait.value


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
