"""The words of `coe/language/words/*.txt`: named groups, read once and when first asked for.

A line `[[name]]` starts a group, `[[name: verbs]]` one of verbs in their base form, of which every form is made. A line
of words follows; `#` starts a comment. A group may name another one to take it in: `<other>`.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

_FOLDER = Path(__file__).parent / "words"
_VOWELS = "aeiou"


class Forms(NamedTuple):
    """The forms of a verb."""

    base: str
    s: str
    past: str
    part: str
    ing: str


def lines(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the lines of the data files of a folder, each with its heading."""
    for file in sorted(folder.glob("*.txt")):
        yield from lines_of(file.read_text("utf-8"))


def lines_of(text: str) -> Iterator[tuple[str, str]]:
    """Yield the lines of a data file, each with its heading."""
    heading = ""
    for line in text.splitlines():
        line = line.partition("#")[0].strip()
        if line.startswith("[[") and line.endswith("]]"):
            heading = line[2:-2].strip()
        elif line:
            yield heading, line


@cache
def _read() -> dict[str, tuple[bool, list[str]]]:
    groups: dict[str, tuple[bool, list[str]]] = {}
    for heading, line in lines(_FOLDER):
        name, _, kind = heading.partition(":")
        groups.setdefault(name.strip(), (kind.strip() == "verbs", []))[1].extend(line.split())
    return groups


@cache
def irregular() -> dict[str, Forms]:
    """Return the verbs whose forms are not made by rule."""
    words = _read()["irregular"][1]
    return {
        base: Forms(base, _third(base), past, part, ing)
        for base, past, part, ing in zip(words[::4], words[1::4], words[2::4], words[3::4], strict=True)
    }


def _third(base: str) -> str:
    if base.endswith(("s", "sh", "ch", "x", "z", "o")):
        return f"{base}es"
    if base.endswith("y") and base[-2] not in _VOWELS:
        return f"{base[:-1]}ies"
    return f"{base}s"


@cache
def forms(base: str) -> Forms:
    """Return the forms of a verb."""
    known = irregular().get(base)
    if known:
        return known
    stem = base.removesuffix("e") if not base.endswith("ee") else base
    past = (
        f"{base[:-1]}ied" if base.endswith("y") and base[-2] not in _VOWELS else f"{base}d" if base[-1] == "e" else f"{base}ed"
    )
    return Forms(base, _third(base), past, past, f"{stem}ing" if not base.endswith("ee") else f"{base}ing")


@cache
def group(name: str, form: str = "") -> frozenset[str]:
    """Return a group of words; of verbs all forms, or those of one kind: `base`, `s`, `past`, `part`, `ing`."""
    is_verbs, words = _read()[name]
    out: set[str] = set()
    for word in words:
        if word.startswith("<"):
            inner, _, inner_form = word[1:-1].partition(":")
            out |= group(inner, form or inner_form)
        elif is_verbs:
            made = forms(word)
            out.update((getattr(made, form),) if form else made)
        else:
            out.add(word.replace("_", " "))
    return frozenset(out)


@cache
def every_word() -> frozenset[str]:
    """Return all words of the lexicon that are no names."""
    return frozenset().union(
        *(group(name) for name in _read() if name not in ("given_name", "name_word", "name_product", "program"))
    )


def taken_in(name: str) -> tuple[str, ...]:
    """Return the names of the groups that a group takes in."""
    return tuple(word[1:-1] for word in _read()[name][1] if word.startswith("<"))


class _Ending(Container[str]):
    """Words of a group and all longer words with an ending, but for those of another group."""

    def __init__(self, ending: str, more: frozenset[str], less: frozenset[str]) -> None:
        self.ending, self.more, self.less = ending, more, less

    def __contains__(self, word: object) -> bool:
        if not isinstance(word, str):
            return False
        return word in self.more or (word.endswith(self.ending) and len(word) > 3 and word not in self.less)


@cache
def open_group(name: str) -> Container[str]:
    """Return a class of words that no list can hold: `past`, `participle`, `ing`, `adverb`."""
    not_verbs = group("not_past")
    irregulars = irregular().values()
    if name == "past":
        return _Ending("ed", frozenset(verb.past for verb in irregulars), not_verbs)
    if name == "participle":
        return _Ending("ed", frozenset(verb.part for verb in irregulars), not_verbs)
    if name == "ing":
        return _Ending("ing", frozenset(), group("not_gerund"))
    return _Ending("ly", group("adverb"), group("not_adverb"))
