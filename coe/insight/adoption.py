"""How far services are with programs: done n of N, those that are exempt apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from coe.insight.quantiles import share
from coe.model.organization import Adoption, Program

STATES = ("not_started", "in_progress", "done", "exempt")


@dataclass(frozen=True, slots=True)
class Progress:
    """How many services are done, of how many that are not exempt; `exempt` counts the others."""

    done: int
    of: int
    exempt: int

    @property
    def percent(self) -> int | None:
        """Return the share that is done, absent where there are too few for one."""
        return share(self.done, self.of)


def progress(program: Program) -> Progress:
    """Return how far a program is."""
    states = [one.status for one in program.adoption]
    exempt = states.count("exempt")
    return Progress(states.count("done"), len(states) - exempt, exempt)


def by_service(programs: Iterable[Program]) -> dict[str, dict[str, Adoption]]:
    """Return how far each service is, by service and program."""
    found: dict[str, dict[str, Adoption]] = {}
    for program in programs:
        for one in program.adoption:
            found.setdefault(one.service, {})[program.id] = one
    return found
