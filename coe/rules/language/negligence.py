"""The rule `negligence`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.language.prose import Prose
from coe.language.reading import Reading
from coe.rule import Bad, Finding, Good, rule
from coe.rules.language.told import finding


@rule(
    "LNG102",
    Severity.WARNING,
    Bad("The engineer «forgot to renew» the certificate."),
    Bad("The operator noticed the spike but «failed to escalate» it."),
    Bad("An administrator, after a long night, «overlooked» the second replica."),
    Bad("The developer merged the change «without asking» anyone."),
    Bad("We «did not properly test» the new limit."),
    Bad("14:05 «forgot to silence» the second alarm."),
    Bad("The reviewer «didn't follow the runbook»."),
    Good("The server failed to start, and the proxy ignored the header."),
    Good("Engineers discovered that the cluster failed to elect a leader."),
    Good("We did not test the limit with two tenants."),
    Good("The Kubernetes operator failed to reconcile the resource."),
    Good("The on-call engineer failed over to the replica."),
    Good("We missed the alarm because it was one of four hundred that night."),
    Good("The check runs on every commit so that nobody forgets it."),
)
def negligence(prose: Prose) -> Iterator[Finding]:
    """A verb such as “forgot” or “failed to” tells an act that did not take place, measured against a duty.

    It describes character, not conditions. What a review can use is what was done, what was seen, and why nothing else
    reminded, checked or stopped it. Servers may fail to start: the rule speaks only where people are the subject.

    Source: Sidney Dekker, The Field Guide to Understanding "Human Error"; John Allspaw, "Blameless PostMortems and a Just
    Culture" (Etsy, 2012).
    """
    for reading in prose.of("negligence"):
        yield finding(
            prose,
            reading,
            "“{words}” measures people against a duty, and does not tell what happened",
            _advice(reading),
        )


def _advice(reading: Reading) -> str:
    if reading.words.lower().startswith("without"):
        return "Write that the process had no such step, or what stood in its way, such as time, access or a missing tool."
    return "Write what was done and seen, and which check, reminder or default was not there."
