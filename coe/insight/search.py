"""COEs and words → those that have all of the words, the best match first: the same rules as in the site's explorer."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from coe.insight.facets import FACETS
from coe.insight.names import Names
from coe.model.coe import Coe, causes

_APART = re.compile(r"[\W_]+")
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
_PLAIN = str.maketrans({"ß": "ss", "ø": "o", "ł": "l"})


@dataclass(frozen=True, slots=True)
class Hit:
    """A COE that was found: how well it matches, the names of its services, and a text that shows why."""

    coe: Coe
    score: int
    services: tuple[str, ...]
    excerpt: str


def fold(text: str) -> str:
    """Return a text as it is compared: small letters without accents, words apart by one space."""
    small = text.lower()
    if not small.isascii():
        small = "".join(letter for letter in unicodedata.normalize("NFKD", small) if not unicodedata.combining(letter))
    return _APART.sub(" ", small.translate(_PLAIN))


def words(text: str) -> tuple[str, ...]:
    """Return the words of a query, each once."""
    return tuple(dict.fromkeys(fold(text).split()))


def search(coes: Iterable[Coe], query: str, *, chosen: Mapping[str, frozenset[str]], names: Names) -> list[Hit]:
    """Return the COEs that have all words of a query, or words that begin like them, and a chosen value of each facet."""
    asked, facets = words(query), [facet for facet in FACETS if facet.key in chosen]
    fitting = (coe for coe in coes if all(chosen[facet.key].intersection(facet.of(coe)) for facet in facets))
    hits = (hit for coe in fitting if (hit := _hit(coe, asked, names)))
    return sorted(hits, key=lambda hit: (hit.score, hit.coe.id), reverse=True)


def _hit(coe: Coe, asked: tuple[str, ...], names: Names) -> Hit | None:
    services = tuple(names.service(one.id) for one in coe.services)
    title = f" {fold(coe.title)} "
    head = f" {fold(' '.join([coe.title, *services, *(one.id for one in coe.services), coe.id, *coe.tags, coe.severity]))} "
    texts = [coe.summary or "", *(one.statement for _, one in causes(coe)), *(one.statement for one in coe.learnings)]
    rest = [f" {fold(text)}" for text in texts]
    needles = [word if _UNSPACED.search(word) else f" {word}" for word in asked]
    if not all(needle in head or any(needle in text for text in rest) for needle in needles):
        return None
    score = sum(6 if f"{needle} " in title else 5 if needle in title else 3 if needle in head else 1 for needle in needles)
    why = next((text for text, folded in zip(texts, rest, strict=True) if any(needle in folded for needle in needles)), "")
    return Hit(coe, score, services, " ".join(why.split()))
