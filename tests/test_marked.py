"""Markdown in reports: what a document says stays text, whatever it says, and a parser of Markdown is the judge."""

from __future__ import annotations

import html
import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from test_reports import HOSTILE, finding, report

from coe.diagnostic import Diagnostic, Edit, Fix, Severity
from coe.read import Source
from coe.report.marked import code, marked
from coe.report.terminal import one_line
from coe.text import Span

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
MARKUP = (
    "[a](https://example.com)", "![a](x.png)", "<https://example.com>", "*a* **b** _c_ __d__", "~~gone~~", "# heading",
    "- list", "1. list", "+ list", "> quote", "=== ", "| a | b |\n| --- | --- |", "<script>alert(1)</script>", "<!-- hidden",
    "```\ncode", "~~~ code", "`odd", "`` two ``", "`a` `b`", "`a``b`", "``", "` `", "`` ` ``", "`a|b`", "a|b", "\\| \\` \\",
    "&amp; &#64;", "@somebody `@other`", "`x`@somebody", "@`x`", "#1 owner/repo#2 GH-3 !4 ~label $5 %6 &7", "_www.example.com",
    "http://e.com", "a@example.com", "0f1e2d3c4b5a", ":boom: 14:03:22", "$`x`$ $$y$$", "[ref]: https://example.com", "[^1]",
    "    code", "---", "***",
)  # fmt: skip
ANYTHING = (
    st.text()
    | st.text(st.sampled_from("`|\\*_[]()<>#@&!~$:+-=.1a \n"), max_size=30)
    | st.sampled_from((*MARKUP, *HOSTILE))
    | st.lists(st.sampled_from(MARKUP), max_size=3).map("".join)
)
ALLOWED = {"text", "code_inline", "html_inline"}


def inline(text: str) -> list[Token]:
    """Return what a paragraph is made of; there is one, or none."""
    blocks = [token for token in READER.parse(text) if token.type not in ("paragraph_open", "paragraph_close")]
    assert [token.type for token in blocks] in ([], ["inline"]), text
    return [] if not blocks else list(blocks[0].children or ())


def read(tokens: list[Token]) -> tuple[str, str]:
    """Return what a reader sees, without the ends of code, and the part of it that is no code."""
    seen = plain = ""
    for token in tokens:
        assert token.type in ALLOWED, token
        if token.type == "html_inline":
            assert token.content == "<br>"
            continue
        seen += token.content
        plain += " " if token.type == "code_inline" else token.content
    return seen, plain


def bare(text: str) -> str:
    return re.sub(r"[`\s]", "", text)


@settings(max_examples=400, deadline=None)
@given(ANYTHING)
def test_a_message_means_itself(text: str) -> None:
    seen, plain = read(inline(marked(text)))
    assert bare(seen) == bare(one_line(text))
    assert not re.search(r"@|#\d|://|www\.|:boom:|\bGH-\d|~|\$", plain, re.IGNORECASE), plain


@settings(max_examples=400, deadline=None)
@given(ANYTHING, ANYTHING)
def test_a_table_keeps_its_rows_and_cells(message: str, path: str) -> None:
    one = finding(
        "text", message=message or "x", help=path or None, source=Source(path or "x", "text"), url="https://example.com/r"
    )
    tokens = READER.parse(report("markdown", one, one))
    kinds = [token.type for token in tokens]
    assert kinds.count("table_open") == 1
    assert kinds.count("tr_open") == 3
    assert kinds.count("td_open") == 8
    assert kinds.count("heading_open") == 1
    outside = {kind for kind in kinds if not kind.startswith(("table_", "thead_", "tbody_", "tr_", "td_", "th_", "heading_"))}
    assert outside == {"paragraph_open", "paragraph_close", "inline"}
    cells = [token.children or [] for token in tokens if token.type == "inline"]
    (title, *_), said = cells[1:], cells[-2]
    assert bare(read(title)[0]) == bare(one_line(path or "x"))
    assert bare(read(said)[0]) == bare(one_line(message or "x") + one_line(path or ""))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("`severity` is `high`, which is not one", "`severity` is `high`, which is not one"),
        ("the a_b of x * y", "the a\\_b of x \\* y"),
        ("ask @somebody about #12", "ask `@somebody` about `#12`"),
        ("`x`@somebody", "`x@somebody`"),
        ("`a|b` and a|b", "`a`&#124;`b` and a&#124;b"),
        ("an odd ` here", "an odd \\` here"),
        ("1. one", "1\\. one"),
        ("see https://example.com", "see `https://example.com`"),
        ("at 14:03:22 in a/b, 50 %", "at 14:03:22 in a/b, 50 %"),
        ("##[error]x", "`##\\u005berror]x`"),
        ("##`[error]`x", "`##`&#91;`error]`x"),
    ],
)
def test_what_is_written(text: str, written: str) -> None:
    assert marked(text) == written


def test_a_path_is_code() -> None:
    assert code("coes/a_b.md") == "`coes/a_b.md`"
    assert code("a`b.md") == "`a`&#96;`b.md`"


def test_markdown_shape_is_frozen() -> None:
    fix = Fix("safe", (Edit(Span(0, 1), "T"),))
    one = finding("text", help="Write `it`.", url="https://example.com/r", fix=fix)
    two = finding("text", severity=Severity.NOTE, source=Source("coes/2026/b.md", "text"))
    assert report("markdown", one, two) == (
        "3 files checked: **1 error, 1 note**. 1 can be mended by `coe check --fix`.\n"
        "\n"
        "### `coes/2026/a.md`\n"
        "\n"
        "| Place | Severity | Finding | Rule |\n"
        "| --- | --- | --- | --- |\n"
        "| 1:1 | error | this is not right<br>Write `it`.<br>Fix: --fix mends it. | [wrong-value](<https://example.com/r>) |\n"
        "\n"
        "### `coes/2026/b.md`\n"
        "\n"
        "| Place | Severity | Finding | Rule |\n"
        "| --- | --- | --- | --- |\n"
        "| 1:1 | note | this is not right | wrong-value |\n"
    )
    assert report("markdown") == "3 files checked, nothing to report.\n"


@pytest.mark.parametrize("hostile", [*HOSTILE, *MARKUP])
def test_a_comment_of_reviewdog_means_itself(hostile: str) -> None:
    one: Diagnostic = finding("text", message=hostile, help=hostile)
    (data,) = json.loads(report("rdjson", one))["diagnostics"]
    parts = data["message"].split("\n\n")
    assert [bare(html.unescape(read(inline(part))[0])) for part in parts] == [bare(html.unescape(one_line(hostile)))] * 2
