"""One document in its repository: what a rule may know that judges a document alone, but by settings and by the day."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass, field
from pathlib import Path as File

from coe.config import Repository
from coe.corpus import Reference, references_of
from coe.model.coe import Coe
from coe.model.validate import Analysis


@dataclass(frozen=True)
class Case:
    """A document with the configuration, the day, and the files around it.

    It shows no other document, so what a rule finds in it stays true while these are the same.
    """

    analysis: Analysis
    repository: Repository
    as_of: dt.date | None = None
    files: frozenset[File] = frozenset()
    """The files of the corpus: they are there even where the corpus was never on a disk."""
    asked: dict[File, bool] = field(default_factory=dict)
    """The files that a rule has asked for, and whether they were there."""

    @property
    def coe(self) -> Coe | None:
        """Return the COE, absent when the document is something else or cannot be typed."""
        return self.analysis.coe

    @property
    def references(self) -> tuple[Reference, ...]:
        """Return what the document refers to by its id."""
        return tuple(references_of(self.analysis))

    def exists(self, file: File, *, named: str) -> bool:
        """Say whether a file is in the corpus or on the disk.

        A path that names it by way of a link is noted too: the link can go while the file stays.
        """
        way = File(os.path.normpath(named))
        if way != file:
            self._is_there(way)
        return self._is_there(file)

    def _is_there(self, file: File) -> bool:
        if file not in self.asked:
            self.asked[file] = file in self.files or file.exists()
        return self.asked[file]
