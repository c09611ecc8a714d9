"""One repository as an editor has it open: its files, what open documents say instead, its configuration and rules."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from coe.check import Selection, active_rules
from coe.config import Config, Repository, find
from coe.corpus import Author, Corpus, Reference, analyse, analyse_document, references_of, repository_files
from coe.errors import CoeError
from coe.listing import CONFIG_NAME, is_ignored
from coe.lsp.buffer import Buffer
from coe.lsp.findings import Rules, sorted_rules
from coe.model.organization import Catalog
from coe.model.validate import Analysis
from coe.parse.again import parse_again
from coe.read import Source, read, shown_path

_PLACE = re.compile(r"^(?P<file>.+?\.toml)(?::(?P<line>\d+))?: (?P<said>.*)$", re.DOTALL)
_AT_LINE = re.compile(r"at line (\d+)")
_SLICE = 4


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a configuration: the file and its line, from 1."""

    file: Path | None
    line: int
    message: str


@dataclass(frozen=True, slots=True)
class World:
    """What the command line tells the server: the day in a zone, who is in the history of a folder, and what must hold of a
    configuration before it is used."""

    today: Callable[[str], dt.date]
    authors: Callable[[Path], tuple[Author, ...]]
    require: Callable[[Repository], None]


def found_around(start: Path, require: Callable[[Repository], None]) -> tuple[Repository, Problem | None]:
    """Return the repository around a path; with a broken configuration, one with defaults and what is wrong."""
    try:
        repository = find(start)
        require(repository)
    except CoeError as error:
        place = problem(error)
        return Repository(place.file.parent if place.file else _root(start), Config()), place
    return repository, None


def problem(error: CoeError) -> Problem:
    """Return an error of the configuration as a problem at its place."""
    match = _PLACE.match(error.message)
    said = (match["said"] if match else error.message) + (f"\n{error.help}" if error.help else "")
    line = (match and match["line"]) or next(iter(_AT_LINE.findall(said)), "1")
    return Problem(Path(match["file"]) if match else None, int(line), said)


def _root(start: Path) -> Path:
    folder = start if start.is_dir() else start.parent
    marks = (CONFIG_NAME, "pyproject.toml", ".git")
    return next((here for here in (folder, *folder.parents) if any((here / mark).exists() for mark in marks)), folder)


class OpenRepository:
    """The documents of one repository: those of its files, and in their place those that are open."""

    def __init__(self, start: Path, world: World) -> None:
        self._world = world
        self.repository, self.problem = found_around(start, world.require)
        self._authors = world.authors(self.repository.root)
        self.rules: Rules = sorted_rules(active_rules(self.repository.config, Selection()))
        self._files: dict[Path, Analysis | None] = {}
        self._apart: dict[str, Analysis] = {}
        """Open documents that are none of the repository's: never saved, or ignored by git."""
        self._ignored: dict[Path, bool] = {}
        self._corpus: Corpus | None = None
        self._catalog: Catalog | None = None
        self._references: dict[str, tuple[Analysis, tuple[Reference, ...]]] = {}
        self._is_stale = self.is_loaded = False
        self._catalog_file = (self.root / self.repository.config.paths.catalog).resolve()
        if self._catalog_file.is_file():
            self.read(self._catalog_file)  # rules of language ask it for names: it is known from the first finding on

    @property
    def root(self) -> Path:
        """Return the folder of the repository."""
        return self.repository.root

    def load(self) -> Iterator[None]:
        """Read the files of the repository, a few at a time, in the order in which the command line reads them."""
        self._is_stale = False
        files = repository_files(self.repository)
        self._files = {**{file: self._files.get(file) for file in files}, **self._files}
        yield None
        for number, file in enumerate(files):
            if self._files.get(file, False) is None:
                self.read(file)
            if number % _SLICE == 0:
                yield None
        self.is_loaded = not self._is_stale
        yield None

    def read(self, file: Path) -> None:
        """Read a file as it is on disk; one that cannot be read is no document of the repository."""
        self._corpus = self._catalog = None
        try:
            analysis = analyse(read(file, shown=shown_path(file, self.root)), self.repository)
        except CoeError:
            self._files.pop(file, None)
            return
        # Nobody looks at the values of a closed document one by one, and a thousand documents have many.
        vars(analysis.document).pop("leaves", None)
        self._files[file] = analysis

    def take(self, buffer: Buffer) -> Analysis:
        """Take an open document in place of its file; only what changed in it is parsed."""
        file = self._home(buffer)
        shown = shown_path(buffer.file, self.root) if buffer.file else buffer.uri
        analysis = self._again(self.analysis(buffer), buffer.source(shown))
        if file:
            self.hold(file, analysis)
        else:
            self._apart[buffer.uri] = analysis
        return analysis

    def hold(self, file: Path, analysis: Analysis) -> None:
        """Take what an open document says for what its file says."""
        self._catalog = self._corpus.catalog if self._corpus and analysis.kind != "catalog" else None
        self._corpus = None
        self._files[file] = analysis

    def _home(self, buffer: Buffer) -> Path | None:
        """Return the file whose text a document is to all others; absent for one that is none of the repository's.

        Git is asked once for each file, and not of those that were listed.
        """
        file = buffer.file
        if file is None or file in self._files or file == self._catalog_file:
            return file
        if file not in self._ignored:
            self._ignored[file] = is_ignored(str(file))
        return None if self._ignored[file] else file

    def _again(self, before: Analysis | None, source: Source) -> Analysis:
        if before is None or before.kind in ("catalog", "page"):
            return analyse(source, self.repository)
        document = parse_again(before.document, source)
        if document.front is before.document.front and document.front is not None:
            return Analysis(document, before.kind, before.noun, before.flaws)
        return analyse_document(document, self.repository)

    def close(self, buffer: Buffer, *, instead: Analysis | None = None) -> None:
        """Give a document back to its file, or to another open copy of it; one whose file is gone is no more."""
        if buffer.file:
            self._ignored.pop(buffer.file, None)
        if self._apart.pop(buffer.uri, None) or buffer.file is None:
            return
        if instead:
            self.hold(buffer.file, instead)
            return
        self._corpus = self._catalog = None
        if buffer.file.is_file() and buffer.file in repository_files(self.repository):
            self.read(buffer.file)
        else:
            self._files.pop(buffer.file, None)

    def forget(self, gone: Path, opened: Iterable[Path]) -> bool:
        """Forget a file or folder that is gone, but for what is open; say whether anything was known of it."""
        kept = frozenset(opened)
        inside = f"{gone}{os.sep}"  # of texts, for a client may tell of thousands of files that are none of ours
        lost = [file for file in self._files if (file == gone or str(file).startswith(inside)) and file not in kept]
        for file in lost:
            del self._files[file]
        if lost:
            self._corpus = self._catalog = None
        return bool(lost)

    def changed(self, file: Path) -> None:
        """Read a file that changed; whether a new one belongs here is seen when the files are listed anew."""
        if file in self._files:
            self.read(file)
        else:
            self._is_stale, self.is_loaded = True, False

    def holds(self, file: Path) -> bool:
        """Say whether a file is one of the documents of the repository, or would be if it were there."""
        paths = self.repository.config.paths
        names = (paths.coes, paths.tenets, paths.programs, paths.reviews)
        in_folder = file.suffix in (".md", ".markdown") and any(
            file.is_relative_to((self.root / name).resolve()) for name in names
        )
        return in_folder or file == self._catalog_file

    def analysis(self, buffer: Buffer) -> Analysis | None:
        """Return what a document said when it was taken last."""
        return self._apart.get(buffer.uri) or (self._files.get(buffer.file) if buffer.file else None)

    def counts(self, analysis: Analysis) -> bool:
        """Say whether a document is what its file says to all others."""
        file = analysis.document.source.file
        return file is not None and self._files.get(file) is analysis

    def around(self, analysis: Analysis, *, tied: bool = False) -> Corpus:
        """Return the corpus in which a document stands: of one that is not the repository's, and of the older of two open
        copies of one file, it is a corpus of its own. When `tied`, its references are known too."""
        corpus = self.tied if tied else self.corpus
        if self.counts(analysis):
            return corpus
        file = analysis.document.source.file
        held = self._files.get(file) if file else None
        own = replace(corpus, analyses=(*(one for one in corpus.analyses if one is not held), analysis))
        if analysis.kind != "catalog":
            vars(own)["catalog"] = corpus.catalog
        if tied:
            kept = (one for one in corpus.references if one.analysis is not held)
            vars(own)["references"] = (*kept, *references_of(analysis))
        return own

    def _references_of(self, analysis: Analysis) -> tuple[Reference, ...]:
        name = analysis.document.source.path
        held = self._references.get(name)
        if held is None or held[0] is not analysis:
            held = self._references[name] = (analysis, tuple(references_of(analysis)))
        return held[1]

    @property
    def corpus(self) -> Corpus:
        """Return all documents that are known by now, as of today."""
        if self._corpus is None:
            known = tuple(analysis for analysis in self._files.values() if analysis)
            day = self._world.today(self.repository.config.review.timezone)
            self._corpus = Corpus(self.repository, known, day, authors=self._authors)
            if self._catalog:
                # What a change cannot have touched is not looked for again among a thousand documents.
                vars(self._corpus)["catalog"] = self._catalog
                self._catalog = None
        return self._corpus

    @property
    def tied(self) -> Corpus:
        """Return the corpus with its references, of which only those of changed documents are looked for again."""
        corpus = self.corpus
        if "references" not in vars(corpus):
            vars(corpus)["references"] = tuple(one for each in map(self._references_of, corpus.analyses) for one in each)
        return corpus
