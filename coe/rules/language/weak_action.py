"""The rule `weak-action`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.language.prose import Prose
from coe.rule import Bad, Finding, Good, rule
from coe.rules.language.told import told


@rule(
    "LNG108",
    Severity.WARNING,
    Bad("Engineers must «be more careful» with DNS records."),
    Bad("«Pay more attention» to the banner."),
    Bad("«Remind everyone to» read the runbook."),
    Bad("## Action items\n\n- «Retrain» the operator.\n- Ask for the host name before a disk is wiped.\n"),
    Bad("We need to «read release notes more carefully»."),
    Good("Ask for the name of the cluster before a destructive command."),
    Good("A bot reminds the owner a month before a certificate ends."),
    Good("Afterwards we did a more careful migration."),
    Good("Train the rotation on the new console before the switch."),
    Good("Always pair on upgrades of the gateway."),
)
def weak_action(prose: Prose) -> Iterator[Finding]:
    """A fix by more care changes nothing: attention is not a control, and it runs out at night.

    Strong actions make the wrong act impossible, or visible before it does harm; weak ones remind, exhort and retrain.

    Source: the hierarchy of controls of occupational safety (NIOSH); the action hierarchy of RCA² (Institute for Healthcare
    Improvement).
    """
    yield from told(
        prose,
        "weak-action",
        "“{words}” asks people to be different and leaves the system as it is",
        "Write a change of the system: a guard, a default, a check in the pipeline, an alarm; then how one sees that it works.",
    )
