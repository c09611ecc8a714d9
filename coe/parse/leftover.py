"""An allowance that allows nothing → the edit that takes it out of its document and changes nothing else."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from coe.diagnostic import Edit
from coe.parse.allow import Allowance, is_comment
from coe.parse.document import Document
from coe.parse.markdown import Block
from coe.text import Span

_LETTER = re.compile(r"[^\W\d_]")
_COMMENT = re.compile(r"<!--.*-->\s*")
_COMMENTS = 20
"""How many comments, line above line, are looked over for the text that they stand below."""
_OPEN = frozenset({"bullet_list", "ordered_list", "code_block"})
"""Blocks that go on after a blank line, when what follows is alike."""


def without(document: Document, allowances: Iterable[Allowance]) -> Iterator[Edit | None]:
    """Yield the deletion of each allowance; none where the blocks around it could become others without it."""
    # Gone through once, and not for each allowance: there can be as many blocks as lines.
    top = [block for block in document.body.blocks if block.level == 0 and not is_comment(block, document.text)]
    for allowance in allowances:
        yield _without(document, allowance, top)


def _without(document: Document, allowance: Allowance, top: Sequence[Block]) -> Edit | None:
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
        keeps = _LETTER.search(ahead) and (not behind.strip() or behind[0] in " \t") and _is_in_paragraph(document, span)
        return Edit(Span(lines.start(first) + len(ahead.rstrip(" \t")), span.end), "") if keeps else None
    return Edit(_with_gap(document, whole), "") if _is_block(document, span) and _stands_apart(document, whole, top) else None


def _is_in_paragraph(document: Document, span: Span) -> bool:
    blocks = document.body.blocks
    index = bisect_left(blocks, span.start, key=_start) - 1
    return index >= 0 and blocks[index].kind == "paragraph" and span.start < blocks[index].span.end


def _is_block(document: Document, span: Span) -> bool:
    """Say whether a comment is a block of its own, and inside of no other."""
    blocks = document.body.blocks
    index = bisect_left(blocks, span.start, key=_start)
    here = blocks[index] if index < len(blocks) else None
    if here is None or (here.kind, here.level, here.span.start) != ("html_block", 0, span.start):
        return False
    return document.text[slice(*here.span)].strip() == document.text[slice(*span)]


def _with_gap(document: Document, whole: Span) -> Span:
    """Return lines with the blank line that they leave behind: that below, or at the end of the text that above."""
    text, lines = document.text, document.source.lines
    first, after = lines.position(whole.start).line, lines.position(whole.end).line
    if whole.end < len(text) or whole.start <= document.body_start:
        is_blank = whole.end < len(text) and not lines.line(after).strip()
        return Span(whole.start, lines.start(after + 1)) if is_blank else whole
    return Span(lines.start(first - 1), whole.end) if not lines.line(first - 1).strip() else whole


def _stands_apart(document: Document, whole: Span, top: Sequence[Block]) -> bool:
    """Say whether the blocks above and below some lines stay what they are without them."""
    lines = document.source.lines
    if not whole.start and document.text.startswith("---", whole.end):
        return False  # it keeps a line from opening front matter
    above = lines.position(whole.start).line - 1
    highest = max(0, above - _COMMENTS)
    while above > highest and _COMMENT.fullmatch(lines.line(above)):
        above -= 1
    if lines.start(above + 1) > document.body_start and lines.line(above).strip():
        return False  # it may end a paragraph
    before, after = bisect_right(top, whole.start, key=_end) - 1, bisect_left(top, whole.end, key=_start)
    if before < 0 or after == len(top) or top[before].kind not in _OPEN:
        return True
    return top[after].kind not in _OPEN and not lines.line(lines.position(top[after].span.start).line)[:1].isspace()


def _start(block: Block) -> int:
    return block.span.start


def _end(block: Block) -> int:
    return block.span.end
