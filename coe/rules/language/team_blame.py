"""The rule `team-blame`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.language.prose import Prose
from coe.rule import Bad, Finding, Good, rule
from coe.rules.language.told import told


@rule(
    "LNG113",
    Severity.WARNING,
    Bad("The vendor «is to blame»."),
    Bad("The database team «ignored our ticket»."),
    Bad("The vendor's engineers know, but the network team «failed to tell» us."),
    Bad("Users «disregarded» the notice."),
    Good("The vendor's API returned errors for two hours."),
    Good("The database team took the pager and failed over."),
    Good("The contract of the interface was not tested between the two teams."),
    Good("DNS was to blame."),
)
def team_blame(prose: Prose) -> Iterator[Finding]:
    """Another team, a vendor or the users as the ones at fault: their view is missing, and so is the way to a fix.

    What lies between two teams, an interface, a contract or a channel, is what both can change. Ask them how it looked from
    their side before you write about it.

    Source: John Allspaw, "Blameless PostMortems and a Just Culture" (Etsy, 2012).
    """
    yield from told(
        prose,
        "team-blame",
        "“{words}” puts the fault with others, whose view is not told",
        "Write what passed between the two sides, what each saw, and which interface, contract or channel was missing.",
    )
