"""The rule `unclosed-redaction`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.parse.document import Document
from coe.parse.marks import has_marks, lone_marks
from coe.rule import Bad, Finding, Good, rule
from coe.text import Span


@rule(
    "STR115",
    Severity.ERROR,
    Bad("---\nstatus: draft\n---\n\nThe primary on «<redact>»db-7 ran out of connections.\n"),
    Bad("summary: The primary on «<redact>»db-7 ran out of connections.\n"),
    Bad("---\nstatus: draft\n---\n\nThe primary on db-7«</redact>» ran out of connections.\n"),
    Good("---\nstatus: draft\n---\n\nThe primary on <redact>db-7</redact> ran out of connections.\n"),
    Good("summary: The primary on <redact>db-7</redact> ran out of connections.\n"),
)
def unclosed_redaction(document: Document) -> Iterator[Finding]:
    """A mark `<redact>` has its `</redact>` in the same text.

    What stands between the two is taken out of a site that is built for the public. Where the second one is missing,
    everything to the end of the text is taken out; where the first one is missing, nothing is. A text is the value of one
    field, or the whole narrative.
    """
    if not has_marks(document.text):
        return
    texts = [*(value.span for _, _, value in document.leaves), Span(document.body_start, len(document.text))]
    for text in dict.fromkeys(texts):
        for span, opens in lone_marks(document.text[text.start : text.end]):
            if opens:
                yield Finding(span.shifted(text.start), "`<redact>` is not closed", "Write `</redact>` behind the last word.")
            else:
                yield Finding(span.shifted(text.start), "`</redact>` closes nothing", "Write `<redact>` before the first word.")
