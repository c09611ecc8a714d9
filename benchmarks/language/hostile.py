"""Texts of any length that a linter can be slow on, by name; each is a function of the number of characters."""

from __future__ import annotations

import random
from collections.abc import Callable

Text = Callable[[int], str]

_SAID = (
    "the pool of connections ran out and service returned errors for nine minutes while operators looked at dashboards "
    "because alarm had no threshold on free slots"
)
_LAPSE = "The engineer forgot to check the replica and should have asked, but nobody noticed; it was careless. "


def report(size: int) -> str:
    """Return paragraphs of ordinary prose."""
    draw, words = random.Random(1), _SAID.split()
    out: list[str] = []
    length = 0
    while length < size:
        sentence = " ".join(draw.choice(words) for _ in range(14)).capitalize() + "."
        out.append(sentence + ("\n\n" if len(out) % 5 == 4 else " "))
        length += len(out[-1])
    return "".join(out)[:size]


def again(unit: str) -> Text:
    """Return the function that repeats a text."""
    return lambda size: (unit * (size // len(unit) + 1))[:size]


def _front(line: str, head: str = "list:\n") -> Text:
    return lambda size: f"---\n{head}{line * (size // len(line))}---\n"


def _tree(size: int) -> str:
    lines, length = [], 0
    while length < size:
        lines.append("  " * (len(lines) % 40) + "- the engineer forgot to ask\n")
        length += len(lines[-1])
    return "".join(lines)


PROSE: dict[str, Text] = {
    "ordinary report": report,
    "a lapse in each tenth sentence": again(_LAPSE + (f"{_SAID.capitalize()}. " * 9)),
    "no full stop": again("the engineer forgot to check the replica and "),
    "names beside acts": again("Owner: Sarah, Dave forgot it and @mk should have asked jo@example.com\n"),
    "another language": again("Der Pool war leer und die Schicht hat das nicht bemerkt, human error.\n\n"),
    "another script": again("\u63a5\u7d9a\u30d7\u30fc\u30eb\u304c\u67af\u6e07\u3057\u305f\u3002human error\n\n"),
}
"""What people write; these have a limit in seconds."""

HOSTILE: dict[str, Text] = {
    "four lapses in each sentence": again(_LAPSE),
    "four lapses in each paragraph": again(f"{_LAPSE}\n\n"),
    "commas": again(","),
    "words and commas": again("failed, "),
    "one word": again("forgot "),
    "one letter": again("n"),
    "hyphens": again("a-"),
    "stops": again(". "),
    "contractions": again("n't"),
    "abbreviations": again("e.g. "),
    "addresses": again("x.y@"),
    "gaps": again("not a b c d e f g "),
    "gaps that nearly fit": again("failed to take a b c "),
    "relative clauses": again("who forgot, who failed, "),
    "nested relatives": again("the engineer who "),
    "openers that need a word": again("had the operator "),
    "auxiliaries": again("that had been "),
    "brackets": again("( [ the engineer forgot ) ] "),
    "open brackets": again("["),
    "open links": again("[a]("),
    "open pictures": again("!["),
    "emphasis": again("*a **b "),
    "underscores": again("_a"),
    "open tags": again("<a "),
    "open code tags": again("a <code> "),
    "open comments": again("a <!-- "),
    "open ticks": again("a ``` b ` "),
    "growing ticks": lambda size: " ".join("`" * length for length in range(1, int((2 * size) ** 0.5)))[:size],
    "open quotes": again("\u201c"),
    "entities": again("&amp"),
    "braces": again("{a "),
    "backslashes": again("\\"),
    "zero characters": again("a\0b forgot it\n\n"),
    "nested lists": _tree,
    "nested quotes": again("> "),
    "quoted lines": again("> > > the engineer forgot it\n"),
    "notes": again('!!! note "x"\n    The engineer forgot it.\n\n'),
    "footnotes": again("[^1]: a\n\n    The engineer forgot it.\n\n"),
    "HTML": again("<p>The engineer forgot it</p>\n\n"),
    "cells": lambda size: "| a | b |\n|---|---|\n" + "| the engineer forgot it | x |\n" * (size // 30),
    "equal cells": lambda size: "| a | b |\n|---|---|\n" + "| a | a |\n" * (size // 10),
    "one wide row": lambda size: "|a" * (size // 4) + "|\n" + "|-" * (size // 4) + "|\n",
    "headings": again("# The engineer forgot it\n"),
    "underlined headings": again("a b\n===\n"),
    "line breaks": again("\n"),
    "open front matter": again("---\n"),
    "open TOML": again("+++\n"),
    "fields": _front("  - The engineer forgot to ask.\n"),
    "one long field": _front("  The engineer forgot to ask.\n", "summary: |\n"),
    "escapes": lambda size: '---\na: "' + "\\n" * (size // 2) + '"\n---\n',
    "allowances": again("<!-- coe: allow negligence: quoted -->\n\nThe engineer forgot it.\n\n"),
    "allowances that allow nothing": again("<!-- coe: allow negligence: quoted -->\n\nThe pool ran out.\n\n"),
    "allowances far above a field": _front("# coe: allow negligence: quoted\n\n\n\n\n\n\n", ""),
    "house phrases": again("The war of the room was a war room. "),
    "house phrases that nearly fit": again("war a b c room "),
    "accepted terms": again("blame view of the view blame "),
}
"""What nobody writes by hand; these must not take longer than linear."""

HOUSE = """\
[lint]
accept = ["blame view", "blame view of the view"]

[[lint.phrase]]
pattern = "war ... room"
message = "a term of war"
subject = "people"

[[lint.phrase]]
pattern = "war ... a ... b ... c ... d ... room"
message = "nothing fits"
"""
"""The configuration under which all of them are read."""


def many_terms(count: int) -> str:
    """Return a configuration that accepts many terms."""
    terms = ", ".join(f'"view {number} of the pool"' for number in range(count))
    return f"[lint]\naccept = [{terms}]\n"
