"""What people write for the place of a value → its path."""

from __future__ import annotations

import re

from coe.diagnostic import Path, dotted
from coe.errors import CoeError
from coe.format.canonical import plain
from coe.parse.document import Document
from coe.parse.tree import Mapping, Node, Sequence
from coe.text import nearest

_STEP = re.compile(r"(?:^|\.)([A-Za-z][\w-]*)|\[([\w.-]+)\]")


def path_of(document: Document, words: str) -> Path:
    """Return the path that a reader wrote: `action_items[A1].status`, an item by its id or by its number from 0.

    Errors: `CoeError` when it is no path, or no item has the id.
    """
    path: list[str | int] = []
    node: Node | None = document.tree
    at = 0
    while at < len(words):
        step = _STEP.match(words, at)
        if not step:
            raise CoeError(f"`{words}` is no path of a field", "Write names and ids: action_items[A1].status")
        at = step.end()
        part: str | int = step[1] or _index(node, step[2], dotted(tuple(path)))
        path.append(part)
        node = child_at(node, part)
    if not path:
        raise CoeError("the path of a field is missing", "Write, for example: status")
    return tuple(path)


def _index(node: Node | None, word: str, where: str) -> int:
    items = node.items if isinstance(node, Sequence) else ()
    ids = [str(plain(entry.value)) if isinstance(item, Mapping) and (entry := item.get("id")) else "" for item in items]
    if word in ids:
        return ids.index(word)
    if word.isdecimal() and int(word) < len(items):
        return int(word)
    known = [name for name in ids if name]
    guess = nearest(word, known)
    more = f"Did you mean `{guess}`?" if guess else f"There are {', '.join(known)}." if known else f"It has {len(items)} items."
    raise CoeError(f"`{where}` has no item `{word}`", more)


def child_at(node: Node | None, part: str | int) -> Node | None:
    """Return what a collection holds under a key or a number, absent when there is nothing."""
    if isinstance(node, Mapping) and isinstance(part, str):
        entry = node.get(part)
        return entry.value if entry else None
    return node.items[part] if isinstance(node, Sequence) and isinstance(part, int) else None
