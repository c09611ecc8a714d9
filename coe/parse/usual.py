"""YAML as nearly all front matter is written → tree: fields and lists line by line, in half the time of libyaml.

A line is a key, an item of a list, or both, with a value that ends where the line does, maybe a list of words; `>` and `|`
may begin a text of several lines. All else (other brackets, escapes, anchors, comments behind a value, whatever is wrong) is
not read here at all, and libyaml has the word. What is read here is the same tree, places included: the tests hold both
against each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any, NamedTuple

from coe.diagnostic import Path
from coe.parse.tree import NULLS, Entry, Leaf, Mapping, Node, Scalar, Sequence

_MOST = 100_000  # no text of so few characters reaches the limit on values
_DEEPEST = 30  # far from the limit on levels
_PLAIN = r"""[^\s\-?:,\[\]{}\#&*!|>'"%@`][^\n:#]*+(?:(?::(?![ \n])|(?<![ ])\#)[^\n:#]*+)*+(?<![ ])"""
_ONE_LINE = rf"""{_PLAIN}|"[^"\\\n]*+"|'[^'\n]*+'"""
_WORDS = r"\[[A-Za-z0-9][A-Za-z0-9_-]*+(?:,[ ][A-Za-z0-9][A-Za-z0-9_-]*+)*+\]"
_LINE = re.compile(
    rf"""
    ([ ]*+) (-[ ]++)?+ (?:([A-Za-z_][A-Za-z0-9_-]{{0,60}}+):(?=[ \n]))?+ ([ ]*+)
    (?: ({_ONE_LINE}|{_WORDS}) | ([|>]-?) ((?:\n\1[ ]+[^ \n][^\n]*+)++) (?!\n[ ]*+[\n\#]) )?+ \n
    | ([^\n]*+\n)
    """,
    re.VERBOSE,
)
_SPECIAL = frozenset("\"'[~nN")
"""What a value begins with that is not simply the text it says: quotation marks, lists, and what may mean nothing."""
_QUOTES = ("'", '"')
_COMMON = bytes((*b"\n", *range(32, 127)))
_new: Any = tuple.__new__  # makes a named tuple without the Python function that its class would call


class _Head(NamedTuple):
    """The key above a collection, where that starts, and where it ends: with the last thing in it, or behind its bracket."""

    key: Scalar
    start: int
    end: int | None = None


@dataclass(frozen=True)
class Usual:
    """What a text says: what `leaves`, `to_data` and `empty_keys` of `coe.parse.tree` return, and the tree when asked."""

    leaves: tuple[Leaf, ...]
    data: dict[str, Any]
    empty: list[tuple[Path, Scalar]]
    heads: dict[Path, _Head]

    @cached_property
    def tree(self) -> Mapping:
        """Return the tree: few documents are asked where their fields stand, and most of its nodes are for that alone."""
        return self._mapping(self.leaves, 0)

    def _mapping(self, leaves: Iterable[Leaf], depth: int) -> Mapping:
        """Return the mapping that leaves make which share so many parts of their paths."""
        entries = tuple(self._entry(below, depth + 1) for below in _parted(leaves, depth))
        return Mapping(entries, entries[0].key.start, entries[-1].value.end)

    def _entry(self, leaves: list[Leaf], depth: int) -> Entry:
        path, key, value = leaves[0]
        if key and len(path) == depth:
            return Entry(key, value)
        head = self.heads[path[:depth]]
        if isinstance(path[depth], str):
            return Entry(head.key, self._mapping(leaves, depth))
        items = tuple(self._item(below, depth + 1) for below in _parted(leaves, depth))
        return Entry(head.key, Sequence(items, head.start, head.end or items[-1].end))

    def _item(self, leaves: list[Leaf], depth: int) -> Node:
        path, _, value = leaves[0]
        return value if len(path) == depth else self._mapping(leaves, depth)


def _parted(leaves: Iterable[Leaf], depth: int) -> Iterator[list[Leaf]]:
    """Yield the leaves below each key, or each place in a list, that stands at a depth of their paths."""
    for _, below in groupby(leaves, lambda leaf: leaf.path[depth]):
        yield list(below)


def read_usual(text: str, base: int) -> Usual | None:
    """Return what a YAML text says that starts at `base` of its file; absent where the text is not as usual."""
    if len(text) > _MOST or text[-1:] != "\n" or not _is_printable(text):
        return None
    new, at = _new, base
    leaves: list[Leaf] = []
    add = leaves.append
    heads: dict[Path, Any] = {}
    lists: list[tuple[dict[str, Any], str]] = []
    empty: list[tuple[Path, Scalar]] = []
    without: list[dict[str, Any]] = []
    # Of the collection that is being read: its column, whether it is a list, its path and its values as data; of a mapping,
    # maybe a key that waits for its value. Those around it are on the stack.
    column, is_list, key = 0, False, None
    path: tuple[str | int, ...] = ()
    told: Any = {}
    data = told
    stack: list[Any] = []
    for indent, dash, word, gap, value, head, body, other in _LINE.findall(text):
        here = len(indent)
        if not word and not (dash and value):
            if (other or value or dash or head) and other.lstrip(" ")[:1] != "#":
                return None
            at += len(other) or here + len(gap) + 1  # an empty line, or a comment
            continue
        if key is not None and (here > column or (dash and here == column)):
            if len(stack) > _DEEPEST:
                return None
            stack.append((column, is_list, path, told))
            above, path = told, (*path, key[0])
            heads[path] = new(_Head, (key, at + here, None))
            column, is_list = here, bool(dash)
            told = above[key[0]] = [] if dash else {}
            if dash:
                lists.append((above, key[0]))
            key = None
        elif here != column or key is not None or is_list is (not dash):
            if key is not None:
                add(_without_value(key, path))
                empty.append(((*path, key[0]), key))
                without.append(told)
                key = None
            while stack and (here < column or (is_list and not dash and here == column)):
                column, is_list, path, told = stack.pop()
            if here != column or is_list is (not dash):
                return None
        at += here
        if dash:
            at += len(dash)
            below = (*path, len(told))
            if not word:
                if value[0] == "[":
                    return None
                node = _scalar(value, at)
                add(new(Leaf, (below, None, node)))
                told.append(node[0])
                at += len(value) + 1
                continue
            stack.append((column, True, path, told))
            above, told = told, {}
            above.append(told)
            column, is_list, path = column + len(dash), False, below
        if word in told:
            return None
        end = at + len(word)
        name = new(Scalar, (word, at, end, ""))
        at = end + 1 + len(gap)
        if value:
            if value[0] not in _SPECIAL:
                end = at + len(value)
                add(new(Leaf, ((*path, word), name, new(Scalar, (value, at, end, "")))))
                told[word] = value
                at = end + 1
                continue
            if value[0] == "[":
                below = (*path, word)
                items = _words(value, at)
                leaves += [new(Leaf, ((*below, index), None, item)) for index, item in enumerate(items)]
                told[word] = tuple([item[0] for item in items])
                heads[below] = new(_Head, (name, at, at + len(value)))
                at += len(value) + 1
                continue
            node = _scalar(value, at)
            at = node[2] + 1
        elif head:
            node = _block(head, body, column, at)
            if node is None:
                return None
            at = node[2]
        else:
            key, told[word] = name, None
            at += 1
            continue
        add(new(Leaf, ((*path, word), name, node)))
        told[word] = node[0]
        if not node[3] and node[0] in NULLS:
            empty.append(((*path, word), name))
            without.append(told)
    if key is not None:
        add(_without_value(key, path))
        empty.append(((*path, key[0]), key))
        without.append(told)
    for above, word in lists:
        above[word] = tuple(above[word])
    for above, (_, empty_key) in zip(without, empty, strict=True):
        del above[empty_key.value]
    return Usual(tuple(leaves), data, empty, heads) if leaves else None


def _is_printable(text: str) -> bool:
    """Say whether a text has nothing but lines of letters and signs; those of ASCII, nearly all, are taken out at once."""
    rest = text.encode("utf-8", "surrogatepass").translate(None, _COMMON)
    return rest.decode("utf-8", "surrogatepass").isprintable()


def _scalar(written: str, at: int) -> Any:
    """Return a value that stands on one line."""
    is_quoted = written[0] in _QUOTES
    value, style = (written[1:-1], written[0]) if is_quoted else (written, "")
    return _new(Scalar, (value, at, at + len(written), style))


def _words(written: str, at: int) -> list[Any]:
    """Return the words of a list that stands on one line."""
    items, start = [], at + 1
    for word in written[1:-1].split(", "):
        items.append(_scalar(word, start))
        start += len(word) + 2
    return items


def _without_value(key: Any, path: Path) -> Any:
    """Return the leaf of a key in the mapping at `path` behind which nothing stands."""
    place = key[2] + 1
    return _new(Leaf, ((*path, key[0]), key, _new(Scalar, ("", place, place, ""))))


def _block(head: str, body: str, column: int, at: int) -> Any:
    """Return the text of lines that `>` or `|` begins; absent where they are not all indented alike."""
    lines = body[1:].split("\n")
    depth = len(lines[0]) - len(lines[0].lstrip(" "))
    if depth <= column or any(len(line) - len(line.lstrip(" ")) != depth for line in lines):
        return None
    joined = (" " if head[0] == ">" else "\n").join([line[depth:] for line in lines])
    end = at + len(head) + len(body) + 1  # libyaml has it end where the next line begins
    return _new(Scalar, (joined if head[1:] else joined + "\n", at, end, head[0]))
