"""What carries an id inside one document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from coe.diagnostic import Path
from coe.model.coe import Coe, causes
from coe.model.learning import Lessons
from coe.model.organization import Catalog, Minutes

_NUMBERED = re.compile(r"(.*[A-Za-z_-])(\d{1,9})$")


class Named(NamedTuple):
    """One item with an id: `kind` is the word for it, `space` where its id must be unique.

    `written` is false where the model gave the id, because the item has none.
    """

    kind: str
    path: Path
    id: str
    space: str = ""
    written: bool = True


def named(noun: object) -> Iterator[Named]:
    """Yield the items of a noun that carry an id, in the order of the model."""
    if isinstance(noun, Coe):
        yield from _of_coe(noun)
    elif isinstance(noun, Minutes):
        yield from _listed("decision", ("decisions",), noun.decisions)
        yield from _listed("action item", ("action_items",), noun.action_items)
    elif isinstance(noun, Catalog):
        # A team and a service of one name are two things: references say which of them they mean.
        for key, kind in (("teams", "team"), ("services", "service"), ("roles", "role")):
            yield from _listed(kind, (key,), getattr(noun, key), space=key)


def _of_coe(coe: Coe) -> Iterator[Named]:
    for index, window in enumerate(coe.impact.windows if coe.impact else ()):
        written = "id" in window.model_fields_set
        yield Named("impact window", ("impact", "windows", index), window.id, written=written)
    yield from _listed("message", ("communications",), coe.communications)
    yield from _listed("event", ("timeline",), coe.timeline)
    for path, cause in causes(coe):
        yield Named("cause", path, cause.id)
    yield from _listed("observation", ("observations",), coe.observations)
    for key in Lessons.model_fields if coe.lessons else ():
        yield from _listed("lesson", ("lessons", key), getattr(coe.lessons, key))
    yield from _listed("learning", ("learnings",), coe.learnings)
    yield from _listed("action item", ("action_items",), coe.action_items)


def _listed(kind: str, path: Path, items: Iterable[object], space: str = "") -> Iterator[Named]:
    for index, item in enumerate(items):
        name = getattr(item, "id", None)
        if name:
            yield Named(kind, (*path, index), name, space)


class FreeIds:
    """Ids like a taken one that nothing has yet, each with the next number."""

    def __init__(self, ids: Iterable[str]) -> None:
        self._highest: dict[str, int] = {}
        for name in ids:
            stem, number = _split(name)
            self._highest[stem] = max(number, self._highest.get(stem, 1))

    def like(self, taken: str) -> str:
        """Return the next free id."""
        stem, _ = _split(taken)
        self._highest[stem] += 1
        return f"{stem}{self._highest[stem]}"


def _split(name: str) -> tuple[str, int]:
    match = _NUMBERED.match(name)
    return (match[1], int(match[2])) if match else (f"{name}-", 1)
