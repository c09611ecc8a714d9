"""Edits of front matter: one value set, one item added; every character outside the edit stays."""

from __future__ import annotations

import re

from coe.diagnostic import Path, dotted
from coe.errors import CoeError
from coe.format.address import child_at
from coe.format.canonical import fields
from coe.format.insertion import Writing
from coe.format.place import is_flow
from coe.format.proof import Value, proved
from coe.model.scalars import parse_timestamp
from coe.model.validate import Analysis
from coe.parse.tree import Mapping, Node, Scalar, Sequence


def set_value(analysis: Analysis, path: Path, value: Value) -> str:
    """Return the text of a document in which the value at a path is another one; fields and lists only where there is none.

    Errors: `CoeError` when the document cannot be read, the path leads nowhere, or the value is not allowed there.
    """
    document, tree = analysis.document, _readable(analysis)
    node: Node = tree
    flow = False
    for depth, part in enumerate(path):
        flow = flow or is_flow(document.text, node)
        child = child_at(node, part)
        if child is None:
            if not isinstance(node, Mapping) or any(isinstance(step, int) for step in path[depth:]):
                raise CoeError(f"`{dotted(path[: depth + 1])}` is not there", "Name a field, or add an item with `coe add`.")
            inner: Value = value
            for step in reversed(path[depth + 1 :]):
                inner = {str(step): inner}
            edit = Writing(document, analysis.kind).entry(node, path[: depth + 1], inner, flow=flow)
            return proved(analysis, edit, path, value)
        node = child
    if not isinstance(node, Scalar) or not isinstance(value, str):
        held = "fields" if isinstance(node, Mapping) else "a list"
        raise CoeError(
            f"`{dotted(path)}` holds {held}", "Name the one value that is to change, such as impact.windows[I1].end."
        )
    return proved(analysis, Writing(document, analysis.kind).scalar(node, path, value, flow=flow), path, value)


def add_item(analysis: Analysis, key: str, item: dict[str, Value]) -> str:
    """Return the text of a document with one more item in a list: an item with `at` in the order of time, else the last.

    Errors: `CoeError` when the document cannot be read, or the item is not allowed there.
    """
    document, tree = analysis.document, _readable(analysis)
    writing = Writing(document, analysis.kind)
    order = fields(analysis.kind, (key, 0))
    item = dict(sorted(item.items(), key=lambda pair: order.index(pair[0]) if pair[0] in order else len(order)))
    entry = tree.get(key)
    items = entry.value.items if entry and isinstance(entry.value, Sequence) else ()
    index = _place_in_time(items, item)
    if entry is None:
        edit = writing.new_list(tree, key, item)
    elif isinstance(entry.value, Mapping) or (isinstance(entry.value, Scalar) and not entry.value.is_null):
        raise CoeError(f"`{key}` is no list", "Mend it first: `coe check` says how.")
    else:
        edit = writing.item(entry, index, item)
    return proved(analysis, edit, (key, index), item)


def next_id(analysis: Analysis, prefix: str) -> str:
    """Return the first free id with a letter: one more than the largest number that it has anywhere in the file."""
    used = {leaf.value.value for leaf in analysis.document.leaves if leaf.path[-1] == "id"}
    numbers = [int(name[len(prefix) :]) for name in used if re.fullmatch(rf"{prefix}[0-9]{{1,9}}", name)]
    return f"{prefix}{max(numbers, default=0) + 1}"


def _readable(analysis: Analysis) -> Mapping:
    """Return the fields of a document that can be edited.

    Errors: `CoeError` when it has none, or they cannot be read.
    """
    document = analysis.document
    path = document.source.path
    flaw = next(iter(document.flaws), None)
    if flaw:
        line = document.source.lines.position(flaw.span.start).line
        raise CoeError(f"{path}:{line}: {flaw.message}", flaw.help)
    if document.tree is None or analysis.kind == "page":
        raise CoeError(f"{path} is no COE: it has no front matter of one", "`coe new` starts a COE.")
    return document.tree


def _place_in_time(items: tuple[Node, ...], item: dict[str, Value]) -> int:
    """Return in front of which item a new one goes: the first that is later."""
    try:
        moment = parse_timestamp(item["at"])
    except (KeyError, ValueError):
        return len(items)
    for index, other in enumerate(items):
        at = other.get("at") if isinstance(other, Mapping) else None
        try:
            if at and isinstance(at.value, Scalar) and parse_timestamp(at.value.value) > moment:
                return index
        except ValueError:
            continue
    return len(items)
