"""Pages on disk until the engine is done: those of ten thousand COEs would fill the memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO

from coe.site.page import Page

_BETWEEN = "\0"
"""Stands in no part of a page: a text that holds it is changed before it gets there."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page lies in the spool."""

    path: str
    at: int
    length: int


@dataclass(frozen=True, slots=True)
class Spool:
    """Pages in a file that nobody else sees."""

    file: IO[bytes]

    def put(self, page: Page) -> Place:
        """Return where a page lies from now on."""
        data = _BETWEEN.join((page.head, *page.parts)).encode("utf-8")
        at = self.file.seek(0, 2)
        self.file.write(data)
        return Place(page.path, at, len(data))

    def take(self, place: Place) -> Page:
        """Return the page that lies at a place."""
        self.file.seek(place.at)
        head, *parts = self.file.read(place.length).decode("utf-8").split(_BETWEEN)
        return Page(place.path, head, tuple(parts))
