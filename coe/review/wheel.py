"""The wheel: a fair draw of who reports this week.

Everybody on the roster starts with the same weight. Who is drawn gives all of its weight to the others in equal parts,
so nobody is drawn twice in a row and those who waited longest are the likeliest, yet nobody can be sure to be spared.
A draw is a pure function of the roster, the draws before it, who is absent, and a seed: anybody can do it again.
"""

from __future__ import annotations

import hashlib
import math
import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from coe.corpus import Corpus
from coe.errors import CoeError
from coe.model.organization import Minutes

BITS = 48
"""A seed of twelve hexadecimal digits is the drawn number itself, which a page in a browser can draw and explain as well."""

_POINTS = 1 << BITS
_STEP = 16
"""After so many draws the weights are kept."""

_HEX = re.compile(r"[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Share:
    """One name on the wheel: its weight (1 is the start), and the first drawn number that is no longer its own."""

    id: str
    name: str
    weight: Fraction
    upto: int

    @property
    def chance(self) -> float:
        """Return the likelihood as of the weights alone, from 0 to 1; of all on the wheel the sum is 1."""
        return float(self.weight)


@dataclass(frozen=True, slots=True)
class Wheel:
    """Who can be drawn, in the order of the roster; `absent` are on the roster and keep their weight."""

    shares: tuple[Share, ...]
    absent: tuple[str, ...] = ()

    def pick(self, seed: str) -> Share:
        """Return who is drawn with a seed."""
        at = point(seed)
        return next(share for share in self.shares if at < share.upto)


def point(seed: str) -> int:
    """Return the number that a seed stands for, from 0 up to 2 to the power of 48; other texts are hashed (SHA-256)."""
    if _HEX.fullmatch(seed):
        return int(seed, 16)
    return int.from_bytes(hashlib.sha256(seed.encode("utf-8")).digest()[: BITS // 8], "big")


def roster(corpus: Corpus, kind: str) -> dict[str, str]:
    """Return the names on the wheel by id, in the order of ids: the services in use, or the teams, of the catalog."""
    catalog = corpus.catalog
    if catalog is None:
        return {}
    teams = {one.id: one.name for one in catalog.teams}
    found = teams if kind == "teams" else {one.id: one.name for one in catalog.services if one.status == "active"}
    return dict(sorted(found.items()))


def weights(names: Iterable[str], drawn: Iterable[str]) -> dict[str, Fraction]:
    """Return the weights after some draws, the oldest first; whoever left the roster since is passed over. The sum stays."""
    return _after({name: Fraction(1) for name in names}, drawn)


def _after(held: dict[str, Fraction], drawn: Iterable[str]) -> dict[str, Fraction]:
    for name in drawn:
        held = passed_on(held, name)
    return held


def passed_on(held: Mapping[str, Fraction], name: str) -> dict[str, Fraction]:
    """Return the weights after one more draw: what the drawn one had is shared out among the others."""
    if name not in held or len(held) == 1:
        return dict(held)
    part = held[name] / (len(held) - 1)
    return {other: Fraction(0) if other == name else weight + part for other, weight in held.items()}


def wheel(names: Mapping[str, str], drawn: Iterable[str], absent: Collection[str] = ()) -> Wheel:
    """Return the wheel of a roster after the draws so far, the oldest first.

    Errors: `CoeError` when an absent name is not on the roster, and when nobody is left to be drawn.
    """
    unknown = sorted(set(absent) - set(names))
    if unknown:
        raise CoeError(f"{', '.join(unknown)} is not on the wheel", f"On it are: {', '.join(names) or 'none'}.")
    return turned(names, weights(names, drawn), absent)


def turned(names: Mapping[str, str], held: Mapping[str, Fraction], absent: Collection[str] = ()) -> Wheel:
    """Return the wheel of names with the weights that they hold.

    Errors: `CoeError` when nobody is left to be drawn.
    """
    there = {name: weight for name, weight in held.items() if name not in absent}
    if not there:
        raise CoeError("nobody is left on the wheel", "Name services or teams in the catalog, or fewer as absent.")
    total = sum(there.values(), Fraction())
    if not total:  # all the others are absent: who reported last reports again
        there, total = dict.fromkeys(there, Fraction(1)), Fraction(len(there))
    shares, upto = [], Fraction()
    for name, weight in there.items():
        upto += weight
        shares.append(Share(name, names[name], weight / total, math.ceil(upto / total * _POINTS)))
    return Wheel(tuple(shares), tuple(sorted(absent)))


def drawn_before(corpus: Corpus, week: str) -> tuple[str, ...]:
    """Return who was drawn in the reviews before a week, the oldest first."""
    past = (minutes for name, minutes in sorted(corpus.minutes.items()) if name < week)
    return tuple(minutes.wheel.picked for minutes in past if minutes.wheel)


class Draws:
    """The weights of a roster as they stood before each of many reviews: some of them are kept, so that a week takes few
    steps from the one before it that is."""

    def __init__(self, corpus: Corpus) -> None:
        self.names = roster(corpus, corpus.repository.config.review.wheel)
        found = [(week, minutes.wheel.picked) for week, minutes in sorted(corpus.minutes.items()) if minutes.wheel]
        self._weeks = [week for week, _ in found]
        self._drawn = [picked for _, picked in found]
        self._kept = [weights(self.names, ())]

    def before(self, week: str) -> dict[str, Fraction]:
        """Return the weights before the review of a week."""
        upto = bisect_left(self._weeks, week)
        while len(self._kept) <= upto // _STEP:
            start = (len(self._kept) - 1) * _STEP
            self._kept.append(_after(self._kept[-1], self._drawn[start : start + _STEP]))
        at = upto // _STEP
        return _after(self._kept[at], self._drawn[at * _STEP : upto])


def wheel_of(corpus: Corpus, week: str, absent: Collection[str] = ()) -> Wheel:
    """Return the wheel as it stands in a week.

    Errors: those of `wheel`.
    """
    return wheel(roster(corpus, corpus.repository.config.review.wheel), drawn_before(corpus, week), absent)


def replayed(corpus: Corpus, minutes: Minutes) -> Share | None:
    """Return who the draw in minutes gives when it is done again; absent when they have none.

    Errors: those of `wheel`: the roster may have changed since.
    """
    if minutes.wheel is None:
        return None
    return wheel_of(corpus, minutes.week, minutes.wheel.absent).pick(minutes.wheel.seed)
