"""The comments and blank lines of front matter, and which value each belongs to."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from typing import NamedTuple

from coe.parse.document import Document
from coe.parse.tree import Mapping, Node, Scalar, Sequence
from coe.text import Span

_COMMENT = re.compile(r"(?:(?<=[ \t\r\n])|\A)#[^\r\n]*")
_BLANK = re.compile(r"(?:(?<=\n)|(?<=\r(?!\n)))[ \t]*(?=\r|\n)")


class Note(NamedTuple):
    """A comment, or a blank line when its text is empty; `gap` is the space before a comment behind a value."""

    offset: int
    text: str
    column: int
    gap: str | None = None


class Notes:
    """What stands above each entry and item (by place), behind each scalar, and below the last child of a collection."""

    def __init__(self, document: Document, block: Span) -> None:
        self.text = document.text
        self.above: dict[tuple[str, int], list[Note]] = {}
        self.behind: dict[int, Note] = {}
        self.below: dict[int, list[Note]] = {}
        self.after_flow: dict[int, Note] = {}
        self._lines = document.source.lines
        root = document.tree or Mapping((), *block)
        self._scalars = sorted(_trimmed(self.text, scalar) for scalar in _scalars(root))
        self._own: deque[Note] = deque(self._found(block))
        self._walk(root, block.end, 0)
        self.below.setdefault(root.span.start, []).extend(self._own)

    def all(self) -> list[str]:
        """Return the words of every comment, sorted."""
        held = [*self.above.values(), *self.below.values(), list(self.behind.values()), list(self.after_flow.values())]
        return sorted(note.text.rstrip() for notes in held for note in notes if note.text)

    def _found(self, block: Span) -> list[Note]:
        """Return the notes that stand on lines of their own; those behind something are put where they belong."""
        own: list[Note] = []
        starts = [span.start for span in self._scalars]
        for pattern in (_COMMENT, _BLANK):
            at = block.start
            while match := pattern.search(self.text, at, block.end):
                index = bisect_right(starts, match.start()) - 1
                before = self._scalars[index] if index >= 0 else Span(0, 0)
                inside = before.start <= match.start() < before.end
                if inside and not self._heads(before, match.start()):
                    at = before.end  # a sign inside a text opens no comment
                    continue
                at = max(match.end(), match.start() + 1)
                self._put(match, before, own)
        return sorted(own)

    def _put(self, match: re.Match[str], before: Span, own: list[Note]) -> None:
        """Put a note behind the scalar in front of it, or among those on lines of their own."""
        at, words = match.start(), match.group().strip()
        line = at - self._column(at)
        ahead = self.text[line:at]
        if not ahead.strip():
            own.append(Note(at, words, len(ahead)))
        elif before.end <= line or self._heads(before, at):
            own.append(Note(at, words, len(ahead) - len(ahead.lstrip())))
        elif self.text[before.end : at].strip(" \t:,-"):
            self.after_flow[line] = Note(at, words, len(ahead))
        else:
            self.behind[before.start] = Note(at, words, len(ahead), ahead[len(ahead.rstrip()) :])

    def _heads(self, scalar: Span, at: int) -> bool:
        """Say whether a comment stands behind the sign that opens a block scalar."""
        opens = self.text[scalar.start] in "|>" and scalar.start < at < scalar.end
        return opens and not re.search(r"[\r\n]", self.text[scalar.start : at])

    def _walk(self, node: Node, limit: int, least: int) -> None:
        """Put the notes of a node, which ends before `limit`, where they belong."""
        if isinstance(node, Scalar):
            return
        column = self._column(node.span.start)
        if isinstance(node, Mapping):
            children = [("entry", entry.key.span.start, entry.value) for entry in node.entries]
        else:
            children = [("item", item.span.start, item) for item in node.items]
        for index, (kind, start, value) in enumerate(children):
            head = self._head(value)
            self.above[kind, start] = [*self._until(start), *head]
            end = children[index + 1][1] if index + 1 < len(children) else limit
            self._walk(value, end, column + 1 if kind == "entry" else column)
        if children and not self._is_flow(node) and max(column, least) > 0:
            self.below[node.span.start] = self._deeper(max(column, least), limit)

    def _head(self, value: Node) -> list[Note]:
        """Return the comments that cannot stay behind a value: of a flow collection, and of a block scalar's sign."""
        out = []
        if not isinstance(value, Scalar) and self._is_flow(value):
            end = value.span.end
            line = end - self._column(end)
            if line in self.after_flow and end <= self.after_flow[line].offset:
                note = self.after_flow.pop(line)
                if not (value.entries if isinstance(value, Mapping) else value.items):
                    self.behind[value.span.start] = note._replace(gap=" ")
                else:
                    out = [note]
        elif isinstance(value, Scalar) and value.style in ("|", ">"):
            while self._own and value.span.start < self._own[0].offset and self._heads(value.span, self._own[0].offset):
                out.append(self._own.popleft())
        return out

    def _is_flow(self, node: Node) -> bool:
        return self.text[node.span.start : node.span.start + 1] in ("{", "[")

    def _column(self, offset: int) -> int:
        return self._lines.position(offset).column - 1

    def _until(self, offset: int) -> list[Note]:
        out = []
        while self._own and self._own[0].offset < offset:
            out.append(self._own.popleft())
        return out

    def _deeper(self, column: int, limit: int) -> list[Note]:
        """Return the comments up to `limit` that are indented at least to a column.

        Blank lines and what is commented out in the first column stay among them.
        """
        ahead: list[Note] = []
        for note in self._own:
            if note.offset >= limit or (note.text and 0 < note.column < column):
                break
            ahead.append(note)
        while ahead and not (ahead[-1].text and ahead[-1].column):
            ahead.pop()
        for _ in ahead:
            self._own.popleft()
        return ahead


def _scalars(node: Node) -> list[Scalar]:
    out: list[Scalar] = []
    stack: list[Node] = [node]
    while stack:
        top = stack.pop()
        if isinstance(top, Scalar):
            out.append(top)
        elif isinstance(top, Sequence):
            stack += top.items
        else:
            stack += [part for entry in top.entries for part in entry]
    return out


def _trimmed(text: str, scalar: Scalar) -> Span:
    """Return the place of a scalar without the blank lines that libyaml counts to a block scalar."""
    if scalar.style not in ("|", ">"):
        return scalar.span
    words = text[scalar.span.start : scalar.span.end]
    return Span(scalar.span.start, scalar.span.start + len(words.rstrip(" \t\r\n")))
