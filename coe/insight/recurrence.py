"""COEs → the causes that they share: words that stand in the causes of several, and the statements around them.

A pointer for readers and no judgement: the words are shown, so that a reader sees at once whether the causes are alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from coe.model.causes import Cause
from coe.model.coe import Coe, causes

LEAST = 2
"""In so many COEs of a group a word must stand."""

_MOST_WORDS = 60
_WORD = re.compile(r"[a-z][a-z0-9]*(?:[-_.][a-z0-9]+)*")
_COMMON = frozenset(
    """
    a about above across after again all also although always an and any are as at be because been before being below between
    both but by came can cannot could did do does done down during each either else enough even ever every few first for from
    further get got had half has have having hence here how however if in instead into is it its itself just kept last later
    least less let longer made make many may might more most much must need needed needs neither never next no nobody none nor
    not nothing now of off often on once one only onto or other others our out over own part per place put rather said same
    second see set several shall should side since so some something soon still such take taken than that the their them then
    there these they thing third this those though three through thus time times to together too took toward two under until
    up upon use used uses using very was way we went were what when where whether which while who whole whose why will with
    within without would yet you your system systems service services team teams alarm alarms caused cause event change
    """.split()
)
"""Words that say nothing of a cause, in English; and a few that nearly every cause has."""


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
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3 else word


def cause_terms(coe: Coe) -> tuple[tuple[Cause, frozenset[str]], ...]:
    """Return the causes of a COE with the words that say something."""
    return tuple((cause, terms(cause.statement)) for _, cause in causes(coe))


def commonness(known: Iterable[Sequence[tuple[Cause, frozenset[str]]]]) -> dict[str, int]:
    """Return in how many COEs each word stands."""
    found: dict[str, int] = {}
    for one in known:
        for word in {word for _, words in one for word in words}:
            found[word] = found.get(word, 0) + 1
    return found


def recurring(
    coes: Sequence[Coe],
    known: Mapping[str, Sequence[tuple[Cause, frozenset[str]]]],
    *,
    often: Mapping[str, int],
    limit: int = 5,
) -> tuple[Recurring, ...]:
    """Return what recurs in the causes of some COEs, what more of them share first.

    `known` are the causes of all COEs with their words, by id, and `often` in how many COEs a word stands. A word that
    stands in more than a third of at least 30 COEs tells nothing; of the others that many COEs of the group share, the rarer
    one comes first. Words of the same COEs are one entry.
    """
    spread: dict[str, list[tuple[Coe, Cause]]] = {}
    for coe in coes:
        for cause, words in known[coe.id]:
            for word in words:
                rows = spread.setdefault(word, [])
                if not rows or rows[-1][0] is not coe:
                    rows.append((coe, cause))
    usual = len(known) / 3 if len(known) >= 30 else len(known) + 1
    shared = [word for word, rows in spread.items() if len(rows) >= LEAST and often[word] <= usual]
    shared.sort(key=lambda word: (-len(spread[word]), often[word], word))
    groups: list[tuple[list[str], set[str]]] = []
    for word in shared[:_MOST_WORDS]:
        ids = {coe.id for coe, _ in spread[word]}
        near = next((words for words, others in groups if len(ids & others) * 3 >= len(ids | others) * 2), None)
        if near is not None:
            near.append(word)
        elif len(groups) < limit:
            groups.append(([word], ids))
    return tuple(Recurring(tuple(words[:5]), tuple(spread[words[0]])) for words, _ in groups)
