"""A place in a document → the allowance that covers it, as an author would write it: the nearest place that works."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from coe.diagnostic import Edit
from coe.errors import CoeError
from coe.parse.allow import Allowance
from coe.parse.document import Document, parse, parse_data
from coe.parse.markdown import Block
from coe.parse.tree import to_data
from coe.read import Source
from coe.text import Span


def checked_reason(reason: str) -> str:
    """Return a reason as it can stand in a comment.

    Errors: `CoeError` when it is empty, longer than a line, or would end the comment.
    """
    words = reason.strip()
    if not words or "--" in words or not words.isprintable():
        raise CoeError(
            f"`{words or reason}` cannot be the reason of an allowance",
            "Give one line of words without `--`, such as --add-allow 'written before we had a guide'.",
        )
    return words


def allowed(document: Document, places: Iterable[tuple[Span, str]], reason: str) -> str:
    """Return the text of a document with an allowance for each place and rule, as few of them as cover all."""
    left = sorted(places, reverse=True)
    while left:
        (span, rule), *left = left
        edit = allowance_for(document, span, rule, reason)
        if edit is not None:
            document = applied(document, edit)
            # What stands behind the insertion has moved.
            left = [(one.shifted(len(edit.text)) if one.start >= edit.span.start else one, name) for one, name in left]
    return document.text


def allowance_for(document: Document, span: Span, rule: str, reason: str) -> Edit | None:
    """Return the insertion after which an allowance covers a span; absent when it is covered, or nothing works.

    Every candidate is read again: fields and blocks must be what they were, and the new allowance must reach the span.
    """
    if any(allowance.rule == rule and allowance.reason and allowance.covers(span) for allowance in document.allowances):
        return None
    near = _in_fields if span.start < document.body_start else _in_body
    candidates = near(document, span, rule, reason)
    whole = _for_file(document, rule, reason)
    return next((edit for edit in (*candidates, *whole) if _holds(document, span, rule, reason, edit)), None)


def applied(document: Document, edit: Edit) -> Document:
    """Return a document with an insertion made, read again."""
    source = document.source
    text = source.text[: edit.span.start] + edit.text + source.text[edit.span.end :]
    return _reader(document)(source.with_text(text))


def _reader(document: Document) -> Callable[[Source], Document]:
    """Return the reader of a document: data are fields from the first character on."""
    return parse_data if document.front and not document.front.block.start else parse


def _in_fields(document: Document, span: Span, rule: str, reason: str) -> Iterator[Edit]:
    """Yield a comment above the entry that holds a span: inside a text of several lines it would be text."""
    if not document.leaves:
        return  # what is said of no field at all stands where the comment would
    lines = document.source.lines
    at = span.start
    for leaf in document.leaves:
        if leaf.value.span.start <= span.start < leaf.value.span.end:
            at = leaf.key.span.start if leaf.key else leaf.value.span.start
            break
    number = lines.position(at).line
    line = lines.line(number)
    if document.front and lines.start(number) >= document.front.block.start:
        indent = line[: len(line) - len(line.lstrip(" "))]
        yield _insertion(lines.start(number), f"{indent}# coe: allow {rule}: {reason}{_newline(document)}")


def _in_body(document: Document, span: Span, rule: str, reason: str) -> Iterator[Edit]:
    """Yield a comment at the end of a paragraph that stands inside something, else above the block."""
    comment = f"<!-- coe: allow {rule}: {reason} -->"
    around = [block for block in document.body.blocks if block.span.start <= span.start < block.span.end]
    inner = max(around, key=lambda block: block.level, default=None)
    if inner is None:
        return
    if inner.level and inner.kind == "paragraph":
        yield _insertion(_end(document, inner), f" {comment}")
    top = min(around, key=lambda block: block.level)
    start = document.text.rfind("\n", 0, top.span.start) + 1
    yield _insertion(start, f"{comment}{_newline(document)}")


def _for_file(document: Document, rule: str, reason: str) -> Iterator[Edit]:
    newline, text = _newline(document), document.text
    gap = "" if text.endswith(("-->", f"-->{newline}")) else newline
    lead = "" if not text or text.endswith("\n") else newline
    yield _insertion(len(text), f"{lead}{gap}<!-- coe: allow-file {rule}: {reason} -->{newline}")
    if document.front:
        yield _insertion(document.front.block.start, f"# coe: allow-file {rule}: {reason}{newline}")


def _insertion(at: int, text: str) -> Edit:
    return Edit(Span(at, at), text)


def _newline(document: Document) -> str:
    return "\r\n" if "\r\n" in document.text else "\n"


def _end(document: Document, block: Block) -> int:
    return block.span.start + len(document.text[block.span.start : block.span.end].rstrip())


def _holds(document: Document, span: Span, rule: str, reason: str, edit: Edit) -> bool:
    after = applied(document, edit)
    moved = span if span.start < edit.span.start else Span(span.start + len(edit.text), span.end + len(edit.text))
    new = [one for one in after.allowances if (one.rule, one.reason) == (rule, reason) and one.covers(moved)]
    return (
        bool(new)
        and len(after.allowances) == len(document.allowances) + 1
        and to_data(after.tree) == to_data(document.tree)
        and _shape(after, new) == _shape(document, [])
    )


def _shape(document: Document, less: list[Allowance]) -> list[tuple[str, int]]:
    """Return the blocks of a body, but for those that are nothing but an allowance."""
    own = {one.span.start for one in less}
    return [(block.kind, block.level) for block in document.body.blocks if block.span.start not in own]
