"""An allowance that allows nothing → the edit that takes it out of its document and changes nothing else."""

from __future__ import annotations

import re

from coe.diagnostic import Edit
from coe.parse.allow import Allowance
from coe.parse.document import Document
from coe.parse.markdown import Block
from coe.text import Span

_LETTER = re.compile(r"[^\W\d_]")
_COMMENT = re.compile(r"<!--.*-->\s*")
_OPEN = frozenset({"bullet_list", "ordered_list", "code_block"})
"""Blocks that go on after a blank line, when what follows is alike."""


def without(document: Document, allowance: Allowance) -> Edit | None:
    """Return the deletion of an allowance; absent where the blocks around it could become others without it."""
    text, span = document.text, allowance.span
    lines = document.source.lines
    first, last = lines.position(span.start).line, lines.position(span.end).line
    ahead, behind = text[lines.start(first) : span.start], text[span.end : lines.start(last + 1)]
    whole = Span(lines.start(first), lines.start(last + 1))
    if span.start < document.body_start:
        if document.flaws:
            return None  # what a comment parts cannot be told
        return Edit(Span(span.start - len(ahead) + len(ahead.rstrip(" \t")), span.end) if ahead.strip() else whole, "")
    if ahead.strip() or behind.strip():
        # A line must keep a word: a lone dash or number is a list, or makes a heading of the line above.
        keeps = _LETTER.search(ahead) and (not behind.strip() or behind[0] in " \t") and _has(document, span, "paragraph")
        return Edit(Span(lines.start(first) + len(ahead.rstrip(" \t")), span.end), "") if keeps else None
    return Edit(_with_gap(document, whole), "") if _is_block(document, span) and _stands_apart(document, whole) else None


def _has(document: Document, span: Span, kind: str) -> bool:
    return any(block.kind == kind and block.span.start < span.start < block.span.end for block in document.body.blocks)


def _is_block(document: Document, span: Span) -> bool:
    """Say whether a comment is a block of its own, and inside of no other."""
    blocks = (block for block in document.body.blocks if block.span.start == span.start)
    said = document.text[span.start : span.end]
    return any(
        (block.kind, block.level, document.text[block.span.start : block.span.end].strip()) == ("html_block", 0, said)
        for block in blocks
    )


def _with_gap(document: Document, whole: Span) -> Span:
    """Return lines with the blank line that they leave behind: that below, or at the end of the text that above."""
    text, lines = document.text, document.source.lines
    first, after = lines.position(whole.start).line, lines.position(whole.end).line
    if whole.end < len(text) or whole.start <= document.body_start:
        is_blank = whole.end < len(text) and not lines.line(after).strip()
        return Span(whole.start, lines.start(after + 1)) if is_blank else whole
    return Span(lines.start(first - 1), whole.end) if not lines.line(first - 1).strip() else whole


def _stands_apart(document: Document, whole: Span) -> bool:
    """Say whether the blocks above and below some lines stay what they are without them."""
    lines = document.source.lines
    if not whole.start and document.text.startswith("---", whole.end):
        return False  # it keeps a line from opening front matter
    above = lines.position(whole.start).line - 1
    while above and _COMMENT.fullmatch(lines.line(above)):
        above -= 1
    if lines.start(above + 1) > document.body_start and lines.line(above).strip():
        return False  # it may end a paragraph
    top = [block for block in document.body.blocks if block.level == 0 and not _is_comment(document, block)]
    before = [block for block in top if block.span.end <= whole.start]
    after = [block for block in top if block.span.start >= whole.end]
    if not before or not after or before[-1].kind not in _OPEN:
        return True
    return after[0].kind not in _OPEN and not lines.line(lines.position(after[0].span.start).line)[:1].isspace()


def _is_comment(document: Document, block: Block) -> bool:
    return block.kind == "html_block" and document.text[block.span.start : block.span.end].lstrip().startswith("<!--")
