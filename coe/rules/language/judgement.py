"""The rule `judgement`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.language.prose import Prose
from coe.rule import Bad, Finding, Good, rule
from coe.rules.language.told import told


@rule(
    "LNG105",
    Severity.WARNING,
    Bad("It was a «careless» change."),
    Bad("The night shift «cut corners» on the handover."),
    Bad("The developer «misjudged» the size of the table."),
    Bad("We «wrongly assumed» that the limit was per tenant."),
    Bad("Skipping staging was a «bad decision»."),
    Bad("The migration «was rushed»."),
    Good("The module is loaded lazily, and the naive algorithm is slow."),
    Good("We assumed that the limit was per tenant."),
    Good("The parser wrongly assumed UTF-8."),
    Good("Inadequate tests and poor performance of the index added to it."),
    Good("Four hours to detection are unacceptable."),
)
def judgement(prose: Prose) -> Iterator[Finding]:
    """A judging word about conduct or attitude says what the author feels, and nothing that can be changed.

    People decide by what they see and what is asked of them. Once their view is told, the decision needs no adjective.

    Source: Sidney Dekker, Just Culture; Site Reliability Engineering (Google), chapter "Postmortem Culture".
    """
    yield from told(
        prose,
        "judgement",
        "“{words}” judges conduct instead of telling what people saw",
        "Write what was decided, by what was known and which goals pulled at it; leave the judging word out.",
    )
