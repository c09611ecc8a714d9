"""The rule `duplicate-key`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.parse.document import Document
from coe.rule import Bad, Finding, Good, rule
from coe.rules.form.flaws import told


@rule(
    "FRM004",
    Severity.ERROR,
    Bad("---\nseverity: SEV2\n«severity»: SEV3\n---\n"),
    Good("---\nseverity: SEV2\n---\n"),
)
def duplicate_key(document: Document) -> Iterator[Finding]:
    """A key stands once in a mapping: of two, readers of YAML silently take one, and not all the same one."""
    yield from told("duplicate-key", document.flaws)
