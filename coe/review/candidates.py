"""What repeats often enough that the meeting should ask for a tenet."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from coe.corpus import Corpus
from coe.review.listed import Listed
from coe.review.week import Week


@dataclass(frozen=True, slots=True)
class Candidate:
    """A tenet not yet adopted that learnings of several COEs name, or a tag of several COEs that no tenet answers.

    `title` is the tenet's, absent for a tag and for a tenet that has no file. `fresh` says that a COE of this week is
    among them; `decided` is the last review up to the week with a decision about the tenet.
    """

    kind: Literal["tenet", "tag"]
    id: str
    title: str | None
    coes: tuple[Listed, ...]
    fresh: bool
    decided: str | None = None


def candidates(entries: Iterable[Listed], corpus: Corpus, *, week: Week, new: Collection[Listed]) -> tuple[Candidate, ...]:
    """Return the candidates, those that a COE of this week belongs to first, then by how many COEs share them.

    A COE counts for a tag only when none of its learnings names a tenet; retired tenets are a decision already taken.
    """
    counted = [entry for entry in entries if entry.counts]
    least = corpus.repository.config.review.tenet_candidate_coes
    fresh = {entry.coe.id for entry in new}
    found = [*_tenets(counted, corpus, week, fresh), *_tags(counted, fresh)]
    enough = [one for one in found if len(one.coes) >= least]
    return tuple(sorted(enough, key=lambda one: (not one.fresh, -len(one.coes), one.kind, one.id)))


def _tenets(counted: list[Listed], corpus: Corpus, week: Week, fresh: Collection[str]) -> Iterator[Candidate]:
    named: dict[str, list[Listed]] = {}
    for entry in counted:
        for name in sorted({learning.tenet for learning in entry.coe.learnings if learning.tenet}):
            named.setdefault(name, []).append(entry)
    for name, group in named.items():
        tenet = corpus.tenets.get(name)
        if tenet is None or tenet.status == "proposed":
            title = tenet.title if tenet else None
            yield Candidate("tenet", name, title, tuple(group), _touched(group, fresh), _decided(name, corpus, week))


def _tags(counted: list[Listed], fresh: Collection[str]) -> Iterator[Candidate]:
    tagged: dict[str, list[Listed]] = {}
    for entry in counted:
        if not any(learning.tenet for learning in entry.coe.learnings):
            for tag in sorted(set(entry.coe.tags)):
                tagged.setdefault(tag, []).append(entry)
    for tag, group in tagged.items():
        yield Candidate("tag", tag, None, tuple(group), _touched(group, fresh))


def _touched(group: list[Listed], fresh: Collection[str]) -> bool:
    return any(entry.coe.id in fresh for entry in group)


def _decided(tenet: str, corpus: Corpus, week: Week) -> str | None:
    """Return the last week up to this one whose review decided something about a tenet."""
    weeks = (
        name
        for name, minutes in corpus.minutes.items()
        if name <= week.name and any(decision.tenet == tenet for decision in minutes.decisions)
    )
    return next(weeks, None)
