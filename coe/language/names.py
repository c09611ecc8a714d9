"""Document → the names of its people, as it uses them itself: behind «Author:», «Attendees:» or in a table of roles."""

from __future__ import annotations

import re

from coe.language.lexicon import group

_LABEL = re.compile(
    r"^[ \t>*_|-]*(?:authors?|attendees|participants|present|owners?|assignees?|(?:incident )?commander|scribe|"
    r"facilitator|reviewers?|responders?|on[- ]call|reported by|written by|lead)[*_ \t]*[:|][*_ \t]*([^\r\n]{2,200})",
    re.IGNORECASE | re.MULTILINE,
)
_NAME = re.compile(r"\b[^\W\d_][^\W\d_]+\b")


def people_of(text: str, start: int) -> frozenset[str]:
    """Return the names, in small letters, that labels from offset `start` on give to people."""
    found: set[str] = set()
    for label in _LABEL.finditer(text, start):
        for name in _NAME.finditer(label[1]):
            word = name.group()
            if word[0].isupper() and not word.isupper() and not _is_common(word.lower()):
                found.add(word.lower())
    return frozenset(found)


def _is_common(word: str) -> bool:
    common = ("person", "maybe_person", "team", "user", "human_modifier", "determiner", "preposition", "pronoun", "coordinator")
    return any(word in group(name) for name in common) or word in group("ordinary_name")
