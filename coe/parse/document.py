"""Source → Document."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from coe.diagnostic import Flaw, Path
from coe.parse.allow import Allowance, body_allowances, yaml_allowances
from coe.parse.front_matter import FrontMatter, as_mapping, split
from coe.parse.markdown import Body, parse_body
from coe.parse.marks import has_marks
from coe.parse.prose import Passage, field_passages, mask_of
from coe.parse.tree import Leaf, Mapping, Scalar, empty_keys, leaves, locate, to_data
from coe.parse.usual import Usual, read_usual
from coe.read import Source
from coe.text import Span


@dataclass(frozen=True)
class Document:
    """One parsed file: its fields with their places, its prose, and what is wrong with its form."""

    source: Source
    front: FrontMatter | None
    flaws: tuple[Flaw, ...]

    @property
    def text(self) -> str:
        """Return the decoded text."""
        return self.source.text

    @property
    def tree(self) -> Mapping | None:
        """Return the fields, absent without readable front matter."""
        fields = self._fields
        return fields.tree if isinstance(fields, Usual) else fields

    @property
    def has_fields(self) -> bool:
        """Say whether there is readable front matter, if only an empty one."""
        return self._fields is not None

    @property
    def _fields(self) -> Mapping | Usual | None:
        return self.front.fields if self.front else None

    @property
    def body_start(self) -> int:
        """Return the offset at which the Markdown starts."""
        return self.front.body if self.front else 0

    @property
    def has_marks(self) -> bool:
        """Say whether something in the text may be marked as not for the public."""
        return has_marks(self.text)

    @cached_property
    def body(self) -> Body:
        """Return the Markdown part."""
        return parse_body(self.text, self.body_start)

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """Return every scalar of the fields with its path."""
        fields = self._fields
        return fields.leaves if isinstance(fields, Usual) else leaves(fields)

    @property
    def data(self) -> Any:
        """Return the fields as plain values."""
        fields = self._fields
        return fields.data if isinstance(fields, Usual) else to_data(fields)

    @property
    def empty_keys(self) -> list[tuple[Path, Scalar]]:
        """Return the keys without a value, with their paths."""
        fields = self._fields
        return fields.empty if isinstance(fields, Usual) else empty_keys(self.leaves)

    def leaf(self, name: str) -> Leaf | None:
        """Return a field of the first level that has one value; absent where it is not there or a collection."""
        return next((leaf for leaf in self.leaves if leaf.path == (name,)), None)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Return all prose in the order of the file."""
        return (*field_passages(self.leaves), *self.body.passages)

    def field_at(self, offset: int) -> Path:
        """Return the field whose prose holds an offset, empty where there is none."""
        index = bisect_right(self._field_starts, offset) - 1
        passage = self._field_passages[index] if index >= 0 else None
        return passage.field if passage and offset < passage.span.end else ()

    @cached_property
    def _field_passages(self) -> tuple[Passage, ...]:
        """Return the prose of the fields by place; what an alias shows again stands under its first name."""
        ordered = sorted((one for one in self.passages if one.field), key=lambda one: one.span)
        return tuple({one.span: one for one in reversed(ordered)}.values())[::-1]

    @cached_property
    def _field_starts(self) -> list[int]:
        return [one.span.start for one in self._field_passages]

    @cached_property
    def mask(self) -> str:
        """Return the text with everything but prose blanked, at equal length."""
        return mask_of(self.text, self.passages)

    @cached_property
    def allowances(self) -> tuple[Allowance, ...]:
        """Return what the author allows, and why."""
        if "coe:" not in self.text:
            return ()
        block = self.front.block if self.front else Span(0, 0)
        fields = yaml_allowances(self.source.lines, block, self.leaves)
        return (*fields, *body_allowances(self.text, self.body_start, self.body.blocks))

    def value_span(self, path: Path) -> Span:
        """Return the first line of the value at a path, or of the longest part of the path that is there."""
        key, value, known = locate(self.tree, path)
        return self._first_line(value if value and (known == len(path) or key is None) else key or value)

    def key_span(self, path: Path) -> Span:
        """Return the key at a path, or the value where the path ends in a list."""
        key, value, _ = locate(self.tree, path)
        return self._first_line(key or value)

    def _first_line(self, span: Span | None) -> Span:
        if span is None or not self.front:
            return Span(0, min(3, len(self.text)))
        end = min(
            (at for at in (self.text.find("\n", span.start), self.text.find("\r", span.start)) if at >= 0), default=span.end
        )
        return Span(span.start, max(span.start, min(span.end, end)))


def parse(source: Source) -> Document:
    """Return the document of a source; any text at all is parsed, what is wrong with it is among its flaws."""
    # What could not be decoded is neither fields nor prose: no rule but the one on its bytes has anything to read.
    whole = Span(0, len(source.text))
    front = FrontMatter(whole, None, whole.end, ()) if source.flaws else split(source.text)
    return Document(source, front, (*source.flaws, *(front.flaws if front else ())))


def parse_data(source: Source) -> Document:
    """Return a file of YAML (the catalog) as a document without a body."""
    block = Span(0, len(source.text))
    usual = None if source.flaws else read_usual(source.text, 0)
    if usual:
        return Document(source, FrontMatter(block, usual, len(source.text), ()), ())
    from coe.parse.yaml_reader import parse_yaml  # which loads PyYAML

    tree, flaws = (None, source.flaws) if source.flaws else parse_yaml(source.text)
    mapping, more = (None, ()) if flaws else as_mapping(tree, block)
    return Document(source, FrontMatter(block, mapping, len(source.text), ()), (*flaws, *more))
