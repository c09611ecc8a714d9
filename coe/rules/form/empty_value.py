"""The rule `empty-value`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.model.validate import Analysis
from coe.rule import Bad, Finding, Good, rule
from coe.rules.form.flaws import told


@rule(
    "FRM009",
    Severity.WARNING,
    Bad("«summary»:\n"),
    Good("summary: For 31 minutes checkouts failed.\n"),
)
def empty_value(analysis: Analysis) -> Iterator[Finding]:
    """A key without a value says neither that something is unknown nor that it is none.

    Unknown means absent: delete the key until the value is known.
    """
    yield from told("empty-value", analysis.flaws)
