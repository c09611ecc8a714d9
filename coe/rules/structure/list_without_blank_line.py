"""The rule `list-without-blank-line`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from coe.diagnostic import Edit, Fix, Severity
from coe.parse.document import Document
from coe.rule import Bad, Finding, Good, rule
from coe.text import Span

# Most texts have no list: parsing them for this alone is spared.
_PERHAPS = re.compile(r"[\r\n] {0,3}(?:[-*+]|1[.)])[ \t]")


@rule(
    "STR114",
    Severity.WARNING,
    Bad(
        "Two things failed:\n«- the pool»\n- the alarm\n",
        fixed="Two things failed:\n\n- the pool\n- the alarm\n",
    ),
    Bad("In this order:\n«1. shift away»\n2. roll back\n", fixed="In this order:\n\n1. shift away\n2. roll back\n"),
    Good("Two things failed:\n\n- the pool\n  - and its alarm\n- the canary\n"),
    Good("The dashboard printed:\n\n```\nTwo things failed:\n- the pool\n```\n"),
    Good("The release of\n2026. It was rolled back.\n"),
)
def list_without_blank_line(document: Document) -> Iterator[Finding]:
    """A list starts after a blank line: without one GitHub shows a list, and a built site one long paragraph.

    The two readers of Markdown differ here, and the blank line makes them agree. The fix adds it.
    """
    if not _PERHAPS.search(document.text, document.body_start):
        return
    top = [block for block in document.body.blocks if block.level == 0]
    for before, block in pairwise(top):
        start = block.span.start
        if before.kind == "paragraph" and block.kind in ("bullet_list", "ordered_list") and before.span.end == start:
            lines = document.source.lines
            number = lines.position(start).line
            # The break above the list is repeated as it is: a lone \r followed by \n would be one break, not two.
            end_above = lines.start(number - 1) + len(lines.line(number - 1))
            fix = Fix("safe", (Edit(Span(start, start), document.text[end_above:start]),))
            where = Span(start, start + len(lines.line(number).rstrip()))
            yield Finding(where, "the list follows a paragraph without a blank line", "Put a blank line above the list.", fix)
