"""YAML as nearly all front matter is written → tree: fields and lists line by line, in a third of the time of libyaml.

A line is a key, an item of a list, or both, with a value that ends where the line does; `>` and `|` may begin a text of
several lines. All else (brackets, escapes, anchors, comments behind a value, whatever is wrong) is not read here at all,
and libyaml has the word. What is read here is the same tree, places included: the tests hold both against each other.
"""

from __future__ import annotations

import re
from typing import Any

from coe.parse.tree import Entry, Mapping, Scalar, Sequence

_MOST = 100_000  # no text of so few characters reaches the limit on values
_DEEPEST = 30  # far from the limit on levels
_PLAIN = r"""[^\s\-?:,\[\]{}\#&*!|>'"%@`][^\n:#]*+(?:(?::(?![ \n])|(?<![ ])\#)[^\n:#]*+)*+(?<![ ])"""
_ONE_LINE = rf"""{_PLAIN}|"[^"\\\n]*+"|'[^'\n]*+'"""
_NOTHING = r"(?:[ ]*+(?:\#[^\n]*+)?\n)*+"
"""Empty lines, and comments that stand alone."""
_LEADING = re.compile(_NOTHING)
_LINE = re.compile(
    rf"""
    ([ ]*)
    (?: (-[ ]+)? ([A-Za-z_][A-Za-z0-9_-]{{0,60}}+):  # a key, maybe behind the dash of an item
        (?: ([ ]+) (?: ({_ONE_LINE}) | ([|>]-?) ((?:\n\1[ ]+[^ \n][^\n]*+)++) ) )?
      | (-[ ]+) ({_ONE_LINE}) )                      # or an item without fields
    \n ({_NOTHING})
    | ([^\n]*\n)                                    # or what is not usual
    """,
    re.VERBOSE,
)
_new: Any = tuple.__new__  # makes a named tuple without the Python function that its class would call


def usual_tree(text: str, base: int) -> Mapping | None:
    """Return the tree of a YAML text that starts at `base` of its file; absent where the text is not as usual."""
    if len(text) > _MOST or text[-1:] != "\n" or not text.replace("\n", "").isprintable():
        return None
    leading = _LEADING.match(text)
    read = leading.end() if leading else 0
    new, at = _new, base + read
    # The collection that is being read: its column, its start, and what is in it. A list has items, a mapping entries, and
    # maybe a key that waits for its value. Those around it are on the stack.
    column, start, key = 0, at, None
    items: list[Any] | None = None
    entries: dict[str, Any] = {}
    stack: list[tuple[int, int, Any, list[Any] | None, dict[str, Any]]] = []
    for indent, dash, word, gap, value, head, body, bare, item, tail, odd in _LINE.findall(text, read):
        if odd:
            return None
        here = len(indent)
        mark = dash or bare
        if key is not None and (here > column or (mark and here == column)):
            if len(stack) > _DEEPEST:
                return None
            stack.append((column, start, key, items, entries))
            column, start, key = here, at + here, None
            items, entries = [] if mark else None, {}
        else:
            if key is not None:
                entries[key[0]] = _without_value(key)
                key = None
            while here < column or (items is not None and not mark and here == column):
                if not stack:
                    return None
                node = _closed(start, items, entries)
                column, start, key, items, entries = stack.pop()
                if items is None:
                    entries[key[0]] = new(Entry, (key, node))
                    key = None
                else:
                    items.append(node)
            if here != column or (items is None) is bool(mark):
                return None
        at += here
        if items is not None:
            at += len(mark)
            if bare:
                items.append(_scalar(item, at))
                at += len(item) + 1 + len(tail)
                continue
            stack.append((column, start, None, items, entries))
            column, start, items, entries = column + len(mark), at, None, {}
        if word in entries:
            return None
        end = at + len(word)
        name = new(Scalar, (word, at, end, ""))
        at = end + 1
        if value:
            at += len(gap)
            entries[word] = new(Entry, (name, _scalar(value, at)))
            at += len(value) + 1
        elif head:
            at += len(gap)
            text_of = _block(head, body, column)
            if text_of is None or tail:
                return None
            end = at + len(head) + len(body) + 1
            entries[word] = new(Entry, (name, new(Scalar, (text_of, at, end, head[0]))))
            at = end
        else:
            key = name
            at += 1
        at += len(tail)
    if key is not None:
        entries[key[0]] = _without_value(key)
    while stack:
        node = _closed(start, items, entries)
        column, start, key, items, entries = stack.pop()
        if items is None:
            entries[key[0]] = new(Entry, (key, node))
        else:
            items.append(node)
    return _closed(start, None, entries) if entries else None


def _scalar(written: str, at: int) -> Any:
    """Return a value that stands on one line."""
    style = written[0]
    if style == '"' or style == "'":
        return _new(Scalar, (written[1:-1], at, at + len(written), style))
    return _new(Scalar, (written, at, at + len(written), ""))


def _without_value(key: Any) -> Any:
    """Return the entry of a key behind which nothing stands."""
    place = key[2] + 1
    return _new(Entry, (key, _new(Scalar, ("", place, place, ""))))


def _closed(start: int, items: list[Any] | None, entries: dict[str, Any]) -> Any:
    """Return a collection, which ends where the last thing in it does."""
    if items is not None:
        return _new(Sequence, (tuple(items), start, items[-1][2]))
    inner = tuple(entries.values())
    return _new(Mapping, (inner, start, inner[-1][1][2]))


def _block(head: str, body: str, column: int) -> str | None:
    """Return the text of lines that `>` or `|` begins; absent where they are not all indented alike."""
    lines = body[1:].split("\n")
    depth = len(lines[0]) - len(lines[0].lstrip(" "))
    if depth <= column or any(len(line) - len(line.lstrip(" ")) != depth for line in lines):
        return None
    joined = (" " if head[0] == ">" else "\n").join([line[depth:] for line in lines])
    return joined if head[1:] else joined + "\n"
