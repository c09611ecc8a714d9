"""Blocks that Markdown takes for HTML or code → the prose that other readers of Markdown show of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coe.text import Span

_NO_PROSE = re.compile(r"\s*<(?:!|\?|/?(?:script|style|pre|code|textarea|svg|math)\b)", re.IGNORECASE)
_OPENER = re.compile(r"(?:!!!|\?\?\?\+?|===\+?)[ \t]+[\w\"]|\[\^[^\]\s]+\]:")
"""The first line of a note (`!!! note`), of a tab (`=== "Name"`) or of a footnote: what is indented below belongs to it."""
_TITLE_MARKS = frozenset("!?=[")
"""What the first line of a note, a tab, a footnote or an alert begins with: most paragraphs do not."""
_ALERT = re.compile(r"\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*(?:\n|$)", re.IGNORECASE)
"""The first line of a quote that is the author's own words, as code hosts have it."""
_EMPTY = re.compile(r"(?:\r\n|\n|\r)[ \t]*(?=\r\n|\n|\r)")
_FENCE = re.compile(r"[ \t]*(?:```|~~~)")
_WORDS = re.compile(r">[^<>]*[^\W\d_][^<>]*(?:<|$)|^[ \t]*[^\s<>][^<>]*[^\W\d_]", re.MULTILINE)


def below_title(content: str) -> str:
    """Return a paragraph without the line that opens a note or a tab."""
    if content[:1] not in _TITLE_MARKS:
        return content
    is_titled = is_alert(content) or (_OPENER.match(content) and content[0] != "[")
    return content.partition("\n")[2] if is_titled else content


def is_alert(content: str) -> bool:
    """Say whether the first paragraph of a quote makes it a note of the author's: a line such as `[!NOTE]`."""
    return bool(_ALERT.match(content))


def prose_of_html(text: str, block: Span) -> Iterator[Span]:
    """Yield the block when it shows words between its tags; program text, styles and comments are none."""
    words = text[block.start : block.end]
    if not _NO_PROSE.match(words) and _WORDS.search(words):
        yield block


def opens(content: str) -> bool:
    """Say whether a paragraph is the first line of a note, a tab or a footnote, to which indented text below belongs."""
    return content[:1] in _TITLE_MARKS and bool(_OPENER.match(content))


def prose_below(text: str, block: Span) -> Iterator[Span]:
    """Yield the paragraphs of an indented block that belongs to a note; code between fences is none."""
    start, fenced = block.start, False
    ends = [*(match.start() for match in _EMPTY.finditer(text, block.start, block.end)), block.end]
    for end in ends:
        marks = sum(1 for line in text[start:end].splitlines() if _FENCE.match(line))
        if text[start:end].strip() and not fenced and not marks:
            lead = len(text[start:end]) - len(text[start:end].lstrip())
            yield Span(start + lead, end)
        fenced ^= marks % 2 == 1
        start = end
