"""COEs → the causes that they share: words that stand in the causes of several, and the statements around them.

A pointer for readers and no judgement: the words are shown, so that a reader sees at once whether the causes are alike.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import TypeAlias

from coe.model.causes import Cause
from coe.model.coe import Coe, causes

LEAST = 2
"""In so many COEs of a group a word must stand."""

_MOST_WORDS = 60
_WORD = re.compile(r"[a-z][a-z0-9]*(?:[-_.][a-z0-9]+)*")
_COMMON = frozenset(
    _WORD.findall("""
    a about above across after again all also although always an and any are as at be because been before being below between
    both but by came can cannot could did do does done down during each either else enough even ever every few first for from
    further get got had half has have having hence here how however if in instead into is it its itself just kept last later
    least less let longer made make many may might more most much must need needed needs neither never next no nobody none nor
    not nothing now of off often on once one only onto or other others our out over own part per place put rather said same
    second see set several shall should side since so some something soon still such take taken than that the their them then
    there these they thing third this those though three through thus time times to together too took toward two under until
    up upon use used uses using very was way we went were what when where whether which while who whole whose why will with
    within without would yet you your system systems service services team teams alarm alarms caused cause event change
    """)
)
"""Words that say nothing of a cause, in English; and a few that nearly every cause has."""


CauseTerms: TypeAlias = tuple[tuple[Cause, frozenset[str]], ...]
"""The causes of a COE, each with the words that say something."""


@dataclass(frozen=True, slots=True)
class Recurring:
    """Words that the causes of several COEs share, and those COEs with the causes in which they stand, the newest first."""

    words: tuple[str, ...]
    found: tuple[tuple[Coe, Cause], ...]


def terms(text: str) -> frozenset[str]:
    """Return the words of a text that say something, in the singular."""
    return frozenset(_singular(word) for word in _WORD.findall(text.lower()) if len(word) > 2 and word not in _COMMON)


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith(("tches", "shes", "sses", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3 else word


def cause_terms(coe: Coe) -> CauseTerms:
    """Return the causes of a COE with the words that say something."""
    return tuple((cause, terms(cause.statement)) for _, cause in causes(coe))


def commonness(known: Iterable[CauseTerms]) -> dict[str, int]:
    """Return in how many COEs each word stands."""
    found: dict[str, int] = {}
    for one in known:
        for word in {word for _, words in one for word in words}:
            found[word] = found.get(word, 0) + 1
    return found


def recurring(
    coes: Sequence[Coe],
    known: Mapping[str, CauseTerms],
    *,
    often: Mapping[str, int],
    but: Collection[str] = (),
    limit: int = 5,
) -> tuple[Recurring, ...]:
    """Return what recurs in the causes of some COEs, what more of them share first.

    `known` are the causes of all COEs with their words, by id, and `often` in how many COEs a word stands. A word that
    stands in more than a third of at least 30 COEs tells nothing, nor does one in `but`, such as the name of what the group
    shares; of the others, the rarer one comes first. Words of the same causes are one entry; what only two COEs share must
    be two words, as one is chance.
    """
    spread: dict[str, dict[tuple[str, str], tuple[Coe, Cause]]] = {}
    for coe in coes:
        for cause, words in known[coe.id]:
            for word in words:
                spread.setdefault(word, {})[coe.id, cause.id] = coe, cause
    usual = len(known) / 3 if len(known) >= 30 else len(known) + 1
    number = {word: len({name for name, _ in rows}) for word, rows in spread.items()}
    shared = [word for word in spread if number[word] >= LEAST and often[word] <= usual and word not in but]
    shared.sort(key=lambda word: (-number[word], often[word], word))
    groups: list[list[str]] = []
    for word in shared[:_MOST_WORDS]:
        near = next((words for words in groups if _alike(spread[word].keys(), spread[words[0]].keys())), None)
        if near is not None:
            near.append(word)
        else:
            groups.append([word])
    kept = [words for words in groups if len(words) > 1 or number[words[0]] > LEAST]
    return tuple(Recurring(tuple(words[:5]), tuple(_first_each(spread[words[0]].values()))) for words in kept[:limit])


def _alike(one: Set[tuple[str, str]], other: Set[tuple[str, str]]) -> bool:
    """Say whether two words stand in the same causes, but for one in three."""
    return len(one & other) * 3 >= len(one | other) * 2


def _first_each(rows: Iterable[tuple[Coe, Cause]]) -> Iterator[tuple[Coe, Cause]]:
    """Yield one cause of each COE."""
    seen: set[str] = set()
    for coe, cause in rows:
        if coe.id not in seen:
            seen.add(coe.id)
            yield coe, cause
