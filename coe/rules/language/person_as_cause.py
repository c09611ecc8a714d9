"""The rule `person-as-cause`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.language.prose import Prose
from coe.rule import Bad, Finding, Good, rule
from coe.rules.language.told import told


@rule(
    "LNG107",
    Severity.WARNING,
    Bad("An engineer «accidentally deleted» the volume."),
    Bad("We «inadvertently enabled» the flag for all tenants."),
    Bad("The operator «ran the script against the wrong» cluster."),
    Bad("The root «cause was a junior developer» merging the change."),
    Bad("An engineer «made a typo» in the route."),
    Bad("«Accidentally deleted» the volume at 14:03."),
    Bad("The contractor «took the site down»."),
    Bad("«By mistake», the operator closed both valves."),
    Bad("The «wrong image was tagged by a developer»."),
    Bad("An «erroneous command by the night shift» stopped both pumps."),
    Good("The database was accidentally deleted."),
    Good("The wrong rule was removed by an engineer."),
    Good("If an operator picks the wrong region, the form asks again."),
    Good("An engineer deployed the new rule at 14:02."),
    Good("The policy change inadvertently blocked the bucket."),
    Good("The outage was caused by a lifecycle rule that matched too much."),
    Good("A guard makes it harder to run things on the wrong cluster by mistake."),
)
def person_as_cause(prose: Prose) -> Iterator[Finding]:
    """A person told as the cause stands where a condition of the system is due, one that still waits for the next person.

    An act is a trigger at most. What let one act reach so far is the cause: a missing guard, two names that look alike,
    a default.

    Source: Sidney Dekker, The Field Guide to Understanding "Human Error"; Richard Cook, "How Complex Systems Fail".
    """
    yield from told(
        prose,
        "person-as-cause",
        "“{words}” makes a person the cause, and leaves the condition for the next person",
        "Begin with the system: what made this act possible, and what made it look right? Then say what followed from it.",
    )
