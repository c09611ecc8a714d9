"""Where in front matter a cursor stands, told from the text alone: half-written YAML has no tree."""

from __future__ import annotations

import re
from dataclasses import dataclass

from coe.text import Lines, Span

_LINE = re.compile(r"( *)((?:- +|-$)*)(.*)$")
_KEY = re.compile(r"(?:\"([^\"]*)\"|'([^']*)'|([A-Za-z][\w-]*))[ \t]*:(?:[ \t]+(.*)|$)")
_OPENS = re.compile(r"(?:#.*)?$")
_FLOW = re.compile(r"[{\[]")


@dataclass(frozen=True, slots=True)
class Cursor:
    """The names that lead to a cursor; `typed` is the word before it, `span` what a completion replaces.

    At a key `names` are those of its owner and `present` the keys beside it; at a value they end with its key. `listed` says
    that the word stands behind a dash or between brackets, where either a key or a value may be due.
    """

    names: tuple[str, ...]
    is_key: bool
    typed: str
    span: Span
    present: frozenset[str] = frozenset()
    listed: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    """One line: the column of its first dash or else of its content, that of its content, and its key."""

    outer: int
    column: int
    key: str | None
    opens: bool


def cursor_at(lines: Lines, block: Span, offset: int) -> Cursor | None:
    """Return where a cursor stands in the fields of a text; absent in comments and in texts of several lines."""
    number = lines.position(offset).line
    start = lines.start(number)
    before = lines.text[start:offset]
    match = _LINE.match(before)
    if match is None or re.search(r"(?:^|\s)#", before):
        return None
    indent, dashes, rest = match.groups()
    column = len(indent) + len(dashes)
    outer = len(indent) if dashes else column
    above = _above(lines, block, number, column=column, outer=outer, dashed=bool(dashes))
    if above is None:
        return None
    names, present = above
    if not dashes:
        present |= _below(lines, block, number, column)
    key = _KEY.match(rest)
    if key and key[4] is None:
        key = None  # right behind a colon, as in `role:`: a key has a space there
    if key is None and not _FLOW.match(rest):
        typed = rest.lstrip("\"'")
        is_key = not rest.startswith(('"', "'"))
        return Cursor(names, is_key, typed, _replaced(lines, offset, typed), present, listed=bool(dashes))
    value = (key[4] or "") if key else rest
    if key:
        names = (*names, key[1] or key[2] or key[3])
    return _in_flow(lines, offset, names, value) if _FLOW.match(value) else _value(lines, offset, names, value)


def _value(lines: Lines, offset: int, names: tuple[str, ...], value: str, *, listed: bool = False) -> Cursor:
    typed = value.lstrip(" \t").lstrip("\"'")
    return Cursor(names, is_key=False, typed=typed, span=_replaced(lines, offset, typed), listed=listed)


def _replaced(lines: Lines, offset: int, typed: str) -> Span:
    """Return the word around a cursor: what was typed of it, and what follows without a space."""
    after = re.compile(r"[\w:.-]*").match(lines.text, offset)
    end = after.end() if after else offset
    if lines.text[end - 1 : end] == ":" and end > offset:
        end -= 1
    return Span(offset - len(typed), end)


def _in_flow(lines: Lines, offset: int, names: tuple[str, ...], value: str) -> Cursor | None:
    """Return where a cursor stands between the brackets and braces that are open on its line."""
    stack: list[tuple[str, str | None, set[str]]] = []
    word = ""
    for char in value:
        if char in "{[":
            stack.append((char, None, set()))
            word = ""
        elif char in "}]":
            if not stack:
                return None
            stack.pop()
            word = ""
        elif char == "," and stack:
            opening, _, seen = stack[-1]
            stack[-1] = (opening, None, seen)
            word = ""
        elif char == ":" and stack and stack[-1][0] == "{" and stack[-1][1] is None:
            opening, _, seen = stack[-1]
            key = word.strip().strip("\"'")
            stack[-1] = (opening, key, seen | {key})
            word = ""
        else:
            word += char
    if not stack:
        return None
    inner = (*names, *(held for _, held, _ in stack if held))
    opening, held, seen = stack[-1]
    if opening == "[" or held is not None:
        return _value(lines, offset, inner, word, listed=opening == "[")
    typed = word.lstrip()
    return Cursor(inner, is_key=True, typed=typed, span=_replaced(lines, offset, typed), present=frozenset(seen))


def _read(line: str) -> _Line | None:
    """Return what a line says of the structure, absent for a blank one and a comment."""
    match = _LINE.match(line)
    if match is None or not line.strip() or line.lstrip().startswith("#"):
        return None
    indent, dashes, rest = match.groups()
    key = _KEY.match(rest)
    column = len(indent) + len(dashes)
    name = (key[1] or key[2] or key[3]) if key else None
    return _Line(len(indent) if dashes else column, column, name, bool(key and _OPENS.match(key[4] or "")))


def _above(
    lines: Lines, block: Span, number: int, *, column: int, outer: int, dashed: bool
) -> tuple[tuple[str, ...], frozenset[str]] | None:
    """Return the names above a place and the keys beside it; absent inside a text that is no structure."""
    names: list[str] = []
    present: set[str] = set()
    level, in_item, beside = (outer, True, False) if dashed else (column, False, True)
    for above in range(number - 1, lines.position(block.start).line - 1, -1):
        line = _read(lines.line(above))
        if line is None:
            continue
        if beside and line.column == level and line.key:
            present.add(line.key)
        if line.outer < line.column <= level and not in_item and line.column == level:
            level, in_item, beside = line.outer, True, False  # the first key of an item: its list is further up
            continue
        is_owner = line.column <= level if in_item and line.outer == line.column else line.column < level
        if not is_owner:
            continue
        if line.key is None:
            if line.outer < line.column:
                continue  # an item of a list that ended
            return None
        if not line.opens:
            if line.column == level:
                continue
            return None
        names.insert(0, line.key)
        beside = False
        level, in_item = (line.outer, True) if line.outer < line.column else (line.column, False)
        if level == 0 and not in_item:
            break
    return tuple(names), frozenset(present)


def _below(lines: Lines, block: Span, number: int, column: int) -> frozenset[str]:
    """Return the keys beside a place that stand under it."""
    found: set[str] = set()
    for below in range(number + 1, lines.position(block.end).line + 1):
        line = _read(lines.line(below))
        if line is None:
            continue
        if line.outer < column:
            break
        if line.outer == line.column == column and line.key:
            found.add(line.key)
    return frozenset(found)
