"""The rule `yaml-syntax`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.parse.document import Document
from coe.rule import Bad, Finding, Good, rule
from coe.rules.form.flaws import told


@rule(
    "FRM002",
    Severity.ERROR,
    Bad("---\ntitle: Checkout«:» errors in Europe\n---\n"),
    Good('---\ntitle: "Checkout: errors in Europe"\n---\n'),
)
def yaml_syntax(document: Document) -> Iterator[Finding]:
    """Front matter is YAML; what cannot be read as such hides every field below it.

    Most often a text with `: ` in it wants quotes, or a line is indented with a tab.
    Tags (`!!python/object`) and structures nested deeper than any COE are refused, because files come from pull requests.
    """
    yield from told("yaml-syntax", document.flaws)
