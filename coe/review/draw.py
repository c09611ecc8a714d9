"""The draw of one week: what the minutes keep of it, or the wheel as it stands before it."""

from __future__ import annotations

from dataclasses import dataclass

from coe.corpus import Corpus
from coe.review.week import Week
from coe.review.wheel import Draws, Share, Wheel, turned


@dataclass(frozen=True, slots=True)
class Draw:
    """Who is on the wheel with which weight and, once it was turned, the seed and who was drawn."""

    shares: tuple[Share, ...]
    absent: tuple[str, ...]
    seed: str | None = None
    picked: str | None = None
    picked_name: str = ""


def draw(corpus: Corpus, draws: Draws, week: Week) -> Draw | None:
    """Return the draw of a week; absent when nobody is on the wheel and nobody was drawn.

    Names that the minutes leave out of the draw but that have left the roster since are passed over.
    """
    names = draws.names
    minutes = corpus.minutes.get(week.name)
    kept = minutes.wheel if minutes else None
    absent = tuple(name for name in (kept.absent if kept else ()) if name in names)
    wheel = turned(names, draws.before(week.name), absent) if set(names) - set(absent) else Wheel((), absent)
    if kept:
        return Draw(wheel.shares, absent, kept.seed, kept.picked, names.get(kept.picked, kept.picked))
    return Draw(wheel.shares, absent) if wheel.shares else None
