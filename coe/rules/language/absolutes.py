"""The rule `absolutes`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.language.prose import Prose
from coe.rule import Bad, Finding, Good, rule
from coe.rules.language.told import told


@rule(
    "LNG111",
    Severity.WARNING,
    Bad("«Nobody checked» the backups for half a year."),
    Bad("They «never test» a restore."),
    Bad("The on-call «always forgets» the second region."),
    Good("Nobody could reach the console."),
    Good("Nobody noticed it, as no alarm was configured."),
    Good("The health check always returned 200."),
    Good("Always set a limit per tenant."),
    Good("The chain never stopped."),
)
def absolutes(prose: Prose) -> Iterator[Finding]:
    """Nobody, never and always turn one event into a trait, and are seldom true.

    The exceptions are what a review can learn from: who did check, when, and with which tool?

    Source: John Allspaw and others, "Debriefing Facilitation Guide" (Etsy, 2016).
    """
    yield from told(
        prose,
        "absolutes",
        "“{words}” makes a trait of people out of an event, and hides the times when it went well",
        "Write what was counted: since when, how often, and what would have prompted somebody to do it.",
    )
