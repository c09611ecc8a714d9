"""What is read of Markdown block by block are the tokens of markdown-it-py; all else is left to it."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from coe.parse.front_matter import split
from coe.parse.usual_body import usual_tokens
from coe.read import markdown_files

EXAMPLES = list(markdown_files(Path(__file__).parents[1] / "examples" / "coes"))
USUAL = """
## What happened

At 17:31 UTC a change **reached** `a`.
17:43 was the end,
*in short*.
- One
  and more
- two

Über
[a](b) c
<!-- d

e --> f
* another


### Again
```console
$ a | b
- no item
```
> Said
> so

Done.
"""
LINES = (
    *("", "", "a", "b c", "(d)", "*e*", "**f** g", "`h`", "17:31 i", "2024.29.8", "7", "- j", "- k", "* l", "  m", "  - n"),
    *("> o", "> p", ">", "# q", "### r s", "#t", "# u #", "```", "```x", "`` ` ``", "~~~", "---", "===", "***", "* * *", "--"),
    *(
        "1. v",
        "2) w",
        "1.",
        "10.",
        "+ x",
        "-",
        "- ",
        "    y",
        " z",
        "\ta",
        "| a |",
        "|-|",
        "a | b",
        "<div>",
        "[a]: b",
        "[a](b)",
    ),
    *("- [ ] a", "> [!NOTE]", "- > a", "> - a", "- # a", "> # a", "a  ", "a\u00a0", "\u2028", "a\x0b", "\x85", "é", "\\# a"),
    *("[a](b)", "<!-- a -->", "<!-- b", "--> c", "<!-- d --> e"),
)


def same(text: str) -> bool:
    """Say whether a text is read block by block, and make sure that markdown-it-py's tokens are the same."""
    tokens = usual_tokens(text)
    if tokens is None:
        return False
    parser = MarkdownIt("commonmark", {"maxNesting": 40}).enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])
    read = [(one.type, one.tag, one.nesting, one.level, one.map, one.content) for one in parser.parse(text)]
    # What stands in code and comments is read from the text.
    wanted = [(*one[:5], "" if one[0] in ("fence", "html_block") else one[5]) for one in read]
    assert list(map(tuple, tokens)) == wanted, text
    return True


def test_all_that_is_usual() -> None:
    assert same(USUAL)


def test_nothing_at_all_has_no_tokens() -> None:
    assert usual_tokens("") == []


def test_most_examples_are_usual() -> None:
    bodies = [text[front.body :] for file in EXAMPLES if (front := split(text := file.read_text("utf-8")))]
    assert sum(map(same, bodies)) > len(EXAMPLES) / 2


@pytest.mark.parametrize(
    "text",
    [
        "a", " a\n", "\ta\n", "a \n", "a\u00a0\n", "a\r\n", "a\0\n", "a\n===\n", "a\n---\n", "1. a\n", "a\n1. b\n", "7)\n",
        "- a\nb\n", "- a\n\n- b\n", "- a\n\n  b\n", "- a\n  - b\n", "- [ ] a\n", "- # a\n", "-\n", "***\n", "* * *\n",
        "> a\nb\n", "> - a\n", "> [!NOTE]\n> a\n", ">a\n", "#a\n", "# a #\n", "```\na\n", "````\na\n````\n", "~~~\na\n~~~\n",
        "<div>\n",
         "<!-- a\n", "<!--\n-->\n", "<!-->\n", "[a] b\n", "[a]: b\n", "| a | b |\n|---|---|\n", "a | b\n--|--\n",
        "a\n    b\n", "!!! note\n    a\n",
    ],
)  # fmt: skip
def test_not_usual(text: str) -> None:
    assert usual_tokens(text) is None


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=10))
@example(["- j", "* l", "", "", "a"])
def test_any_lines(lines: list[str]) -> None:
    same("".join(f"{line}\n" for line in lines))


@settings(max_examples=300, deadline=None)
@given(st.text("ab1.*-#>`| \n", max_size=40))
def test_any_text(text: str) -> None:
    same(f"a\n\n{text}\n")


@pytest.mark.parametrize("seed", range(8))
def test_usual_lines_changed(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 (the same texts each time)
    found = 0
    for _ in range(200):
        lines = USUAL.split("\n")
        for _ in range(chance.randint(1, 3)):
            at = chance.randrange(len(lines))
            lines[at : at + chance.choice((0, 1))] = [chance.choice(LINES)] * chance.choice((0, 1))
        found += same("\n".join(lines))
    assert found > 20
