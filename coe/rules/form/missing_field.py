"""The rule `missing-field`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.model.validate import Analysis
from coe.rule import Bad, Finding, Good, rule
from coe.rules.form.flaws import told


@rule(
    "FRM005",
    Severity.ERROR,
    Bad("timeline:\n  - «id: E1»\n    at: 2026-07-14T13:57:40Z\n    type: change\n"),
    Good("timeline:\n  - id: E1\n    at: 2026-07-14T13:57:40Z\n    type: change\n    text: The release reached all cells.\n"),
)
def missing_field(analysis: Analysis) -> Iterator[Finding]:
    """Some fields every document of its kind has, from the first draft on.

    A draft of a COE needs `id`, `title`, `kind`, `status`, `severity`, `owner_team`
    and, for an incident, the start of its impact.
    """
    yield from told("missing-field", analysis.flaws)
