"""The rule `refused-by-another-reader`."""

from __future__ import annotations

import json
from collections.abc import Iterator

from coe.diagnostic import Edit, Fix, Severity
from coe.parse.document import Document
from coe.parse.readings import MAX_COMPARED, second_reading
from coe.parse.tree import Mapping, Node, Scalar, Sequence
from coe.rule import Bad, Finding, Good, rule
from coe.text import Span


@rule(
    "RDG102",
    Severity.WARNING,
    Bad(
        "---\nx-why: {why: «Why rejected?», because: it was full}\n---\n",
        fixed='---\nx-why: {why: "Why rejected?", because: it was full}\n---\n',
    ),
    Bad(
        "---\nx-links: [«https://example.com/?q=1»]\n---\n",
        fixed='---\nx-links: ["https://example.com/?q=1"]\n---\n',
    ),
    Bad("---\nx-limit:«\t»12\n---\n", fixed="---\nx-limit: 12\n---\n"),
    Good('---\nx-why: {why: "Why rejected?", because: it was full}\nx-more: Why is that?\n---\n'),
    Good("---\nx-note: |\n  a\ttab in a text\n---\n"),
)
def refused_by_another_reader(document: Document) -> Iterator[Finding]:
    """Front matter that one reader of YAML takes and another in wide use refuses breaks the site, the editor or a script.

    Between `{ }` and `[ ]` PyYAML takes an unquoted `?` for the sign of a key, libyaml for a letter of the text;
    a tab after a colon is a space for one and an error for the other. The fix quotes the text, or writes a space.
    `coe fmt` writes lists and fields one to a line, where the question does not come up.

    Source: the pure parser of [PyYAML](https://pyyaml.org/), which MkDocs and many scripts use.
    """
    if not document.has_fields or document.flaws or document.front is None:
        return
    block = document.front.block
    text = document.text[block.start : block.end]
    may_ask = "?" in text and ("{" in text or "[" in text)
    asking = [value for value in _in_flow(document) if "?" in value.value] if may_ask else []
    if len(text) > MAX_COMPARED or not (asking or "\t" in text):
        return
    _, stop = second_reading(text)  # slow, and so the last question
    if stop is None:
        return
    for value in asking:
        fix = Fix("safe", (Edit(value.span, json.dumps(value.value, ensure_ascii=False)),))
        yield Finding(value.span, "another reader of YAML takes the `?` here for the sign of a key", "Quote the text.", fix)
    if not asking:
        at = min(block.start + stop[0], max(block.end - 1, 0))
        tab = Span(at, at + 1)
        texts = [*(leaf.value.span for leaf in document.leaves), *(key.span for key in _keys(document.tree))]
        if document.text[at : at + 1] == "\t" and not any(span.start <= at < span.end for span in texts):
            fix = Fix("safe", (Edit(tab, " "),))
            yield Finding(tab, "another reader of YAML refuses the tab here", "Write a space.", fix)
        else:
            yield Finding(tab, f"another reader of YAML stops here: {stop[1]}", "`coe fmt` writes what all readers take.")


def _keys(tree: Node | None) -> Iterator[Scalar]:
    """Yield all keys: a tab in one is a part of its name."""
    stack: list[Node] = [tree] if tree else []
    while stack:
        node = stack.pop()
        if isinstance(node, Mapping):
            yield from (entry.key for entry in node.entries)
        if not isinstance(node, Scalar):
            stack += [entry.value for entry in node.entries] if isinstance(node, Mapping) else node.items


def _in_flow(document: Document) -> Iterator[Scalar]:
    """Yield the unquoted scalars that stand between `{ }` or `[ ]`."""
    stack: list[Node] = [document.tree] if document.tree else []
    while stack:
        node = stack.pop()
        if isinstance(node, Scalar):
            continue
        flow = document.text[node.span.start : node.span.start + 1] in ("{", "[")
        inner = [part for entry in node.entries for part in entry] if isinstance(node, Mapping) else list(node.items)
        if flow:
            yield from (part for part in inner if isinstance(part, Scalar) and not part.style)
        stack += [part for part in inner if isinstance(part, Mapping | Sequence)]
