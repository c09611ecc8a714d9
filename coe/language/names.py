"""Document → the people whom it names itself: behind «Author:», in a table of roles, among attendees, before «(SRE)»."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from coe.language.lexicon import every_word, group
from coe.language.naming import is_common, is_role
from coe.language.person import Person
from coe.language.token import tokens
from coe.text import Span

_WHO = (
    r"(?:authors?|attendees|participants|present|owners?|assignees?|(?:incident )?commander|scribe|"
    r"facilitator|reviewers?|responders?|on[- ]call|reported by|written by|lead)"
)
_LABEL = re.compile(rf"^[ \t>*_|-]*{_WHO}[*_ \t]*[:|][*_ \t]*([^\r\n]{{2,200}})", re.IGNORECASE | re.MULTILINE)
_LIST = re.compile(
    rf"^\#+[ \t]*(?:\w+[ \t]+)?{_WHO}[ \t]*(?:\r\n|\n|\r)\s*((?:[ \t]*[-*+][^\r\n]{{2,200}}(?:\r\n|\n|\r|\Z))+)",
    re.IGNORECASE | re.MULTILINE,
)
_BRACKET = re.compile(r"\(([^()\r\n]{1,60})\)")
_WORD = r"[^\W\d_][\w'\u2019-]*\.?"
_BEFORE = re.compile(rf"{_WORD}(?: {_WORD}){{1,3}} \Z")
_NAMES = re.compile(rf"{_WORD}(?: {_WORD})*")
_FARTHEST = 60  # characters of a name
_MOST = 200  # people of one document
_ANY = re.compile(r"(?<![\w@.-])[^\W\d_][\w-]*(?![\w@-]|\.\w)")
_INITIALS = re.compile(r"[^\W\d_]{2,3}")


def people_of(text: str, start: int, is_small: Callable[[str], bool]) -> tuple[Person, ...]:
    """Return the people whom a text names, from offset `start` on; `is_small` says what it also writes in small letters."""
    found: dict[str, Person] = {}
    for name, aside in _named(text, start, is_small):
        initials = (aside,) if _INITIALS.fullmatch(aside) and aside == _initials(name, len(aside)) else ()
        handles = (aside[1:],) if re.fullmatch(r"@[\w.-]+", aside) else ()
        known = found.get(name, Person((name,), is_listed=True))
        found[name] = known._replace(initials=known.initials or initials, handles=known.handles or handles)
        if len(found) >= _MOST:
            break
    return tuple(found.values())


def _named(text: str, start: int, is_small: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    """Yield each name with what stands in brackets behind it."""
    for label in _LABEL.finditer(text, start):
        yield from _in_list(label[1])
    for listed in _LIST.finditer(text, start):
        for line in listed[1].splitlines():
            yield from _in_list(line)
    for bracket in _BRACKET.finditer(text, start):
        # Most brackets stand behind a small letter: those cost no more than this look.
        last = text.rfind(" ", max(start, bracket.start() - _FARTHEST), max(start, bracket.start() - 1)) + 1
        if not text[last : last + 1].isupper():
            continue
        before = _BEFORE.search(text, max(start, bracket.start() - _FARTHEST), bracket.start())
        name = _before_bracket(before.group().split(), bracket[1].strip()) if before else ""
        if name and (_has_given(name) or not any(is_small(word) for word in name.split())):
            yield name, bracket[1].strip()


def _in_list(line: str) -> Iterator[tuple[str, str]]:
    for match in _NAMES.finditer(line):
        words = [
            word.rstrip(".") if len(word) > 2 else word for word in match.group().split() if word.lower() not in ("and", "the")
        ]
        names = [word for word in words if word[0].isupper() and not (word.isupper() and len(word) > 1)]
        whole = len(names) == len(words) <= 4
        good = [word for word in names if len(word) > 1 and not is_common(word.lower())]
        if whole and len(good) == len([word for word in names if len(word.rstrip(".")) > 1]) and good:
            yield " ".join(words), ""
        else:
            yield from ((word, "") for word in good)


def _before_bracket(words: list[str], aside: str) -> str:
    """Return the name before a bracket that says who that is: initials, a handle, an address, a role."""
    name: list[str] = []
    for word in reversed(words):
        if not word[0].isupper() or (word.isupper() and len(word) > 2) or is_common(word.lower()):
            break
        name.insert(0, word)
    name = name[-3:]
    if len(name) < 2:
        return ""
    shown = tokens(aside, Span(0, len(aside)))
    told = is_role(shown) or aside.startswith("@")
    same = bool(_INITIALS.fullmatch(aside)) and aside == _initials(" ".join(name), len(aside))
    is_name = _has_given(" ".join(name)) or (told and not any(word.lower() in every_word() for word in name))
    return " ".join(name) if is_name and (told or same) else ""


def _has_given(name: str) -> bool:
    return any(word.lower() in group("given_name") for word in name.split())


def small_words(text: str) -> frozenset[str]:
    """Return the words that a text writes with a small letter: whatever stands among them is not only a name."""
    return frozenset(word for word in _ANY.findall(text) if word[0].islower())


def _initials(name: str, most: int) -> str:
    words = re.split(r"[ -]", name)
    letters = "".join(word[0] for word in words if word)
    return letters if len(letters) == most else letters[0] + letters[-1]
