"""What carries an id inside one document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from coe.diagnostic import Path
from coe.model.coe import Coe
from coe.model.learning import Lessons
from coe.model.organization import Catalog, Minutes

_LESSONS = tuple(Lessons.model_fields)
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
    for kind, path, items in _lists(noun):
        for index, item in enumerate(items):
            if item.id:
                yield Named(kind, (*path, index), item.id, _space(noun, kind), "id" in item.model_fields_set)


def ids_of(noun: object) -> list[tuple[str, str, list[str]]]:
    """Return space, kind and ids of each list of a noun: that takes less time than its items, and is most often enough."""
    return [(_space(noun, kind), kind, [item.id for item in items if item.id]) for kind, _, items in _lists(noun) if items]


def _space(noun: object, kind: str) -> str:
    """Return where an id is unique: in a catalog a team and a service may share one, for references say which they mean."""
    return kind if isinstance(noun, Catalog) else ""


def _lists(noun: object) -> list[tuple[str, Path, tuple[Any, ...]]]:
    """Return the lists of a noun whose items carry an id: the word for one of them, where they stand, and the items."""
    if isinstance(noun, Coe):
        return [
            ("impact window", ("impact", "windows"), noun.impact.windows if noun.impact else ()),
            ("message", ("communications",), noun.communications),
            ("event", ("timeline",), noun.timeline),
            ("cause", ("root_causes",), noun.root_causes),
            ("cause", ("contributing_factors",), noun.contributing_factors),
            ("observation", ("observations",), noun.observations),
            *[("lesson", ("lessons", key), getattr(noun.lessons, key)) for key in _LESSONS if noun.lessons],
            ("learning", ("learnings",), noun.learnings),
            ("action item", ("action_items",), noun.action_items),
        ]
    if isinstance(noun, Minutes):
        return [("decision", ("decisions",), noun.decisions), ("action item", ("action_items",), noun.action_items)]
    if isinstance(noun, Catalog):
        return [("team", ("teams",), noun.teams), ("service", ("services",), noun.services), ("role", ("roles",), noun.roles)]
    return []


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
