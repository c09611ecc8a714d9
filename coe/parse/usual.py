"""YAML as nearly all front matter is written → tree: fields and lists line by line, in half the time of libyaml.

A line is a key, an item of a list, or both, with a value that ends where the line does, maybe a list of words; `>` and `|`
may begin a text of several lines. All else (other brackets, escapes, anchors, comments behind a value, whatever is wrong) is
not read here at all, and libyaml has the word. What is read here is the same tree, places included: the tests hold both
against each other.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from coe.parse.tree import NULLS, Entry, Leaf, Mapping, Scalar, Sequence

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
_QUOTES = ("'", '"')
_LAST = "end of the text"
_END = ("", "", "", "", "", "", "", _LAST)
"""What follows the last line, and closes all that is open."""
_new: Any = tuple.__new__  # makes a named tuple without the Python function that its class would call


class Usual(NamedTuple):
    """The tree of a text, with what is made of it on the way: what `leaves` and `to_data` of `coe.parse.tree` return."""

    tree: Mapping
    leaves: tuple[Leaf, ...]
    data: dict[str, Any]


def read_usual(text: str, base: int) -> Usual | None:
    """Return what a YAML text says that starts at `base` of its file; absent where the text is not as usual."""
    if len(text) > _MOST or text[-1:] != "\n" or not text.replace("\n", "").isprintable():
        return None
    new, at = _new, base
    leaves: list[Leaf] = []
    # Of the collection that is being read: its column, its start, its path, its values as data, and what is in it. A list has
    # items, a mapping entries, and maybe a key that waits for its value. Those around it are on the stack.
    column, start, key = 0, base, None
    path: tuple[str | int, ...] = ()
    told: Any = {}
    items: list[Any] | None = None
    entries: dict[str, Any] = {}
    stack: list[Any] = []
    for indent, dash, word, gap, value, head, body, other in (*_LINE.findall(text), _END):
        here = len(indent)
        if not word and not (dash and value):
            if other is _LAST:
                here = -1
            elif (other or value or dash or head) and other.lstrip(" ")[:1] != "#":
                return None
            else:  # an empty line, or a comment
                at += len(other) or here + len(gap) + 1
                continue
        if key is not None and (here > column or (dash and here == column)):
            if len(stack) > _DEEPEST:
                return None
            stack.append((column, start, key, items, entries, path, told))
            path = (*path, key[0])
            column, start, key = here, at + here, None
            items, entries, told = ([], {}, []) if dash else (None, {}, {})
        else:
            if key is not None:
                entries[key[0]] = pair = _without_value(key)
                leaves.append(new(Leaf, ((*path, key[0]), *pair)))
                key = None
            while stack and (here < column or (items is not None and not dash and here == column)):
                node, inner = _closed(start, items, entries), told if items is None else tuple(told)
                column, start, key, items, entries, path, told = stack.pop()
                if items is None:
                    entries[key[0]] = new(Entry, (key, node))
                    told[key[0]] = inner
                    key = None
                else:
                    items.append(node)
                    told.append(inner)
            if here != column or (items is None) is bool(dash):
                return Usual(_closed(base, None, entries), tuple(leaves), told) if other is _LAST and entries else None
        at += here
        if items is not None:
            at += len(dash)
            if not word:
                if value[0] == "[":
                    return None
                node = _scalar(value, at)
                leaves.append(new(Leaf, ((*path, len(items)), None, node)))
                items.append(node)
                told.append(node[0])
                at += len(value) + 1
                continue
            stack.append((column, start, None, items, entries, path, told))
            column, start, path, items, entries, told = column + len(dash), at, (*path, len(items)), None, {}, {}
        if word in entries:
            return None
        end = at + len(word)
        name = new(Scalar, (word, at, end, ""))
        at = end + 1 + len(gap)
        if value:
            if value[0] == "[":
                node = _words(value, at)
                leaves += [new(Leaf, ((*path, word, index), None, item)) for index, item in enumerate(node[0])]
                entries[word] = new(Entry, (name, node))
                told[word] = tuple([item[0] for item in node[0]])
                at = node[2] + 1
                continue
            quoted = value[0] in _QUOTES
            node = _scalar(value, at) if quoted else new(Scalar, (value, at, at + len(value), ""))
            at = node[2] + 1
        elif head:
            node = _block(head, body, column, at)
            if node is None:
                return None
            at = node[2]
        else:
            key = name
            at += 1
            continue
        entries[word] = new(Entry, (name, node))
        leaves.append(new(Leaf, ((*path, word), name, node)))
        if node[3] or node[0] not in NULLS:
            told[word] = node[0]
    return None


def _scalar(written: str, at: int) -> Any:
    """Return a value that stands on one line."""
    is_quoted = written[0] in _QUOTES
    value, style = (written[1:-1], written[0]) if is_quoted else (written, "")
    return _new(Scalar, (value, at, at + len(written), style))


def _words(written: str, at: int) -> Any:
    """Return a list of words that stands on one line."""
    items, start = [], at + 1
    for word in written[1:-1].split(", "):
        items.append(_scalar(word, start))
        start += len(word) + 2
    return _new(Sequence, (tuple(items), at, at + len(written)))


def _without_value(key: Any) -> Any:
    """Return the entry of a key behind which nothing stands."""
    place = key[2] + 1
    return _new(Entry, (key, _new(Scalar, ("", place, place, ""))))


def _closed(start: int, items: list[Any] | None, entries: dict[str, Any]) -> Any:
    """Return a collection, which ends where the last thing in it does."""
    if items is not None:
        return _new(Sequence, (tuple(items), start, items[-1][2]))
    inner = tuple(entries.values())
    return _new(Mapping, (inner, inner[0][0][1], inner[-1][1][2]))


def _block(head: str, body: str, column: int, at: int) -> Any:
    """Return the text of lines that `>` or `|` begins; absent where they are not all indented alike."""
    lines = body[1:].split("\n")
    depth = len(lines[0]) - len(lines[0].lstrip(" "))
    if depth <= column or any(len(line) - len(line.lstrip(" ")) != depth for line in lines):
        return None
    joined = (" " if head[0] == ">" else "\n").join([line[depth:] for line in lines])
    end = at + len(head) + len(body) + 1  # libyaml has it end where the next line begins
    return _new(Scalar, (joined if head[1:] else joined + "\n", at, end, head[0]))
