"""Text for Markdown on a code host: code stays code, and nothing else that a document says is markup, link or mention."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from coe.report.terminal import COMMAND, one_line

_SPECIAL = re.compile(r"[\\`*_\[\]<>]")
_OPENING = re.compile(r"^(?:([#+\-=:])|(\d+)([.)]))")
_REFERENCE = re.compile(
    r"[@#$&~^]|://|\bwww\.|[!%]\w|:[a-z+-][\w+-]*:|\bGH-\d|\b[0-9a-f]{7,40}\b",
    re.IGNORECASE,
)
"""What a code host makes a link of, a mention or an icon, whatever stands around it. No escape keeps it from that, code does."""
_FRAGILE = re.compile(r"[`|\\]|" + COMMAND.pattern)
_NOT_PLAIN = re.compile(r"[!-/:-@\[-`{-~]")


def marked(text: str) -> str:
    """Return a message as inline Markdown on one line, fit for a cell of a table; what stands between backticks is code."""
    runs = groupby(_runs(one_line(text)), key=lambda run: run[0])
    out = "".join(
        _code("".join(run[1] for run in group)) if code else _plain("".join(run[1] for run in group)) for code, group in runs
    )
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
    """Return code between backticks, or where these are not safe to use as an element in which all but words is escaped."""
    if _FRAGILE.search(text):
        return f"<code>{_NOT_PLAIN.sub(lambda match: f'&#{ord(match.group())};', text)}</code>"
    return f"`{text}`"
