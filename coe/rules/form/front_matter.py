"""The rule `front-matter`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.model.validate import Analysis
from coe.rule import Bad, Finding, Good, rule
from coe.rules.form.flaws import told


@rule(
    "FRM003",
    Severity.ERROR,
    Bad("«---»\nid: 2026-07-14-checkout-pool-exhaustion\n"),
    Good("severity: SEV2"),
)
def front_matter(analysis: Analysis) -> Iterator[Finding]:
    """A COE begins with front matter: a line `---`, fields as `name: value`, and a line `---`.

    `coe new` writes one to start from, and `coe schema coe` prints every field.
    """
    yield from told("front-matter", (*analysis.document.flaws, *analysis.flaws))
