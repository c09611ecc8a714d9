"""What repeats often enough that the meeting should ask for a tenet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from coe.corpus import Corpus
from coe.model.organization import Minutes
from coe.review.listed import Listed, Sight
from coe.review.week import Week

Kind: TypeAlias = Literal["tenet", "tag"]
Key: TypeAlias = tuple[Kind, str]
"""What COEs of a group share."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A tenet not yet adopted that learnings of several COEs name, or a tag of several COEs that no tenet answers.

    `title` is the tenet's, absent for a tag and for a tenet that has no file. `fresh` says that a COE of this week is
    among them; `decided` is the last review up to the week with a decision about the tenet.
    """

    kind: Kind
    id: str
    title: str | None
    coes: tuple[Listed, ...]
    fresh: bool
    decided: str | None = None


class Groups:
    """COEs that share what a tenet may answer: the tenet that their learnings name, else a tag."""

    def __init__(self, entries: Iterable[Listed]) -> None:
        self._found: dict[Key, list[tuple[dt.date, Listed]]] = {}
        for entry in entries:
            pair = entry.since or dt.date.min, entry
            for key in keys_of(entry):
                self._found.setdefault(key, []).append(pair)

    def on(self, sight: Sight, *, least: int) -> Iterator[tuple[Key, tuple[Listed, ...]]]:
        """Yield the groups that are large enough, of the COEs that are there."""
        as_of, first, last = sight.as_of, sight.first, sight.last
        for key, pairs in self._found.items():
            if len(pairs) >= least:
                group = tuple([entry for since, entry in pairs if since <= as_of or first <= since <= last])
                if group and len(group) >= least:
                    yield key, group


def keys_of(entry: Listed) -> list[Key]:
    """Return the groups that a COE belongs to: it counts for a tag only when none of its learnings names a tenet."""
    if not entry.counts:
        return []
    tenets = sorted({learning.tenet for learning in entry.coe.learnings if learning.tenet})
    return [("tenet", name) for name in tenets] or [("tag", name) for name in sorted(set(entry.coe.tags))]


def decided_in(minutes: Iterable[Minutes]) -> dict[str, list[str]]:
    """Return the weeks whose reviews decided something about a tenet, by tenet; minutes come with the newest first."""
    found: dict[str, list[str]] = {}
    for one in minutes:
        for name in {decision.tenet for decision in one.decisions if decision.tenet}:
            found.setdefault(name, []).append(one.week)
    return found


def candidates(
    groups: Iterable[tuple[Key, tuple[Listed, ...]]],
    corpus: Corpus,
    decided: Mapping[str, Sequence[str]],
    *,
    week: Week,
    new: Iterable[Listed],
) -> tuple[Candidate, ...]:
    """Return the candidates, those that a COE of this week belongs to first, then by how many COEs share them.

    Retired tenets are a decision already taken.
    """
    fresh = {key for entry in new for key in keys_of(entry)}
    found = []
    for (kind, name), group in groups:
        tenet = corpus.tenets.get(name) if kind == "tenet" else None
        if tenet is None or tenet.status == "proposed":
            last = next((one for one in decided.get(name, ()) if one <= week.name), None) if kind == "tenet" else None
            found.append(Candidate(kind, name, tenet.title if tenet else None, group, (kind, name) in fresh, last))
    return tuple(sorted(found, key=lambda one: (not one.fresh, -len(one.coes), one.kind, one.id)))
