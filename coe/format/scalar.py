"""One value → the YAML that stands for it."""

from __future__ import annotations

import json
import re

from coe.parse.readings import earlier_reading, is_special_later

LONGEST = 120
"""Prose that would end past this column is folded."""
WIDTH = 100
"""The column in front of which folded lines end."""

_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`=<~](?:[^\r\n\t]*[^\s:])?")
_FLOW_SIGNS = re.compile(r"[,\[\]{}?]")
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_UNFOLDABLE = re.compile(r"[\r\n\t]|^ | $|^$")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


def quoted(text: str) -> str:
    """Return a text as a double-quoted scalar on one line, with nothing in it that a terminal or YAML would act on."""
    return _ESCAPED.sub(lambda match: f"\\u{ord(match.group()):04x}", json.dumps(text, ensure_ascii=False))


def is_plain(text: str, *, flow: bool = False) -> bool:
    """Say whether a text can stand unquoted and is the same characters for every reader; `flow` is inside brackets."""
    if not _PLAIN.fullmatch(text) or ": " in text or " #" in text or text in _NULLS or _ESCAPED.search(text):
        return False
    return text.isprintable() and not (flow and (_FLOW_SIGNS.search(text) or ":" in text))


def is_text_to_all(text: str) -> bool:
    """Say whether every reader of YAML takes an unquoted text for a text."""
    return earlier_reading(text) == text and not is_special_later(text)


def written(text: str, *, is_text: bool, flow: bool = False) -> str:
    """Return a value on one line, quoted where it must be; `is_text` when its field holds a text."""
    return text if is_plain(text, flow=flow) and (not is_text or is_text_to_all(text)) else quoted(text)


def folded(text: str, indent: int) -> list[str] | None:
    """Return a text as the lines of a folded scalar, header first; absent when folding would change it."""
    if _UNFOLDABLE.search(text) or not text.isprintable() or " " not in text or _ESCAPED.search(text):
        return None
    lines, line = [], ""
    for word in re.split(r"(?<=[^ ]) (?=[^ ])", text):  # only a single space is a place to break
        if line and indent + len(line) + 1 + len(word) > WIDTH:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [">-", *(" " * indent + one for one in (*lines, line))]
