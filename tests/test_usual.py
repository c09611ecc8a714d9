"""What is read line by line is what libyaml reads, places included; all else is left to it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from coe.parse.front_matter import split
from coe.parse.tree import empty_keys, leaves, to_data
from coe.parse.usual import read_usual
from coe.parse.yaml_reader import parse_yaml
from coe.read import markdown_files

EXAMPLES = list(markdown_files(Path(__file__).parents[1] / "examples" / "coes"))
VALUES = (
    *(
        "",
        " text",
        " a:b",
        " a#b",
        " a: b",
        " a #b",
        " a:",
        ' "q: #"',
        " 'q'",
        ' "a\\n"',
        " 'it''s'",
        " ~",
        " 7",
        " [a]",
        " [a, b]",
    ),
    *(" &x a", " *x", " - a", " -a", " ?", " a ", " é—🚨", " \u2028", "\t", " a\n    b", " a\n  b: c", " a\n  - b"),
    *(" >-\n      t\n      u", " |\n    t", " >\n  t", " |-\n    t\n     u", " >-\n    t\n\n    u", " >+\n    t"),
)
HEADS = ("", "  ", "    ", "- ", "  - ", "    - ", "-   ", "- - ", "-")
KEYS = ("a:", "b:", "c_1-d:", "<<:", "'q':", "a :", "?", "", "a:a:", "---", "# a", "é:")


def same(text: str) -> bool:
    """Say whether a text is read line by line, and make sure that libyaml's tree is the same."""
    usual = read_usual(text, 7)
    if usual is None:
        return False
    assert parse_yaml(text, 7) == (usual.tree, ())
    assert usual.leaves == leaves(usual.tree)
    assert usual.empty == empty_keys(usual.leaves)
    assert usual.data == to_data(usual.tree)
    return True


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_examples_are_usual(file: Path) -> None:
    text = file.read_text("utf-8")
    front = split(text)
    assert front
    assert same(text[front.block.start : front.block.end])


@pytest.mark.parametrize(
    "text",
    [
        "a: b\n",
        "# said before\n\na: b\n\n# said between\nc: d\n  # said after\n",
        "a:\n  - b\n  - c: d\n    e:\n      - f\ng:\n",
        "a:\n- b\n- c: d\n  e:\n  - f\ng: h\n",
        "a: \"b: #\"\nc: 'd'\ne: f:g#h\n",
        "a: >-\n  b\n  c\nd:\n  - e: |\n      f\n      g\n",
        "a: null\nb: ~\nc:\n",
        "a: [b]\nc:\n  - d: [null, 7, e-f]\n    g: h\n",
    ],
)
def test_usual(text: str) -> None:
    assert same(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "a", "a: b", "- a\n", " a: b\n", "a: b\na: c\n", "a: [b,c]\n", "a: [b, [c]]\n", "a: [b: c]\n", "a: []\n",
        "- [a]\n", "a:\n  - [a]\n",
         "a: &b c\n", "a: b\n  c\n", "a: b # c\n", "a: b: c\n",
        "a:\tb\n", "a: b\r\n", "a: \u2028b\n", "a: \x00\n", "<<: a\n", "a:\n    b: c\n  d: e\n", "a: b\n- c\n",
        "a: >-\n  b\n\n  c\n", "a: |\n b\n  c\n", "- a: >-\n  b\n", "a: b\n---\n", 'a: "\\x41"\n', "? a\n: b\n", "a:\n" * 2,
        "".join(f"{'  ' * at}a:\n" for at in range(60)),
        "a: b\n" * 30_000,
    ],
)  # fmt: skip
def test_not_usual(text: str) -> None:
    assert read_usual(text, 0) is None


@settings(max_examples=400, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(HEADS), st.sampled_from(KEYS), st.sampled_from(VALUES)).map("".join), max_size=8))
@example(["a:", "  - b:", "    - c", "  - d", "- e"])
@example(["- a:", "- b"])
def test_any_lines(lines: list[str]) -> None:
    same("".join(f"{line}\n" for line in lines))


@settings(max_examples=300, deadline=None)
@given(st.text("ab:-#|> \n\"'", max_size=40))
def test_any_text(text: str) -> None:
    same(f"a: b\n{text}\n")
