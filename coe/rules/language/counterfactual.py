"""The rule `counterfactual`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.language.prose import Prose
from coe.rule import Bad, Finding, Good, rule
from coe.rules.language.told import finding


@rule(
    "LNG103",
    Severity.WARNING,
    Bad("The engineer «should have checked» the replica lag."),
    Bad("This «should have been caught» in review."),
    Bad("The on-call «could've rolled» back at once."),
    Bad("«Had we looked» at the graph, we would have seen it."),
    Bad("«If only the team» had asked."),
    Bad("The platform team «ought to have told» us."),
    Bad("The outage «could have been avoided» by testing on staging."),
    Good("The load balancer should have removed the host within ten seconds."),
    Good("An alarm on free connections would have told us twenty minutes earlier."),
    Good("Every service should have an owner, and we should have two people on call."),
    Good("The request should have been rejected by the proxy."),
    Good("Things that could have gone better."),
    Good("If the timeout had been shorter, the pool would have recovered."),
)
def counterfactual(prose: Prose) -> Iterator[Finding]:
    """A counterfactual tells a story that did not happen and hides why the real one made sense at the time.

    “Should have” measures people against what is known now. Tell what was known then; a wish about a control, such as an
    alarm or a limit, is welcome as an answer to “what would have halved it?”.

    Source: Sidney Dekker, The Field Guide to Understanding "Human Error"; John Allspaw and others, "Debriefing Facilitation
    Guide" (Etsy, 2016).
    """
    for reading in prose.of("counterfactual"):
        yield finding(
            prose,
            reading,
            "“{words}” judges the past by what is known now, and hides why the real course made sense",
            "Write what was done, what was known at that moment, and which signal or control would have changed it.",
        )
