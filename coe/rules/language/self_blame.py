"""The rule `self-blame`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.language.prose import Prose
from coe.rule import Bad, Finding, Good, rule
from coe.rules.language.told import told


@rule(
    "LNG114",
    Severity.NOTE,
    Bad("I «should have asked» for a second pair of eyes."),
    Bad("It was an oversight «on my part»."),
    Bad("I «forgot to drain» the node."),
    Bad("«Our own mistake»: the job was never meant for that host."),
    Good("I drained one node of two, as the runbook names one."),
    Good("I noticed the graph at 14:05."),
)
def self_blame(prose: Prose) -> Iterator[Finding]:
    """Blaming oneself is blame too: it is kind to others, and it hides what would have caught anybody.

    You acted on what you saw. Tell that: nobody else can, and it is the most useful part of the report.

    Source: John Allspaw and others, "Debriefing Facilitation Guide" (Etsy, 2016).
    """
    yield from told(
        prose,
        "self-blame",
        "“{words}” turns the blame on yourself, and hides what would have caught anybody",
        "Write what you saw, what you aimed at and what the tools told you; the next person would have seen the same.",
    )
