"""The field's terms that the site uses: one data file, its page, and where a word of it stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from coe.errors import CoeError
from coe.resources import folder
from coe.site.address import page_path

if TYPE_CHECKING:
    from coe.site.page import Due
    from coe.site.view import Site

FILE = "site/glossary.toml"


@dataclass(frozen=True, slots=True)
class Term:
    """A word, what its letters stand for, what it means here, and what is near to it."""

    word: str
    long: str
    means: str
    see: tuple[str, ...]
    group: str

    @property
    def name(self) -> str:
        """Return its anchor on the page."""
        return same_term(self.word)


@dataclass(frozen=True)
class Glossary:
    """All terms, in the order of the file."""

    terms: tuple[Term, ...]

    @cached_property
    def names(self) -> dict[str, Term]:
        """Return the terms by anchor."""
        return {term.name: term for term in self.terms}


def same_term(word: str) -> str:
    """Return the anchor of a word, however it is written: `near miss`, `near_miss` and `Near miss` are one."""
    return re.sub(r"[^a-z0-9]+", "-", word.lower()).strip("-")


def glossary(shadow: Path | None) -> Glossary:
    """Return the terms of our file, or of the user's own in its place.

    Errors: `CoeError` when the file cannot be used.
    """
    own = shadow / FILE if shadow else None
    file = own if own and own.is_file() else folder("templates") / FILE
    try:
        data = tomllib.loads(file.read_text("utf-8"))
        return Glossary(tuple(_term(group, one) for group, found in data.items() for one in found))
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        told = "Write `[[group]]` tables, each with `word` and `means`, as in our own file."
        raise CoeError(f"{file} is no glossary: {error}", told) from error


def _term(group: str, given: dict[str, object]) -> Term:
    see = given.get("see", [])
    texts = [str(word) for word in see] if isinstance(see, list) else []
    return Term(str(given["word"]), str(given.get("long", "")), str(given["means"]), tuple(texts), group.replace("-", " "))


def glossary_page(site: Site) -> Iterator[Due]:
    """Yield the page of all terms."""
    groups: dict[str, list[Term]] = {}
    for term in site.glossary.terms:
        groups.setdefault(term.group, []).append(term)
    yield site.page(
        "site/glossary.html",
        page_path("learnings/glossary"),
        title="Glossary",
        description="The words of this site, and what they mean here.",
        groups=list(groups.items()),
    )
