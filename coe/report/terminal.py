"""Text for a terminal: what a document says can neither move the cursor nor hide other text."""

from __future__ import annotations

import re
import textwrap
import unicodedata

from coe.diagnostic import Severity

_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffc\U000e0000-\U000e007f]"
)
_CODES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "blue": "34", "cyan": "36"}
SEVERITY_COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


def printable(text: str) -> str:
    """Return a text in which control and direction characters are shown as escapes; tabs become a space."""
    return _UNSAFE.sub(lambda match: f"\\u{ord(match.group()):04x}", text.replace("\t", " "))


def paint(text: str, *styles: str, on: bool) -> str:
    """Return a text with ANSI styles around it when `on`."""
    return f"\x1b[{';'.join(_CODES[style] for style in styles)}m{text}\x1b[0m" if on and text else text


def columns(text: str) -> int:
    """Return how many columns a text takes in a terminal: East Asian wide characters two, marks none."""
    return sum(0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def wrapped(text: str, width: int, indent: str) -> str:
    """Return a text in lines of at most `width` columns, each but the first with an indent."""
    lines = textwrap.wrap(printable(text), max(width, 30), break_long_words=False, break_on_hyphens=False)
    return f"\n{indent}".join(lines)
