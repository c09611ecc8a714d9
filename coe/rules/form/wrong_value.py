"""The rule `wrong-value`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.model.validate import Analysis
from coe.rule import Bad, Finding, Good, rule
from coe.rules.form.flaws import told


@rule(
    "FRM007",
    Severity.ERROR,
    Bad("severity: «high»\n"),
    Bad("impact:\n  windows:\n    - id: I1\n      start: «2026-02-30T10:00:00Z»\n"),
    Good("severity: SEV1\n"),
)
def wrong_value(analysis: Analysis) -> Iterator[Finding]:
    """Every field has a type: a text, one of a set of words, a time, a day, a number, a list or fields.

    The message says what was found and what is allowed; `coe schema coe` prints the types of all fields.
    """
    yield from told("wrong-value", analysis.flaws)
