"""Text for a terminal: what a document says can neither move the cursor nor hide other text."""

from __future__ import annotations

import re
import unicodedata

from coe.diagnostic import Severity

UNSAFE = re.compile(
    "[\x00-\x08\x0a-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff\ufff9-\ufffc\ufffe\uffff"
    "\U000e0000-\U000e007f]"
)
"""Characters that control a terminal, turn the direction of text, cannot be seen, or cannot be written."""

COMMAND = re.compile(r"(##\w{0,20})\[")
"""What begins a command of a CI system wherever it stands in a line of the log: `##[error]`, `##vso[…]`, `##teamcity[…]`."""

COMMAND_REACH = 22
"""How many characters before its bracket such a command can begin."""

_CODES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "blue": "34", "cyan": "36"}
SEVERITY_COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


def printable(text: str) -> str:
    """Return a text in which control and direction characters are shown as escapes; tabs become a space.

    A log that a CI system reads takes it for text as well.
    """
    shown = UNSAFE.sub(_escape, text.replace("\t", " "))
    return COMMAND.sub(r"\1\\u005b", shown) if "##" in shown else shown


def opening(text: str) -> str:
    """Return a printable text that can begin a line of a log: GitHub takes `::` for a command there, and nowhere else."""
    return text.replace("::", "\\u003a:", 1) if text.lstrip().startswith("::") else text


def _escape(match: re.Match[str]) -> str:
    number = ord(match.group())
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"


def one_line(text: str) -> str:
    """Return a printable text in which every run of white space is one space: a message cannot begin a line of its own."""
    return printable(" ".join(text.split()))


def paint(text: str, *styles: str, on: bool) -> str:
    """Return a text with ANSI styles around it when `on`."""
    return f"\x1b[{';'.join(_CODES[style] for style in styles)}m{text}\x1b[0m" if on and text else text


def columns(text: str) -> int:
    """Return how many columns a text takes in a terminal: East Asian wide characters two, marks none."""
    return len(text) if text.isascii() else sum(map(_columns_of, text))


def _columns_of(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def wrapped(text: str, width: int, indent: str, *, lead: int = 0) -> str:
    """Return a text in lines of at most `width` columns, `lead` of which are taken on the first, `indent` on the others.

    A word that is longer stands on a line of its own, so that paths and links can be copied.
    """
    lines: list[str] = []
    line, room = "", width - lead
    for word in map(opening, one_line(text).split(" ")):
        longer = f"{line} {word}" if line else word
        if line and columns(longer) > room:
            lines.append(line)
            line, room = word, max(width - columns(indent), 20)
        else:
            line = longer
    return f"\n{indent}".join((*lines, line))
