"""Allowances: where an author says that a rule does not apply, and why.

`<!-- coe: allow RULE: reason -->` speaks for the next block, `allow-file` for the document, and in front matter
`# coe: allow RULE: reason` for the value it stands on or above.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import attrgetter

from coe.parse.markdown import Block
from coe.parse.tree import Leaf
from coe.text import Lines, Span

_IN_BODY = re.compile(r"<!--\s*coe:\s*(allow(?:-file)?)\b")
_SAID = re.compile(r"\s*([^\s:>]*)\s*(?::(.*)|.*)", re.DOTALL)
MAX_ALLOWANCES = 500
"""More are not heeded in one part of a document: each is compared with lines and findings."""
_IN_YAML = re.compile(
    r"(?<!\S)#[ \t]*coe:[ \t]*(allow(?:-file)?)\b[ \t]*([^\s:]*)[ \t]*(?::[ \t]*([^\r\n]*?))?[ \t]*(?=\r|\n|$)"
)


@dataclass(frozen=True, slots=True)
class Allowance:
    """One allowance: `scope` is what it covers, absent for the whole file; `reason` is empty when none is given."""

    rule: str
    reason: str
    span: Span
    scope: Span | None

    def covers(self, span: Span) -> bool:
        """Say whether a finding at `span` lies in the scope."""
        return self.scope is None or self.scope.start <= span.start < max(self.scope.end, self.scope.start + 1)


def body_allowances(text: str, start: int, blocks: tuple[Block, ...]) -> Iterator[Allowance]:
    """Yield the allowances of a body; those shown inside code are text like any other."""
    # Gone through once, and not for each allowance: there can be as many blocks as lines.
    code, texts = _spans(blocks, "fence", "code_block"), _spans(blocks, "paragraph", "heading")
    others = [block.span for block in blocks if not is_comment(block, text)]
    for span, word, name, reason in islice(_comments(text, start), MAX_ALLOWANCES):
        if _holding(code, span.start) or _in_code_span(text, span.start):
            continue
        scope = None if word == "allow-file" else _holding(texts, span.start) or _next(others, span.end, len(text))
        yield Allowance(name, reason, span, scope)


def _spans(blocks: Iterable[Block], *kinds: str) -> list[Span]:
    return [block.span for block in blocks if block.kind in kinds]


def _holding(spans: Sequence[Span], at: int) -> Span | None:
    """Return which of some spans, that stand one after another, holds an offset."""
    index = bisect_right(spans, at, key=attrgetter("start")) - 1
    return spans[index] if index >= 0 and at < spans[index].end else None


def _next(others: Sequence[Span], at: int, end: int) -> Span:
    """Return the block after a comment that ends at an offset, with the comments above the block; all where none is left."""
    index = bisect_left(others, at, key=attrgetter("start"))
    return Span(at, others[index].end if index < len(others) else end)


def _comments(text: str, at: int) -> Iterator[tuple[Span, str, str, str]]:
    """Yield the allowances that stand in comments as place, word, rule and reason, in time linear in the text."""
    close = at
    while opening := _IN_BODY.search(text, at):
        if close < opening.end():
            close = text.find("-->", opening.end())
        if close < 0:
            return
        another = text.find("<!--", opening.end(), close)
        at = another if another >= 0 else close + 3
        said = _SAID.fullmatch(text, opening.end(), close) if another < 0 else None
        if said:
            yield Span(opening.start(), at), opening[1], said[1], (said[2] or "").strip()


def _in_code_span(text: str, at: int) -> bool:
    return text.count("`", text.rfind("\n", 0, at) + 1, at) % 2 == 1


def is_comment(block: Block, text: str) -> bool:
    """Say whether a block is a comment, so that several allowances can stand above one block."""
    return block.kind == "html_block" and text[block.span.start : block.span.end].lstrip().startswith("<!--")


def yaml_allowances(lines: Lines, block: Span, leaves: Iterable[Leaf]) -> Iterator[Allowance]:
    """Yield the allowances in comments of the front matter."""
    text = lines.text
    if "coe:" not in text[block.start : block.end]:
        return
    scalars = sorted(leaf.value.span for leaf in leaves)
    starts = [span.start for span in scalars]
    value, ends = 0, dict[int, int]()  # kept, for hundreds of allowances can stand above one value, and far from it
    for match in islice(_IN_YAML.finditer(text, block.start, block.end), MAX_ALLOWANCES):
        index = bisect_right(starts, match.start()) - 1
        if index >= 0 and match.start() < scalars[index].end:
            continue
        number = lines.position(match.start()).line
        own_line = not lines.line(number)[: match.start() - lines.start(number)].strip()
        first = number + own_line
        value = _value_line(lines, max(first, value), block.end)
        if own_line and value not in ends:
            ends[value] = _entry_end(lines, value, block.end)
        scope = Span(lines.start(first), ends[value] if own_line else min(lines.start(value + 1), block.end))
        yield Allowance(match[2], (match[3] or "").strip(), Span(*match.span()), None if match[1] == "allow-file" else scope)


def _value_line(lines: Lines, number: int, end: int) -> int:
    """Return the line, from one on, that is neither empty nor a comment."""
    while number < len(lines) and lines.start(number) < end and lines.line(number).lstrip()[:1] in ("", "#"):
        number += 1
    return number


def _entry_end(lines: Lines, number: int, end: int) -> int:
    """Return where the entry ends that starts on a line."""
    first = lines.line(number)
    indent = len(first) - len(first.lstrip())
    last = number + 1
    while last <= len(lines) and lines.start(last) < end:
        line = lines.line(last)
        deeper = len(line) - len(line.lstrip()) > indent
        listed = line.lstrip().startswith("- ") and len(line) - len(line.lstrip()) == indent and first.rstrip().endswith(":")
        if line.strip() and not deeper and not listed:
            break
        last += 1
    return min(lines.start(last), end)
