"""The rule `unknown-key`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.model.validate import Analysis
from coe.rule import Bad, Finding, Good, rule
from coe.rules.form.flaws import told


@rule(
    "FRM006",
    Severity.ERROR,
    Bad("«severty»: SEV2\n"),
    Good("x-cost-center: 812\n"),
)
def unknown_key(analysis: Analysis) -> Iterator[Finding]:
    """A field with an unknown name is read by nobody, so a slip in a name loses what was written.

    Fields of your own are welcome: start their names with `x-`. They are kept and ignored.
    """
    yield from told("unknown-key", analysis.flaws)
