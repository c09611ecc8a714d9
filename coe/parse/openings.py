"""Markdown → the block tokens of markdown-it-py; each line is tried with the rules that its first character can open."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import TypeAlias

from markdown_it import MarkdownIt
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock, blockquote, fence, heading, hr, html_block, list_block, reference
from markdown_it.token import Token

Attempt: TypeAlias = Callable[[StateBlock, int, int, bool], bool]
"""A rule: says whether its block begins at a line and, when it is not silent, reads it."""

_OPENED_BY: dict[Attempt, str] = {
    blockquote: ">",
    fence: "`~",
    heading: "#",
    hr: "*-_",
    html_block: "<",
    list_block: "*+-0123456789",
    reference: "[",
}
"""What these rules themselves look at first; all others are tried with every line."""
_UNDERLINE = re.compile(r"[-=][ \t]*(?:[\r\n]|\Z)")
"""The end of a line that can make a heading of what stands above it."""
_CHAINS = ("", "paragraph", "reference", "blockquote", "list")


class _ByFirst(Ruler[Attempt]):
    """The rules of another ruler, each chain of them as one that looks at the first character of a line."""

    def __init__(self, ruler: Ruler[Attempt]) -> None:
        super().__init__()
        self._names = ruler.get_active_rules()
        self._chains = {name: [_chosen(ruler.getRules(name))] for name in _CHAINS}

    def getRules(self, chainName: str = "") -> list[Attempt]:  # noqa: N802, N803 (as the library has it)
        """Return the rules of a chain."""
        return self._chains[chainName]

    def get_active_rules(self) -> list[str]:
        """Return the names of the rules."""
        return self._names


def _chosen(rules: Sequence[Attempt]) -> Attempt:
    firsts = frozenset("".join(_OPENED_BY.values()))
    by_first = {first: tuple(rule for rule in rules if first in _OPENED_BY.get(rule, first)) for first in firsts}
    others = tuple(rule for rule in rules if rule not in _OPENED_BY)

    def attempt(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        at = state.bMarks[start] + state.tShift[start]
        for rule in by_first.get(state.src[at : at + 1], others):  # noqa: SIM110 (every line comes by here)
            if rule(state, start, end, silent):
                return True
        return False

    return attempt


def by_openings(parser: MarkdownIt) -> MarkdownIt:
    """Return a parser that finds the same blocks, and calls no rule which cannot apply."""
    parser.block.ruler = _ByFirst(parser.block.ruler)
    return parser


@cache
def _parser(*, tables: bool, underlines: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"maxNesting": 40})
    # Only the block structure is needed here: inline markup is blanked by a scanner that keeps every offset.
    parser.core.ruler.enableOnly(["normalize", "block"])
    if tables:
        parser.enable("table")
    if not underlines:
        parser.disable("lheading")
    return by_openings(parser)


def block_tokens(said: str) -> list[Token]:
    """Return the block tokens of a Markdown text."""
    parser = _parser(tables="|" in said, underlines=_UNDERLINE.search(said) is not None)
    try:
        return parser.parse(said)
    except IndexError:
        # The library looks past the end where a quote ends the text and a block of HTML in its list is still open.
        return parser.parse(f"{said}\n")
