"""The rule `empty-section`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.model.validate import Analysis
from coe.rule import Bad, Finding, Good, rule
from coe.rules.structure.stage import is_draft
from coe.text import Span

# A comment that is not closed hides the rest, and is looked at once.
_COMMENT = re.compile(r"<!--(?:.*?-->|.*)", re.DOTALL)
_HEAD = "---\nid: 2026-07-14-checkout-pool-exhaustion\n"


@rule(
    "STR113",
    Severity.WARNING,
    Bad(f"{_HEAD}status: in_review\n---\n\n«## What happened»\n\n## What we changed\n\nThe pool has a bound.\n"),
    Bad(f"{_HEAD}status: in_review\n---\n\n## What happened\n\nThe pool ran dry.\n\n«### Details»\n\n<!-- logs? -->\n"),
    Good(f"{_HEAD}status: in_review\n---\n\n## What happened\n\n### Before the release\n\nThe pool was full.\n"),
    Good(f"{_HEAD}status: draft\n---\n\n## What happened\n\n## What we changed\n"),
)
def empty_section(analysis: Analysis) -> Iterator[Finding]:
    """A heading has something below it: an empty section looks like an answer that was lost.

    Write the section, or delete the heading. A comment alone is empty, for readers of the page do not see it.
    A draft may carry the headings of its template.
    """
    document = analysis.document
    if analysis.kind == "page" or is_draft(document):
        return
    for section in document.body.sections:
        if _COMMENT.sub("", document.text[section.content.start : section.content.end]).strip():
            continue
        heading = document.text[section.heading.start : section.heading.end]
        span = Span(section.heading.start, section.heading.start + len(heading.rstrip()))
        yield Finding(span, f"nothing stands below the heading “{section.title}”", "Write the section, or delete the heading.")
