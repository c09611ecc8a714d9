"""Text for Markdown on a code host: code stays code, and nothing else that a document says is markup, link or mention."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from coe.report.terminal import COMMAND, one_line

_SPECIAL = re.compile(r"[\\`*_\[\]<>]")
_OPENING = re.compile(r"^(?:([#+\-=:])|(\d+)([.)]))")
_REFERENCE = re.compile(
    r"[@#$&~^]|://|www\.|[!%]\w|:[a-z+-][\w+-]*:|\bGH-\d|\b[0-9a-f]{7,40}\b",
    re.IGNORECASE,
)
"""What a code host makes a link of, a mention or an icon: no escape keeps it from that, code does."""


def marked(text: str) -> str:
    """Return a message as inline Markdown on one line, fit for a cell of a table; what stands between backticks is code."""
    out = ""
    for is_code, group in groupby(_runs(one_line(text)), key=lambda run: run[0]):
        run = "".join(part for _, part in group)
        out += _code(run) if is_code else _plain(run)
    return _OPENING.sub(lambda match: f"\\{match[1]}" if match[1] else f"{match[2]}\\{match[3]}", out)


def code(text: str) -> str:
    """Return a text, such as a path, as code in Markdown."""
    return _code(one_line(text)) if text.strip() else ""


def _runs(text: str) -> Iterator[tuple[bool, str]]:
    """Yield the parts of a text with whether they are code; what would become a reference is."""
    parts = text.split("`")
    if len(parts) % 2 == 0:  # the last backtick has no partner
        parts[-2:] = ["`".join(parts[-2:])]
    for number, part in enumerate(parts):
        if number % 2:
            yield (True, part) if part.strip() else (False, f"`{part}`")
        else:
            yield from ((bool(_REFERENCE.search(word)), word) for word in re.split("( )", part) if word)


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text).replace("|", "&#124;")


def _code(text: str) -> str:
    """Return code between backticks; what these cannot hold in a cell, or in a log, stands as an entity between two spans."""
    parts = re.split(r"([`|\[])" if COMMAND.search(text) else r"([`|])", text)
    return "".join(f"&#{ord(part)};" if number % 2 else f"`{part}`" for number, part in enumerate(parts) if part)
