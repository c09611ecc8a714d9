"""A tree of YAML nodes that know their place; every scalar stays the text that was written.

There are hundreds of nodes in a document, and few are asked where they stand: that is made a span where it is.
"""

from __future__ import annotations

from typing import Any, NamedTuple, TypeAlias

from coe.diagnostic import Path
from coe.text import Span

NULLS = frozenset({"", "~", "null", "Null", "NULL"})


class Scalar(NamedTuple):
    """One value as written: `style` is empty for a plain one, else one of `'`, `"`, `|`, `>`."""

    value: str
    start: int
    end: int
    style: str = ""

    @property
    def span(self) -> Span:
        """Return where it stands."""
        return Span(self.start, self.end)

    @property
    def is_null(self) -> bool:
        """Say whether nothing was written: an empty plain value, `~` or `null`."""
        return not self.style and self.value in NULLS


class Entry(NamedTuple):
    """One `key: value` of a mapping."""

    key: Scalar
    value: Node


class Mapping(NamedTuple):
    """A mapping in the order written; a key stands once."""

    entries: tuple[Entry, ...]
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Return where it stands."""
        return Span(self.start, self.end)

    def get(self, key: str) -> Entry | None:
        """Return the entry of a key."""
        return next((entry for entry in self.entries if entry.key.value == key), None)


class Sequence(NamedTuple):
    """A list."""

    items: tuple[Node, ...]
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Return where it stands."""
        return Span(self.start, self.end)


Node: TypeAlias = Scalar | Mapping | Sequence


def measure(node: Node) -> tuple[int, int]:
    """Return how many nodes a tree has, itself included, and how many levels lie below it."""
    total, deepest, stack = 0, 0, [(node, 0)]
    while stack:
        top, level = stack.pop()
        total += 1
        deepest = max(deepest, level)
        if isinstance(top, Mapping):
            stack.extend((entry.value, level + 1) for entry in top.entries)
        elif isinstance(top, Sequence):
            stack.extend((item, level + 1) for item in top.items)
    return total, deepest


def to_data(node: Node | None) -> Any:
    """Return plain values: texts, tuples and dicts; a key without a value is left out, for unknown means absent."""
    kind = type(node)
    if kind is Scalar:
        return node.value  # type: ignore[union-attr]  # a scalar, as its type says: `isinstance` takes three times as long
    if kind is Mapping:
        found = {}
        for (name, _, _, _), value in node.entries:  # type: ignore[union-attr]
            if type(value) is Scalar:
                text, _, _, style = value
                if style or text not in NULLS:
                    found[name] = text
            else:
                found[name] = to_data(value)
        return found
    return tuple([to_data(item) for item in node.items]) if isinstance(node, Sequence) else None


class Leaf(NamedTuple):
    """A scalar with its path and, in a mapping, its key."""

    path: Path
    key: Scalar | None
    value: Scalar


def leaves(node: Node | None) -> tuple[Leaf, ...]:
    """Return every scalar below a node in the order written."""
    found: list[Leaf] = []
    if isinstance(node, Scalar):
        found.append(Leaf((), None, node))
    elif node is not None:
        _gather(node, (), found)
    return tuple(found)


def _gather(node: Mapping | Sequence, path: Path, found: list[Leaf]) -> None:
    """Add the scalars below a collection; it is not deeper than the reader of YAML lets it be."""
    new: Any = tuple.__new__  # makes a named tuple without the Python function that its class would call
    pairs: Any = node.entries if type(node) is Mapping else [(None, item) for item in node.items]  # type: ignore[union-attr]
    for at, (key, inner) in enumerate(pairs):
        below = (*path, at if key is None else key[0])
        if type(inner) is Scalar:
            found.append(new(Leaf, (below, key, inner)))
        else:
            _gather(inner, below, found)


def empty_keys(found: tuple[Leaf, ...]) -> list[tuple[Path, Scalar]]:
    """Return the keys of leaves without a value, with their paths."""
    return [(path, key) for path, key, (text, _, _, style) in found if text in NULLS and not style and key]


def locate(node: Node | None, path: Path) -> tuple[Span | None, Span | None, int]:
    """Return the span of the key, the span of the value, and how much of the path is really there.

    Where the path leads past what was written, the places are those of its longest known part.
    """
    key: Span | None = None
    value: Span | None = node.span if node is not None else None
    for depth, part in enumerate(path):
        if isinstance(node, Mapping) and isinstance(part, str):
            entry = node.get(part)
            if entry is None:
                return key, value, depth
            key, node = entry.key.span, entry.value
        elif isinstance(node, Sequence) and isinstance(part, int) and part < len(node.items):
            node = node.items[part]
            key = None if isinstance(node, Mapping) else key
        else:
            return key, value, depth
        value = node.span
    return key, value, len(path)
