"""How far the programs are, and what moved in the week."""

from __future__ import annotations

from dataclasses import dataclass

from coe.corpus import Corpus
from coe.insight.names import Names, names
from coe.model.organization import Program
from coe.review.week import Week


@dataclass(frozen=True, slots=True)
class Progress:
    """One program: how many services are done, of how many that are not exempt, and those that moved in the week."""

    id: str
    title: str
    status: str
    done: int
    total: int
    exempt: int
    moved: tuple[str, ...]


def adoption(corpus: Corpus, week: Week) -> tuple[Progress, ...]:
    """Return the programs that are proposed or active, and those in which something moved, by title."""
    called = names(corpus)
    found = [_progress(program, called, week) for program in corpus.programs.values()]
    shown = [one for one in found if one.status in ("proposed", "active") or one.moved]
    return tuple(sorted(shown, key=lambda one: (one.title.casefold(), one.id)))


def _progress(program: Program, called: Names, week: Week) -> Progress:
    counted = [one for one in program.adoption if one.status != "exempt"]
    moved = [called.service(one.service) for one in program.adoption if week.holds_day(one.since)]
    return Progress(
        id=program.id,
        title=program.title,
        status=program.status,
        done=sum(one.status == "done" for one in counted),
        total=len(counted),
        exempt=len(program.adoption) - len(counted),
        moved=tuple(moved),
    )
