"""The rule `punishment`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.language.prose import Prose
from coe.rule import Bad, Finding, Good, rule
from coe.rules.language.told import told


@rule(
    "LNG112",
    Severity.ERROR,
    Bad("The engineer «was reprimanded»."),
    Bad("«Disciplinary action» was taken."),
    Bad("We will «hold the team accountable»."),
    Bad("He «has been warned»."),
    Good("The instance was terminated, and the alert fired twice."),
    Good("Users were warned of the maintenance."),
    Good("The leaked key was revoked."),
    Good("The payments team is responsible for the ledger."),
)
def punishment(prose: Prose) -> Iterator[Finding]:
    """A consequence for a person has no place in a report: where reports punish, the next one will not be written.

    People tell what happened only where telling is safe. Matters of employment belong to other people and other papers.

    Source: Sidney Dekker, Just Culture; John Allspaw, "Blameless PostMortems and a Just Culture" (Etsy, 2012).
    """
    yield from told(
        prose,
        "punishment",
        "“{words}” is about a consequence for a person, and keeps the next report from being written",
        "Leave it out; write which condition made the act possible, and which change removes that condition.",
    )
