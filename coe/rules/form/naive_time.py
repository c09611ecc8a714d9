"""The rule `naive-time`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.model.validate import Analysis
from coe.rule import Bad, Finding, Good, rule
from coe.rules.form.flaws import told


@rule(
    "FRM008",
    Severity.ERROR,
    Bad("impact:\n  windows:\n    - id: I1\n      start: «2026-07-14T13:57:40»\n"),
    Good("impact:\n  windows:\n    - id: I1\n      start: 2026-07-14T15:57:40+02:00\n"),
)
def naive_time(analysis: Analysis) -> Iterator[Finding]:
    """A time without an offset from UTC means a different moment in every place where it is read.

    Incidents cross time zones, and clocks change in the middle of them. Write `Z` for UTC or the offset that was in force.
    """
    yield from told("naive-time", analysis.flaws)
