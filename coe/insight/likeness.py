"""COEs, and what was known of them before → which are alike; only what a change can touch is compared anew.

An answer is made of how much the keys of a COE count, of the COEs that have them, and of what these share with it. So
it holds as long as none of its keys is one that a changed COE won or lost, and none counts another amount.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import NamedTuple

from coe.insight.similar import Alike, Similarity, keys_of, least_of
from coe.insight.traits import Trait, traits
from coe.model.coe import Coe


class Known(NamedTuple):
    """What is known of a COE: its document by name, its traits, and the COEs that are like it."""

    document: str
    traits: frozenset[Trait]
    alike: tuple[Alike, ...]


class Likeness:
    """What is alike among COEs that come with the names of their documents: what `Similarity` says, some of it known."""

    def __init__(self, coes: Iterable[tuple[Coe, str]], before: Mapping[str, Known] | None = None) -> None:
        self._before = before or {}
        self._documents: dict[str, str] = {}
        self._traits: dict[str, frozenset[Trait]] = {}
        for coe, document in coes:
            known = self._before.get(coe.id)
            is_same = known is not None and document and known.document == document
            self._documents[coe.id] = document
            self._traits[coe.id] = known.traits if known and is_same else traits(coe)

    def of(self, name: str) -> tuple[Alike, ...]:
        """Return the COEs that are like one, the likest first; none for a COE that is not among them."""
        if name not in self._found:
            self._found[name] = self._before[name].alike if name in self._same else self._similarity.of(name)
        return self._found[name]

    def known(self) -> Mapping[str, Known]:
        """Return all answers; those of before when nothing is another."""
        if self._documents == {name: one.document for name, one in self._before.items()}:
            return self._before
        return {name: Known(document, self._traits[name], self.of(name)) for name, document in self._documents.items()}

    @cached_property
    def _found(self) -> dict[str, tuple[Alike, ...]]:
        return {}

    @cached_property
    def _similarity(self) -> Similarity:
        return Similarity.of_traits(self._traits)

    @cached_property
    def _same(self) -> frozenset[str]:
        """Return the COEs whose answers are those of before."""
        before, now = self._before, self._traits
        changed = {name for name in before.keys() | now.keys() if not self._has_same_traits(name)}
        if not changed:
            return frozenset(now)
        if not before or least_of(len(before)) != least_of(len(now)):
            return frozenset()
        touched = set(self._similarity.revalued(len(before))) if len(before) != len(now) else set()
        for name in changed:
            old = before[name].traits if name in before else frozenset[Trait]()
            touched |= {*keys_of(old)} ^ {*keys_of(now.get(name, frozenset()))}
        return frozenset(now) - changed - self._similarity.having(touched)

    def _has_same_traits(self, name: str) -> bool:
        known, own = self._before.get(name), self._traits.get(name)
        return known is not None and (known.traits is own or known.traits == own)
