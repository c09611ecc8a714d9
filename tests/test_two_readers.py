"""The tree that we build says what another reader of YAML says, places included."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from coe.parse.front_matter import split
from coe.parse.tree import Mapping, Node, Scalar, Sequence
from coe.parse.yaml_reader import parse_yaml
from coe.read import markdown_files

EXAMPLES = list(markdown_files(Path(__file__).parents[1] / "examples"))  # not what a build left there
_BLOCK = ("|", ">")


def theirs(node: object) -> Iterator[tuple[str, int, str]]:
    """Yield kind, start and text of each node of ruamel's tree, in order."""
    if isinstance(node, ScalarNode):
        # ruamel marks a literal at its content's line, libyaml at its header: only texts are compared there.
        yield "scalar", -1 if node.style in _BLOCK else node.start_mark.index, node.value.replace("\a", "")  # where it folded
    elif isinstance(node, SequenceNode):
        yield "list", node.start_mark.index, ""
        for item in node.value:
            yield from theirs(item)
    elif isinstance(node, MappingNode):
        yield "fields", node.start_mark.index, ""
        for key, value in node.value:
            yield from theirs(key)
            yield from theirs(value)


def ours(node: Node) -> Iterator[tuple[str, int, str]]:
    if isinstance(node, Scalar):
        yield "scalar", -1 if node.style in _BLOCK else node.span.start, node.value
    elif isinstance(node, Sequence):
        yield "list", node.span.start, ""
        for item in node.items:
            yield from ours(item)
    elif isinstance(node, Mapping):
        yield "fields", node.span.start, ""
        for entry in node.entries:
            yield from ours(entry.key)
            yield from ours(entry.value)


def compare(text: str) -> None:
    tree, flaws = parse_yaml(text)
    assert not flaws
    assert tree is not None
    assert list(ours(tree)) == list(theirs(YAML(pure=True).compose(text)))


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_examples(file: Path) -> None:
    front = split(file.read_text("utf-8"))
    if front is None:
        pytest.skip("a page without front matter")
    compare(file.read_text("utf-8")[front.block.start : front.block.end])


WORDS = st.text("abcé🚨 :#-'\"0", min_size=1, max_size=12).map(str.strip).filter(bool)


def scalar(style: str, text: str, indent: int) -> str:
    pad = " " * (indent + 2)
    if style in _BLOCK:
        return f"{style}-\n" + "".join(f"{pad}{line}\n" for line in (text, "---", text)).rstrip("\n")
    return "'" + text.replace("'", "''") + "'" if style == "'" else '"' + text.replace('"', '\\"') + '"'


@st.composite
def documents(draw: st.DrawFn, indent: int = 0, depth: int = 0) -> str:
    """Return a block mapping whose values are quoted and block scalars, flow collections, lists and mappings."""
    pad, lines = " " * indent, []
    for number in range(draw(st.integers(1, 4))):
        kind = draw(st.sampled_from(["'", '"', "|", ">", "flow", "list", "fields"] if depth < 3 else ["'", "|"]))
        key = f"{pad}k{number}:"
        if kind == "flow":
            lines.append(f"{key} {{a: [{scalar(chr(39), draw(WORDS), 0)}, 'x'], at: 2026-07-14T14:03:00Z}}")
        elif kind == "list":
            lines.append(f"{key}\n{pad}  - {scalar(chr(39), draw(WORDS), indent)}\n{pad}  -   id: E1\n{pad}      at: 14:03")
        elif kind == "fields":
            lines.append(f"{key}\n{draw(documents(indent + 2, depth + 1))}")
        else:
            lines.append(f"{key} {scalar(kind, draw(WORDS), indent)}")
    return "\n".join(lines)


@settings(max_examples=150, deadline=None)
@given(documents())
def test_generated_documents(text: str) -> None:
    compare(f"{text}\n")
