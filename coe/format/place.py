"""Where in a text a new value goes: offsets of lines, and what belongs to the value above."""

from __future__ import annotations

import re

from coe.parse.document import Document
from coe.parse.tree import Mapping, Node, Scalar

_FLOW = re.compile(r"(?:[&!]\S*\s+)*[\[{]")
_BREAK = re.compile(r"\r\n|\n|\r")


def newline_of(document: Document) -> str:
    """Return the line break of a document."""
    return "\r" if "\r" in document.text and "\n" not in document.text else document.source.newline


def column(text: str, offset: int) -> int:
    """Return how many characters stand on a line in front of an offset."""
    return offset - max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) - 1


def is_flow(text: str, node: Node) -> bool:
    """Say whether a collection is written between brackets or braces."""
    return not isinstance(node, Scalar) and bool(_FLOW.match(text, node.span.start))


def end_of(text: str, node: Node) -> int:
    """Return where the characters of a value end, without blank lines that libyaml counts to it."""
    if isinstance(node, Scalar):
        if node.style in ("|", ">"):
            return node.span.start + len(text[node.span.start : node.span.end].rstrip(" \t\r\n"))
        return node.span.end
    if is_flow(text, node):
        return node.span.end
    last = node.entries[-1].value if isinstance(node, Mapping) else node.items[-1]
    return end_of(text, last)


def next_line(text: str, offset: int) -> int:
    """Return where the line after that of an offset starts."""
    match = _BREAK.search(text, offset)
    return match.end() if match else len(text)


def rest_of_line(text: str, offset: int) -> str:
    """Return what follows an offset on its line."""
    match = _BREAK.search(text, offset)
    return text[offset : match.start() if match else len(text)]


def below(text: str, node: Node, indent: int) -> int:
    """Return where the line under a value starts, and under the comments that are indented deeper than its key."""
    at = next_line(text, end_of(text, node))
    while True:
        line = rest_of_line(text, at)
        inner = line.lstrip(" ")
        if not inner.startswith("#") or len(line) - len(inner) <= indent:
            return at
        at = next_line(text, at)


def commented_out(document: Document, key: str) -> int | None:
    """Return where the line starts on which a field of the document is commented out, as drafts have it."""
    if not document.front or not document.tree:
        return None
    block = document.front.block
    for match in re.finditer(rf"(?:(?<=[\r\n])|(?<=\A))# ?{re.escape(key)}:", document.text[block.start : block.end]):
        at = match.start() + block.start
        if not any(entry.key.span.start < at < end_of(document.text, entry.value) for entry in document.tree.entries):
            return at
    return None
