"""Tree and notes → the lines of canonical front matter."""

from __future__ import annotations

import re
from collections.abc import Callable

from coe.diagnostic import Path
from coe.format.notes import Note, Notes
from coe.format.scalar import LONGEST, folded, quoted
from coe.parse.tree import Entry, Mapping, Node, Scalar, Sequence

_HEADER = re.compile(r"[|>]-?[ \t]*(?:#.*)?")


class UnwritableError(Exception):
    """The canonical form cannot hold what was written: says why."""


class Writer:
    """Writes one tree; `order` names the fields at a path, `otherwise` says of a scalar that others misread it."""

    def __init__(
        self, text: str, notes: Notes, *, order: Callable[[Path], list[str]], otherwise: Callable[[Path, Scalar], bool]
    ) -> None:
        self.text = text
        self.notes = notes
        self.order = order
        self.otherwise = otherwise

    def document(self, root: Mapping) -> list[str]:
        """Return the lines of the whole front matter."""
        lines: list[str] = []
        for line in self.mapping(root, (), 0):
            if line or (lines and lines[-1]):
                lines.append(line)
        while lines and not lines[-1]:
            lines.pop()
        return lines

    def mapping(self, node: Mapping, path: Path, indent: int) -> list[str]:
        """Return the entries of a mapping, in the order of the model."""
        out: list[str] = []
        for entry in self.sorted(node, path):
            start = entry.key.span.start
            key = self.text[start : entry.key.span.end]
            if re.search(r"[\r\n]", key):
                raise UnwritableError("a key runs over several lines")
            lines, moved = self.value(entry.value, (*path, entry.key.value), indent, f"{' ' * indent}{key}:", start)
            out += [*self.shown([*self.notes.above.get(("entry", start), ()), *moved], indent), *lines]
        return [*out, *self.shown(self.notes.below.get(node.span.start, []), indent)]

    def sequence(self, node: Sequence, path: Path, indent: int) -> list[str]:
        """Return the items of a list."""
        out: list[str] = []
        for index, item in enumerate(node.items):
            out += self.shown(self.notes.above.get(("item", item.span.start), []), indent)
            where = (*path, index)
            if isinstance(item, Scalar) or not (item.entries if isinstance(item, Mapping) else item.items):
                lines, moved = self.value(item, where, indent, f"{' ' * indent}-", None)
                out += [*self.shown(moved, indent), *lines]
                continue
            inner = self.nested(item, where, indent + 2)
            if not inner[0].strip() or inner[0].lstrip().startswith("#"):
                raise UnwritableError("a comment stands between a dash and its value")
            out += [f"{' ' * indent}- {inner[0][indent + 2 :]}", *inner[1:]]
        return [*out, *self.shown(self.notes.below.get(node.span.start, []), indent)]

    def nested(self, node: Mapping | Sequence, path: Path, indent: int) -> list[str]:
        """Return the lines of a collection."""
        return self.mapping(node, path, indent) if isinstance(node, Mapping) else self.sequence(node, path, indent)

    def value(self, node: Node, path: Path, indent: int, head: str, key: int | None) -> tuple[list[str], list[Note]]:
        """Return the lines of a key or dash with its value, and the comment that must move above them."""
        behind = [self.notes.behind[at] for at in {key, node.span.start} if at is not None and at in self.notes.behind]
        tail = "".join(f"{note.gap or ' '}{note.text}" for note in behind)
        if not isinstance(node, Scalar):
            held = node.entries if isinstance(node, Mapping) else node.items
            if held:
                return [head + tail, *self.nested(node, path, indent + 2)], []
            return [f"{head} {'{}' if isinstance(node, Mapping) else '[]'}{tail}"], []
        lines = self.scalar(node, path, indent, len(head))
        if len(lines) > 1:
            return [f"{head} {lines[0]}", *lines[1:]], [note._replace(column=indent) for note in behind]
        return [(f"{head} {lines[0]}" if lines[0] else head) + tail], []

    def scalar(self, node: Scalar, path: Path, indent: int, before: int) -> list[str]:
        """Return a value as it stands behind its key: one line, or a block scalar's header and lines."""
        raw = self.text[node.span.start : node.span.end]
        if node.is_null:
            return [raw.strip()]
        if node.style in ("|", ">"):
            kept = _reindented(raw, indent + 2)
            if kept:
                return kept
        if "\n" in node.value or "\r" in node.value:
            return [quoted(node.value)]
        if not node.style:
            line = quoted(node.value) if self.otherwise(path, node) else node.value
        else:
            line = raw if node.style in ("'", '"') and not re.search(r"[\r\n]", raw) else quoted(node.value)
        too_long = before + 1 + len(line) > LONGEST
        return (folded(node.value, indent + 2) if too_long else None) or [line]

    def sorted(self, node: Mapping, path: Path) -> list[Entry]:
        """Return the entries in the order of the model; those that it does not know stay in theirs, at the end."""
        order = {name: index for index, name in enumerate(self.order(path))}
        out = sorted(node.entries, key=lambda entry: order.get(entry.key.value, len(order)))
        in_list = bool(path) and isinstance(path[-1], int)
        if in_list and self.notes.above.get(("entry", out[0].key.span.start)):
            return list(node.entries)  # its comment would land between the dash and the key
        return out

    def shown(self, notes: list[Note], indent: int) -> list[str]:
        """Return comments as lines: those in the first column stay there, the others follow what they speak of."""
        return [f"{' ' * indent if note.column else ''}{note.text}" if note.text else "" for note in notes]


def _reindented(raw: str, indent: int) -> list[str] | None:
    """Return a block scalar at another indent; absent when its header says more than its style."""
    header, *lines = re.split(r"\r\n|\r|\n", raw.rstrip(" \t\r\n"))
    if not _HEADER.fullmatch(header) or not lines:
        return None
    first = next((line for line in lines if line.strip(" ")), "")
    width = len(first) - len(first.lstrip(" "))
    return [header.split("#")[0].strip(), *((" " * indent + line[width:]) if line[width:] else "" for line in lines)]
