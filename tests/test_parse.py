"""Any text parses, and every value keeps its place."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from coe.errors import CoeError
from coe.model.validate import validate
from coe.parse.document import Document, parse
from coe.parse.markdown import parse_body
from coe.parse.tree import Mapping, Sequence, leaves, to_data
from coe.parse.yaml_reader import MAX_DEPTH, parse_yaml
from coe.read import OnDisk, decode, read

BLOCK = """\
---
id: 2026-07-14-x
title: Größe 🚨 of "it"
impact: {windows: [{id: I1, start: 2026-07-14T14:03:00Z}]}
base: &base
  method: canary
detection: *base
merged:
  <<: *base
  source: "a \\"b\\" c"
literal: |
  one
  ---
  two
quoted: 'it''s
  folded'
list:
  - first
  -   id: E1
      text: second
---

# Body
"""


def doc(text: str, *, path: str = "a.md") -> Document:
    return parse(decode(path, text.encode()))


def shown(document: Document, *path: str | int) -> str:
    span = document.value_span(path)
    return document.text[span.start : span.end]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_places(newline: str, bom: str) -> None:
    document = doc(bom + BLOCK.replace("\n", newline))
    assert not document.flaws
    assert shown(document, "title") == 'Größe 🚨 of "it"'
    assert shown(document, "impact", "windows", 0, "start") == "2026-07-14T14:03:00Z"
    assert shown(document, "detection", "method") == "canary"
    assert shown(document, "merged", "method") == "canary"
    assert shown(document, "merged", "source") == '"a \\"b\\" c"'
    assert shown(document, "list", 0) == "first"
    assert shown(document, "list", 1, "text") == "second"
    position = document.source.lines.position(document.value_span(("list", 1, "text")).start)
    assert (position.line, position.column) == (20, 13)
    key = document.key_span(("impact", "windows", 0, "start"))
    assert document.text[key.start : key.end] == "start"
    data = to_data(document.tree)
    assert data["literal"] == "one\n---\ntwo\n"
    assert data["quoted"] == "it's folded"
    assert document.body.sections[0].title == "Body"


def test_a_missing_field_points_to_its_parent() -> None:
    document = doc(BLOCK)
    assert shown(document, "impact", "windows", 0, "end") == "{id: I1, start: 2026-07-14T14:03:00Z}"
    key = document.key_span(("detection", "source"))
    assert document.text[key.start : key.end] == "detection"


@pytest.mark.parametrize(
    ("text", "rule", "line", "column"),
    [
        ("---\nid: x\n", "front-matter", 1, 1),
        ("---\n- a\n- b\n---\n", "front-matter", 2, 1),
        ("---\njust words\n---\n", "front-matter", 2, 1),
        ("---\nid: x\nid: y\n---\n", "duplicate-key", 3, 1),
        ("---\ntitle: a: b\n---\n", "yaml-syntax", 2, 9),
        ("---\na:\n\tb: c\n---\n", "yaml-syntax", 3, 1),
        ("---\na: *nowhere\n---\n", "yaml-syntax", 2, 4),
        ("---\na: !!python/object:os.system x\n---\n", "yaml-syntax", 2, 4),
        ("---\na: [1, 2\n---\n", "yaml-syntax", 2, 4),
        ('---\na: "open\n---\n', "yaml-syntax", 2, 4),
        ("---\na: \x07\n---\n", "yaml-syntax", 2, 4),
        ("---\n? [a]\n: b\n---\n", "yaml-syntax", 2, 3),
    ],
)
def test_flaws_of_form(text: str, rule: str, line: int, column: int) -> None:
    document = doc(text)
    assert document.flaws, "a flaw is due"
    flaw = document.flaws[0]
    position = document.source.lines.position(flaw.span.start)
    assert (flaw.rule, position.line, position.column) == (rule, line, column)
    assert flaw.help
    assert validate(document, "coe").noun is None


def test_bytes_that_are_no_text() -> None:
    source = decode("a.md", b"---\nid: caf\xe9\n---\n")
    assert source.flaws[0].rule == "unreadable"
    assert source.lines.position(source.flaws[0].span.start)[:2] == (2, 8)
    document = parse(source)
    assert (document.tree, document.passages, document.body.blocks) == (None, (), ()), "there is nothing to judge in it"


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "{a: " * 5_000,
        "- " * 5_000,
        "a: &a [x]\n" + "".join(f"k{i}: &b{i} [{'*a' if not i else f'*b{i - 1}'}]\n" for i in range(500)),
    ],
)
def test_deep_structures_are_refused(text: str) -> None:
    tree, flaws = parse_yaml(text)
    assert tree is None
    assert str(MAX_DEPTH) in flaws[0].message or "not valid YAML" in flaws[0].message


def test_exponential_aliases_are_refused() -> None:
    text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    text += "".join(f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 10)}]\n" for level in range(1, 12))
    tree, flaws = parse_yaml(text)
    assert tree is None
    assert "values" in flaws[0].message


def test_many_events_are_read() -> None:
    events = "".join(f"  - id: E{number}\n    at: 2026-07-14T14:03:00Z\n" for number in range(16_000))
    tree, flaws = parse_yaml(f"timeline:\n{events}")
    assert not flaws
    assert isinstance(tree, Mapping)
    assert isinstance(timeline := tree.entries[0].value, Sequence)
    assert len(timeline.items) == 16_000


PIECES = st.sampled_from(
    [
        *(
            "---",
            "\n",
            "\r\n",
            "\r",
            "a",
            "id: ",
            ": ",
            "- ",
            "{",
            "}",
            "[",
            "]",
            '"',
            "'",
            "|",
            ">",
            "&a ",
            "*a",
            "#",
            " ",
            "\t",
        ),
        *("!!x ", "é", "🚨", "\ufeff", "\u2028", "\x85", "\x00", "```", "`", "> ", "![", "](", "<a"),
        *("<!-- coe: allow x: y -->", "# coe: allow x", "| a | b |\n|---|---|\n"),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text(max_size=80)))
def test_any_text_parses(text: str) -> None:
    for head in ("", "---\n"):
        document = doc(head + text)
        assert len(document.mask) == len(document.text)
        for passage in document.passages:
            assert 0 <= passage.span.start <= passage.span.end <= len(document.text)
        for flaw in (*document.flaws, *validate(document, "coe").flaws):
            assert 0 <= flaw.span.start <= flaw.span.end <= len(document.text)
        assert all(allowance.span.end <= len(document.text) for allowance in document.allowances)


SCALARS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co", "Cn"), exclude_characters="\u2028\u2029\ufeff"),
    max_size=20,
)
DATA = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(SCALARS.filter(bool), inner, max_size=4), max_leaves=12
)


def plain(value: object) -> object:
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, tuple | list) else value


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(SCALARS.filter(bool), DATA, min_size=1, max_size=5), st.booleans(), st.sampled_from(["'", '"']))
def test_the_tree_says_what_yaml_says(data: dict[str, object], flow: bool, style: str) -> None:
    text = yaml.safe_dump(data, allow_unicode=True, default_flow_style=flow, default_style=style, sort_keys=False)
    tree, flaws = parse_yaml(text, 7)
    assert not flaws
    assert plain(to_data(tree)) == data
    for _, key, value in leaves(tree):
        for node in (key, value):
            if node is not None and "\n" not in (raw := text[node.span.start - 7 : node.span.end - 7]):
                assert yaml.safe_load(raw) == node.value


def test_code_and_quotes_are_masked_and_words_are_not() -> None:
    text = 'The `git blame` **operator** said "they forgot" on [the page](https://example.com/forgot).\n'
    text += "\n> quoted blame\n\n    indented log\n"
    mask = doc(text).mask
    assert "operator" in mask
    assert "the page" in mask
    for hidden in ("git blame", "forgot", "example.com", "quoted", "indented", "*"):
        assert hidden not in mask


@pytest.mark.parametrize("data", [b"", b"a\n", "\ufeffa\r\n".encode(), b"a \xff b", b"x" * 2_000_001])
def test_a_source_that_is_read_later_says_the_same(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "a.md"
    file.write_bytes(data)
    now, later = read(file, shown="a.md"), OnDisk("a.md", file)
    for _ in range(2):
        assert (later.text, later.bom, later.flaws, later.newline) == (now.text, now.bom, now.flaws, now.newline)
        assert now.digest in (None, later.digest)
        later.let_go()


def test_a_source_has_one_text_or_says_that_it_was_changed(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("before")
    source = OnDisk("a.md", file)
    assert source.text == "before"
    before = source.digest
    source.let_go()
    file.write_text("after")
    with pytest.raises(CoeError, match=r"a\.md was changed while it was looked at"):
        _ = source.text
    assert source.digest == before
    assert source.anew().text == "after"


def test_a_source_that_is_gone_is_told_when_it_is_asked_for(tmp_path: Path) -> None:
    source = OnDisk("a.md", tmp_path / "a.md")
    with pytest.raises(CoeError, match=r"cannot read a\.md"):
        _ = source.text


@pytest.mark.parametrize("text", ["> - <!-- a\n> ", "Text.\n\n> 1. <pre>a\n> ", "> - - <!-- # ---\n> "])
def test_html_left_open_in_a_list_of_a_quote_at_the_end_is_read(text: str) -> None:
    body = parse_body(text, 0)
    assert [block.kind for block in body.blocks][-1] == "html_block"
    assert body.blocks[-1].span.end <= len(text)
