"""What a page shows → one name for all of it, at a small part of the cost of the page.

A COE stands in it by the name of its document, since each stands on many pages; everything else by its own words.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from coe.insight.actions import ActionRow
from coe.model.coe import Coe
from coe.model.scalars import Noun
from coe.site.gathered import Learned
from coe.site.publication import Publication
from coe.site.store import named

_PLAIN = frozenset({str, int, float, bool, type(None), dt.date, dt.datetime})


class Inputs:
    """The names of values that belong to one publication."""

    def __init__(self, publication: Publication) -> None:
        self._digests = {name: one.document.source.digest for name, one in publication.coe_analyses.items()}
        self._coes = publication.coes
        self._nouns: dict[int, tuple[Noun, str]] = {}

    def name(self, *values: Any) -> str:
        """Return a name that is another one when any of the values is another one."""
        told: list[str] = []
        self._tell(values, told)
        return named("\n".join(told))

    def _tell(self, value: Any, told: list[str]) -> None:
        """Add what tells a value from others; text is told by `repr`, so that no line end is in it."""
        if type(value) in _PLAIN:
            told.append(repr(value))
        elif isinstance(value, Noun):
            told.append(self._noun(value))
        elif isinstance(value, ActionRow) and value.source_id in self._coes:
            told.append(self._row(value))
        elif isinstance(value, Learned):
            told.append(f"{self._noun(value.coe)} {value.learning.id!r} {value.learning.statement!r}")
        elif isinstance(value, Mapping):
            self._many("{", (part for pair in value.items() for part in pair), told)
        elif isinstance(value, tuple | list):
            self._many(type(value).__name__, value, told)
        elif isinstance(value, set | frozenset):
            self._many("set", sorted(value, key=repr), told)
        elif is_dataclass(value):
            self._many(type(value).__name__, (getattr(value, field.name) for field in fields(value)), told)
        else:
            told.append(repr(value))

    def _many(self, kind: str, values: Any, told: list[str]) -> None:
        told.append(kind)
        for value in values:
            self._tell(value, told)
        told.append("end")

    def _row(self, row: ActionRow) -> str:
        """Return what tells a row: its document and place in it, and what the day and the catalog add."""
        own = (row.item.id, row.item.title, row.state, row.team, row.team_name, row.owner_name, row.as_of.toordinal())
        return f"{self._noun(self._coes[row.source_id])} {own!r}"

    def _noun(self, noun: Noun) -> str:
        """Return what tells a noun. It is held with its words, because the next object may stand in the same place."""
        known = self._nouns.get(id(noun))
        if known is None:
            digest = self._digests.get(noun.id) if isinstance(noun, Coe) and self._coes.get(noun.id) is noun else None
            known = self._nouns[id(noun)] = (noun, f"coe {digest}" if digest else repr(noun))
        return known[1]
