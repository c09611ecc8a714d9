"""Long lists → pages of a hundred rows, each with an address that stays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """One page of a list of `total` rows: its number, that of the last, and the folder of the first."""

    rows: tuple[T, ...]
    number: int
    last: int
    total: int
    folder: str

    @property
    def path(self) -> str:
        """Return the path of the page."""
        return page_of(self.folder, self.number)

    @property
    def first(self) -> int:
        """Return the number of the first row, counted from 1."""
        return (self.number - 1) * PER_PAGE + 1

    @property
    def near(self) -> tuple[tuple[int, str], ...]:
        """Return number and path of the pages that this one links to: the first, the last and those around it."""
        wanted = sorted({1, self.last, *range(max(1, self.number - 2), min(self.last, self.number + 2) + 1)})
        return tuple((number, page_of(self.folder, number)) for number in wanted)

    def title(self, name: str) -> str:
        """Return the title of the page: further pages say which they are."""
        return name if self.number == 1 else f"{name}, page {self.number} of {self.last}"


def page_of(folder: str, number: int) -> str:
    """Return the path of one page of the list in a folder."""
    return f"{folder}/index.md" if number == 1 else f"{folder}/page/{number}/index.md"


def parts(rows: Sequence[T], folder: str) -> Iterator[Part[T]]:
    """Yield the pages of a list; there is one even when the list is empty."""
    last = max(1, -(-len(rows) // PER_PAGE))
    for number in range(1, last + 1):
        yield Part(tuple(rows[(number - 1) * PER_PAGE : number * PER_PAGE]), number, last, len(rows), folder)
