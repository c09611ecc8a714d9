"""All COEs → the index that the explorer and the search box read: columns with the repeated values in dictionaries.

A script and not JSON, because a page opened from a folder may load scripts and nothing else. What the free text is
searched in comes in a file of its own, so that the facets need not wait for it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from coe.insight.facets import FACETS, Facet
from coe.model.coe import Coe, causes
from coe.model.measures import impact_duration
from coe.site import words
from coe.site.address import page_path
from coe.site.page import File
from coe.site.view import Site

VERSION = 1
INDEX, TEXT = "assets/coes.js", "assets/coes-text.js"
NO_IMPACT, GOING_ON = -1, -2
"""What stands for a length of impact that is none, and for one that is not known yet."""


def coe_index(site: Site) -> Iterator[File]:
    """Yield the index of all published COEs, the newest first, and the texts in the same order."""
    coes = list(site.publication.coes.values())
    labels = _labels(site)
    columns = {
        "version": VERSION,
        "ids": [coe.id for coe in coes],
        "titles": [coe.title for coe in coes],
        "seconds": [_seconds(coe) for coe in coes],
        "facets": [_facet(facet, coes, labels.get(facet.key, words.label)) for facet in FACETS],
        "places": list(_places(site)),
        "address": _address(site),
        "fulltext": site.fulltext,
    }
    texts = {
        "version": VERSION,
        "summaries": [coe.summary or "" for coe in coes],
        "causes": [[cause.statement for _, cause in causes(coe)] for coe in coes],
        "learnings": [[[one.id, one.statement] for one in coe.learnings] for coe in coes],
    }
    yield _script(INDEX, "coes", columns)
    yield _script(TEXT, "texts", texts)


def _labels(site: Site) -> dict[str, Callable[[str], str]]:
    """Return how the values of facets are named, where a value is not its own name."""
    known = site.publication
    ask = site.questions
    return {
        "service": known.names.service,
        "team": known.names.team,
        "tenet": lambda name: ask.tenet_title(name) or name,
        "program": lambda name: ask.program_title(name) or name,
        "tag": str,
    }


def _seconds(coe: Coe) -> int:
    if not coe.impact:
        return NO_IMPACT
    length = impact_duration(coe)
    return int(length.total_seconds()) if length is not None else GOING_ON


def _facet(facet: Facet, coes: Iterable[Coe], label: Callable[[str], str]) -> dict[str, Any]:
    """Return one facet: its values, the most frequent first, the sets of them that occur, and the set of each COE."""
    held = [facet.of(coe) for coe in coes]
    counted = Counter(value for values in held for value in values)
    order = sorted(counted, key=lambda value: (-counted[value], value))
    place = {value: index for index, value in enumerate(order)}
    sets = {values: index for index, values in enumerate(dict.fromkeys(held))}
    return {
        "key": facet.key,
        "name": facet.name,
        "values": [[value, label(value)] for value in order],
        "sets": [[place[value] for value in values] for values in sets],
        "rows": [sets[values] for values in held],
    }


def _places(site: Site) -> Iterator[tuple[str, str, str, str]]:
    """Yield what else has a page and a name: its kind, address, title and a sentence on it."""
    known = site.publication
    url = site.addresses.url
    for tenet in known.corpus.tenets.values():
        yield "tenet", url(page_path("tenets", tenet.id)), tenet.title, tenet.statement
    for program in known.corpus.programs.values():
        yield "program", url(page_path("programs", program.id)), program.title, program.done_when
    for service in known.services.values():
        yield "service", url(page_path("services", service.id)), service.name, service.description or ""


def _address(site: Site) -> list[str]:
    """Return what stands before and after the id of a COE in the address of its page."""
    before, after = site.addresses.url(page_path("coes", "*")).split(site.addresses.url("*"))
    return [before, after]


def _script(path: str, name: str, value: object) -> File:
    # U+2028 and U+2029 end a line for readers of scripts older than 2019.
    text = (
        json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    )
    return File(path, f'coeData("{name}",{text});\n'.encode("utf-8", "replace"))
