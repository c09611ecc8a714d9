"""A line of Markdown is tried only with the rules that its first character can open: the blocks are the same."""

from __future__ import annotations

import random

import pytest
from markdown_it import MarkdownIt

from coe.parse.openings import by_openings

PIECES = (
    "# a", "###### a #", "- ", "* ", "+ ", "1. ", "2) ", "1234567890. ", "> ", ">", "```", "~~~ a", "````", "---", "===", "***",
    "- - -", "_ _ _", "    a", "\ta", "  ", "", "a", "| a | b |", "|---|---|", "--|--", "a | b", "<div>", "</div>", "<!-- a",
    "-->", "<script>", "[a]: b", '[a]: <b> "c"', "'c'", "![a](b)", "*a*", "`a`", "\\# a", "a\\|b", "\u00a0a",
    "\u2028", "\x0b", "\0",
)  # fmt: skip


def blocks(parser: MarkdownIt, text: str) -> list[tuple[object, ...]]:
    """Return the tokens of a text, each with all that is read of it."""
    parser.core.ruler.enableOnly(["normalize", "block"])
    return [(one.type, one.tag, one.map, one.level, one.content, one.hidden) for one in parser.parse(text)]


@pytest.mark.parametrize("seed", range(20))
def test_the_blocks_are_those_of_the_library(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 (the same texts each time)
    for _ in range(40):
        lines = ["".join(chance.choices(PIECES, k=chance.choice((1, 1, 2, 3)))) for _ in range(chance.randint(1, 12))]
        text = chance.choice(("\n", "\n\n", "\r\n")).join(lines)
        plain, quick = (MarkdownIt("commonmark", {"maxNesting": 40}).enable("table") for _ in range(2))
        assert blocks(by_openings(quick), text) == blocks(plain, text), text
