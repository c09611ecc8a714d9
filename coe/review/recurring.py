"""The causes of this week's COEs that earlier ones had as well, and whether what was agreed against them was finished.

A pointer for the meeting and no judgement: the shared words are shown, so that a reader sees at once whether it is alike.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from coe.insight.actions import ActionRow
from coe.model.causes import Cause
from coe.review.causes import Causes, Told, event_of
from coe.review.items import Items
from coe.review.listed import Listed

MOST, MOST_EARLIER = 20, 3
"""How many causes are told, and of each how many earlier ones: what shares the most, and the rarest words, comes first."""

SHARED = 2
"""So many words two causes must share: one is chance."""

_WORDS, _POSTINGS, _SMALL = 8, 200, 30
"""The rarest words of a cause that are looked up, the last causes looked at for each, and what are few COEs."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier cause, the words that it shares, and how many of the action items that address it were finished."""

    entry: Listed
    cause: Cause
    words: tuple[str, ...]
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class RecurringCause:
    """A cause of a COE that is new or waits for its review, and the earlier causes with which it shares words."""

    entry: Listed
    cause: Cause
    earlier: tuple[Earlier, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """Return the shared words, those of the closest cause first."""
        return tuple(dict.fromkeys(word for one in self.earlier for word in one.words))


def recurring_causes(fresh: Iterable[Listed], known: Causes, *, day: dt.date, items: Items) -> tuple[RecurringCause, ...]:
    """Return the causes of some COEs that earlier COEs share, as of a day; what shares the most words comes first."""
    found = []
    for entry in {entry.coe.id: entry for entry in fresh}.values():
        for cause, words in known.terms_of(entry):
            earlier = _closest(_alike(entry, words, known, day))
            if earlier:
                told = tuple(_earlier(one, shared, items.rows("coe", one.entry.coe.id, day)) for _, one, shared in earlier)
                found.append((RecurringCause(entry, cause, told), earlier[0][0]))
    found.sort(key=lambda one: (-one[1], one[0].entry.coe.id, one[0].cause.id))
    return tuple(one for one, _ in found[:MOST])


def _alike(entry: Listed, words: frozenset[str], known: Causes, day: dt.date) -> Iterator[tuple[float, Told, tuple[str, ...]]]:
    """Yield the earlier causes that share enough words with one, with how strongly they do."""
    size = known.size(day)
    often = {word: known.often(word, day) for word in words}
    usual = size / 3 if size >= _SMALL else size + 1
    telling = sorted((word for word in words if 0 < often[word] <= usual), key=lambda word: (often[word], word))
    rows = [(word, known.with_word(word, day, most=_POSTINGS)) for word in telling[:_WORDS]]
    number = Counter(told.key for _, some in rows for told in some)
    event = event_of(entry)
    shared: dict[tuple[str, str], tuple[Told, list[str]]] = {}
    for word, some in rows:
        for told in some:
            if number[told.key] >= SHARED and told.event < event:
                shared[told.key] = told, [*shared.get(told.key, (told, ()))[1], word]
    for told, words_ in shared.values():
        yield len(words_) + sum(1 / often[word] for word in words_) / len(words_), told, tuple(words_)


def _closest(found: Iterable[tuple[float, Told, tuple[str, ...]]]) -> list[tuple[float, Told, tuple[str, ...]]]:
    """Return the closest cause of each of a few COEs, among equals that of the latest COE."""
    best: dict[str, tuple[float, Told, tuple[str, ...]]] = {}
    for one in sorted(found, key=lambda one: (one[0], one[1].key), reverse=True):
        best.setdefault(one[1].entry.coe.id, one)
    return list(best.values())[:MOST_EARLIER]


def _earlier(told: Told, words: tuple[str, ...], rows: Iterable[ActionRow]) -> Earlier:
    coe, cause = told.entry.coe, told.cause
    by_id = {row.item.id: row for row in rows}
    items = [by_id.get(item.id) for item in coe.action_items if cause.id in item.addresses]
    counted = [row for row in items if row and row.state != "wont_do"]
    return Earlier(told.entry, cause, words, sum(not row.is_left for row in counted), len(counted))
