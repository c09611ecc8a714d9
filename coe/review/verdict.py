"""Minutes → what follows from them: COEs whose status moves, those that stay and why, and pages that decisions call for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from coe.corpus import Corpus
from coe.model.coe import Coe, Status
from coe.model.gate import missing
from coe.model.organization import Decision, Minutes, Reviewed
from coe.model.validate import Analysis

PageKind: TypeAlias = Literal["tenet", "program"]


@dataclass(frozen=True, slots=True)
class Move:
    """A COE and the status that the review gives it; `published` is the day to write when it has none.

    `index` is its place in the minutes.
    """

    analysis: Analysis
    coe: Coe
    to: Status
    published: dt.date | None = None
    index: int = 0


@dataclass(frozen=True, slots=True)
class Stay:
    """A COE that keeps its status: why, and whether something has to be done before it can move."""

    coe: str
    why: str
    is_held: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """A tenet or program without a page, that a decision names: it is to be proposed."""

    kind: PageKind
    id: str
    decision: Decision


@dataclass(frozen=True, slots=True)
class Verdict:
    """All that follows from the minutes of one review."""

    moves: tuple[Move, ...]
    stays: tuple[Stay, ...]
    wanted: tuple[Wanted, ...]


def verdict(corpus: Corpus, minutes: Minutes) -> Verdict:
    """Return what follows from minutes, given how the repository is now; a second time nothing is left to do.

    A COE that was returned may be in review again when a late remark is added, so the minutes keep what was done already.
    """
    found = [_of(corpus, one, minutes) for one in minutes.reviewed]
    found = [replace(one, index=index) if isinstance(one, Move) else one for index, one in enumerate(found)]
    return Verdict(
        tuple(one for one in found if isinstance(one, Move)),
        tuple(one for one in found if isinstance(one, Stay)),
        tuple(_wanted(corpus, minutes)),
    )


def _of(corpus: Corpus, reviewed: Reviewed, minutes: Minutes) -> Move | Stay:
    analysis = corpus.coes.get(reviewed.coe)
    coe = analysis.coe if analysis else None
    if analysis is None or coe is None:
        return Stay(reviewed.coe, "there is no such COE, or it cannot be read", is_held=True)
    if reviewed.applied:
        return Stay(coe.id, f"done on {reviewed.applied}; it is {coe.status.replace('_', ' ')}")
    later = _seen_after(corpus, coe.id, minutes.week)
    if later:
        return Stay(coe.id, f"the review of {later} has seen it since; it is {coe.status.replace('_', ' ')}")
    if reviewed.outcome == "returned" and coe.status == "in_review":
        return Move(analysis, coe, "draft")
    if reviewed.outcome == "accepted" and coe.status == "in_review":
        return _published(corpus, analysis, coe, minutes)
    if reviewed.outcome == "accepted" and coe.status == "draft":
        return Stay(coe.id, "it is a draft: only a COE in review can be published", is_held=True)
    if reviewed.outcome == "accepted_with_changes" and coe.status == "in_review":
        return Stay(coe.id, "accepted with changes: its authors publish it once they are made")
    if reviewed.outcome == "escalated":
        return Stay(coe.id, f"escalated: it stays {coe.status.replace('_', ' ')}")
    return Stay(coe.id, f"it is {coe.status.replace('_', ' ')} already")


def _seen_after(corpus: Corpus, coe: str, week: str) -> str | None:
    """Return the last week after another one whose review had a COE on the table."""
    later = (
        name for name, minutes in corpus.minutes.items() if name > week and any(one.coe == coe for one in minutes.reviewed)
    )
    return next(later, None)


def _published(corpus: Corpus, analysis: Analysis, coe: Coe, minutes: Minutes) -> Move | Stay:
    day = None if coe.published else minutes.date
    after = coe.model_copy(update={"published": coe.published or day})
    after.model_fields_set.add("published")
    lacking = missing(after, corpus.repository.config.policy, "published")
    if not lacking:
        return Move(analysis, coe, "published", day)
    some = ", ".join(one.field for one in lacking[:3]) + (", …" if len(lacking) > 3 else "")
    return Stay(coe.id, f"it lacks {some}: see `coe next {coe.id} --for published`", is_held=True)


def _wanted(corpus: Corpus, minutes: Minutes) -> Iterator[Wanted]:
    seen: set[tuple[PageKind, str]] = set()
    known: tuple[tuple[PageKind, frozenset[str]], ...] = (
        ("tenet", corpus.known("tenet") or frozenset()), ("program", corpus.known("program") or frozenset()),
    )  # fmt: skip
    for decision in minutes.decisions:
        for kind, there in known:
            name = decision.tenet if kind == "tenet" else decision.program
            if name and name not in there and (kind, name) not in seen:
                seen.add((kind, name))
                yield Wanted(kind, name, decision)
