"""A value and its path → the edit that writes it in the style of what stands around it."""

from __future__ import annotations

import re

from coe.diagnostic import Edit, Path
from coe.format.canonical import fields
from coe.format.place import below, column, commented_out, end_of, is_flow, newline_of, next_line, rest_of_line
from coe.format.proof import Value
from coe.format.scalar import LONGEST, folded, written
from coe.model.readable import wants
from coe.model.validate import Kind
from coe.parse.document import Document
from coe.parse.tree import Entry, Mapping, Scalar, Sequence
from coe.text import Span


class Writing:
    """Makes the edit: the place in the text, and the YAML that goes there in the style around it."""

    def __init__(self, document: Document, kind: Kind) -> None:
        self.text = document.text
        self.document = document
        self.kind = kind
        self.newline = newline_of(document)

    def line(self, path: Path, value: str, *, flow: bool = False) -> str:
        """Return a text on one line, quoted where it must be."""
        return written(value, is_text=wants(self.kind, path) == "text", flow=flow)

    def flowing(self, path: Path, value: Value) -> str:
        """Return a value as it stands between brackets or braces."""
        if isinstance(value, dict):
            return "{" + ", ".join(f"{key}: {self.flowing((*path, key), inner)}" for key, inner in value.items()) + "}"
        if isinstance(value, list):
            return "[" + ", ".join(self.flowing((*path, 0), inner) for inner in value) + "]"
        return self.line(path, value, flow=True)

    def lines(self, path: Path, value: Value, indent: int) -> list[str]:
        """Return the lines of `key: value` in block style; the first is not indented yet."""
        key, pad = str(path[-1]), " " * (indent + 2)
        if isinstance(value, dict):
            inner = [self.lines((*path, name), deeper, indent + 2) for name, deeper in value.items()]
            return [f"{key}:", *(line for first, *rest in inner for line in (pad + first, *rest))]
        if isinstance(value, list):
            return [f"{key}:", *(f"{pad}- {self.line((*path, 0), one)}" for one in value)]
        line = self.line(path, value)
        long = indent + len(key) + 2 + len(line) > LONGEST
        first, *rest = (folded(value, indent + 2) if long else None) or [line]
        return [f"{key}: {first}", *rest]

    def scalar(self, node: Scalar, path: Path, value: str, *, flow: bool) -> Edit:
        """Return the edit that puts a value in place of another."""
        start, end = node.span.start, end_of(self.text, node)
        header = re.match(r"[|>][^\s#]*[ \t]+(#[^\r\n]*)", self.text[start:end]) if node.style in ("|", ">") else None
        line = self.line(path, value, flow=flow)
        if header:
            return Edit(Span(start, end), f"{line} {header[1].rstrip()}")
        indent = column(self.text, start)
        if isinstance(path[-1], str) and not flow:
            indent = len(rest := self.text[start - indent : start]) - len(rest.lstrip(" -")) + 2
        alone = not flow and not rest_of_line(self.text, end).strip()
        if alone and column(self.text, start) + len(line) > LONGEST and (long := folded(value, indent)):
            line = self.newline.join(long)
        return Edit(Span(start, end), f" {line}" if start == end and self.text[start - 1 : start] in (":", "-") else line)

    def entry(self, node: Mapping, path: Path, value: Value, *, flow: bool) -> Edit:
        """Return the edit that adds a field to a mapping, where the model has it."""
        before = self.predecessor(node, path)
        if flow or is_flow(self.text, node):
            text = f"{path[-1]}: {self.flowing(path, value)}"
            if not node.entries:
                return Edit(node.span, "{" + text + "}")
            at = end_of(self.text, before.value) if before else node.entries[0].key.span.start
            return Edit(Span(at, at), f", {text}" if before else f"{text}, ")
        indent = column(self.text, node.entries[0].key.span.start) if node.entries else 0
        lines = self.lines(path, value, indent)
        if before is None:
            at = node.entries[0].key.span.start if node.entries else node.span.start
            return Edit(Span(at, at), "".join(line + self.newline + " " * indent * (line is lines[-1]) for line in lines))
        at = below(self.text, before.value, indent)
        return Edit(Span(at, at), " " * indent + "".join(line + self.newline for line in lines))

    def predecessor(self, node: Mapping, path: Path) -> Entry | None:
        """Return the entry after which a new field goes."""
        order = {name: index for index, name in enumerate(fields(self.kind, path[:-1]))}
        rank = order.get(str(path[-1]), len(order))
        earlier = [entry for entry in node.entries if order.get(entry.key.value, len(order)) <= rank]
        return earlier[-1] if earlier else None

    def block_item(self, path: Path, item: dict[str, Value], indent: int) -> str:
        """Return an item as block lines, each with its line break."""
        out: list[str] = []
        for name, value in item.items():
            first, *rest = self.lines((*path, name), value, indent + 2)
            out += [" " * indent + ("  " if out else "- ") + first, *rest]
        return "".join(line + self.newline for line in out)

    def new_list(self, tree: Mapping, key: str, item: dict[str, Value]) -> Edit:
        """Return the edit that starts a list: where a draft has it commented out, else where the model has it."""
        if is_flow(self.text, tree):
            text = f"[{self.flowing((key, 0), item)}]"
            at = end_of(self.text, tree.entries[-1].value) if tree.entries else tree.span.start + 1
            return Edit(Span(at, at), f", {key}: {text}" if tree.entries else f"{key}: {text}")
        draft = commented_out(self.document, key)
        before = self.predecessor(tree, (key,))
        at = draft if draft is not None else below(self.text, before.value, 0) if before else tree.span.start
        return Edit(Span(at, at), f"{key}:{self.newline}{self.block_item((key, 0), item, 2)}")

    def item(self, entry: Entry, index: int, item: dict[str, Value]) -> Edit:
        """Return the edit that puts an item into a list, in front of the one that has its number now."""
        node, path = entry.value, (entry.key.value, index)
        empty = not isinstance(node, Sequence) or not node.items
        after = next_line(self.text, entry.key.span.end)
        if isinstance(node, Scalar) and node.span.start == node.span.end:
            return Edit(Span(after, after), self.block_item(path, item, 2))
        if is_flow(self.text, node) and not (empty and not rest_of_line(self.text, node.span.end).strip()):
            text = self.flowing(path, item)
            if empty:
                return Edit(node.span, f"[{text}]")
            held = node.items if isinstance(node, Sequence) else ()
            at = end_of(self.text, held[index - 1]) if index else held[0].span.start
            return Edit(Span(at, at), f", {text}" if index else f"{text}, ")
        if empty or not isinstance(node, Sequence):
            block = self.newline + self.block_item(path, item, 2)
            return Edit(Span(entry.key.span.end + 1, node.span.end), block.removesuffix(self.newline))
        indent = column(self.text, node.span.start)
        at = below(self.text, node.items[index - 1], indent) if index else after
        return Edit(Span(at, at), self.block_item(path, item, indent))
