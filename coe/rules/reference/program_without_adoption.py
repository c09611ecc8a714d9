"""The rule `program-without-adoption`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.model.organization import Program
from coe.rule import Bad, Finding, Good, rule


@rule(
    "REF115",
    Severity.WARNING,
    Bad("status: «active»\n"),
    Bad("status: «done»\nadoption: []\n"),
    Good("status: active\nadoption: [{service: checkout, status: not_started}]\n"),
    Good("status: proposed\n"),
    Good("lever: education\n"),
)
def program_without_adoption(program: Program) -> Iterator[Finding]:
    """A program that runs, or is done, says for each service how far it has come.

    Without that nobody sees where the change is still missing, and the next event finds the service that was left out.
    A program that teaches has no adoption by service.
    """
    if program.status in ("active", "done") and program.lever != "education" and not program.adoption:
        line = "`adoption: [{service: checkout, status: in_progress}]`"
        yield Finding(("status",), f"the program is {program.status}, and no service's adoption is told", f"Add {line}.")
