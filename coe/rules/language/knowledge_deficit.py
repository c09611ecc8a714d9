"""The rule `knowledge-deficit`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.language.prose import Prose
from coe.rule import Bad, Finding, Good, rule
from coe.rules.language.told import told


@rule(
    "LNG109",
    Severity.WARNING,
    Bad("An «inexperienced» engineer did the upgrade."),
    Bad("A «lack of training» of the operators prolonged it."),
    Bad("The engineer «did not know how» to restore."),
    Bad("It came from «poor understanding» of the lock manager."),
    Good("The engineer believed that the flag applied to one tenant, as the form suggests."),
    Good("We were not aware that the quota is shared."),
    Good("The restore is described in no runbook."),
    Good("The customer experience got worse, and there was a lack of monitoring."),
)
def knowledge_deficit(prose: Prose) -> Iterator[Finding]:
    """A gap in somebody's head is told as the cause, though the next head will have the same gap.

    Nobody holds all of a large system in mind. What can be changed is what tools, texts and screens tell people at
    the moment when they need it.

    Source: Woods, Dekker, Cook, Johannesen and Sarter, "Behind Human Error".
    """
    yield from told(
        prose,
        "knowledge-deficit",
        "“{words}” locates the cause in what people knew, and the next person will know no more",
        "Write where the knowledge would have had to be: which runbook, message, default or screen did not hold it.",
    )
