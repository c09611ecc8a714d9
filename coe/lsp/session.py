"""What an editor has open: documents, the repositories around them, and what was found in them last."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from coe.check import check
from coe.corpus import Corpus, analyse
from coe.diagnostic import Diagnostic
from coe.judge import Crash
from coe.listing import CONFIG_NAME
from coe.lsp.buffer import Buffer, Change, opened
from coe.lsp.bugs import Bugs
from coe.lsp.findings import Checked, Rules, again, first, thorough
from coe.lsp.repository import OpenRepository, Problem, World
from coe.lsp.ruler import Unit
from coe.model.validate import Analysis
from coe.parse.document import Document

_DOCUMENTS = (".md", ".markdown", "")
_CONFIGS = (CONFIG_NAME, "pyproject.toml")


@dataclass(frozen=True)
class View:
    """One open document among all: what the pure functions of this package are asked about."""

    buffer: Buffer
    analysis: Analysis
    corpus: Corpus
    found: tuple[Diagnostic, ...]
    readable: Analysis
    """The document as it was when its fields could be read last."""

    @property
    def document(self) -> Document:
        """Return the parsed document."""
        return self.analysis.document


class Session:
    """The state of one server; every method returns at once, and long work is handed out in slices."""

    def __init__(self, folder: Path, world: World) -> None:
        self.folder = folder
        self._world = world
        self._taken: dict[str, tuple[Buffer, Analysis]] = {}
        self._buffers: dict[str, Buffer] = {}
        self._checked: dict[str, Checked] = {}
        self._readable: dict[str, Analysis] = {}
        self._repositories: dict[Path, OpenRepository] = {}
        self._bugs = Bugs()
        self.unit: Unit = "utf-16"

    # What happens in the editor.

    def open(self, uri: str, file: Path | None, text: str, *, version: int | None) -> Buffer | None:
        """Take a document that was opened; absent when it is none that is checked."""
        buffer = opened(uri, file, text, version=version, unit=self.unit)
        if not self._is_document(buffer):
            return None
        self._buffers[uri] = buffer
        self._take(buffer)
        return buffer

    def change(self, uri: str, changes: Iterable[Change], version: int | None) -> Buffer | None:
        """Take what somebody typed; it is parsed when somebody asks for it."""
        before = self._buffers.get(uri)
        if before is None:
            return None
        self._buffers[uri] = before.changed(changes, version)
        return self._buffers[uri]

    def close(self, uri: str) -> Buffer | None:
        """Give a document back to its file."""
        buffer = self._buffers.pop(uri, None)
        self._checked.pop(uri, None)
        self._readable.pop(uri, None)
        self._taken.pop(uri, None)
        if buffer:
            copies = self._copies(buffer)
            self.around(buffer.file).close(buffer, instead=copies[-1][1] if copies else None)
        return buffer

    def _copies(self, buffer: Buffer) -> list[tuple[Buffer, Analysis]]:
        """Return the other open documents of the same file, opened through a link for example; the last edited last."""
        return [one for one in self._taken.values() if buffer.file and one[0].file == buffer.file and one[0].uri != buffer.uri]

    def file_changed(self, file: Path, *, gone: bool) -> OpenRepository | None:
        """Take a change on disk; return the repository that it matters to. An open document says more than its file."""
        if file.name in _CONFIGS:
            return self._configured(file)
        if gone:
            opened = [one.file for one in self.buffers if one.file]
            lost = [one for one in self._repositories.values() if one.forget(file, opened)]
            return lost[0] if lost else None
        for repository in self._repositories.values():
            if repository.holds(file):
                if self._buffer_of(file) is None:
                    repository.changed(file)
                return repository
        return None

    def _configured(self, file: Path) -> OpenRepository | None:
        """Open the repository of a changed configuration anew, with its open documents."""
        touched = [root for root in self._repositories if root.is_relative_to(file.parent)]
        for root in touched:
            del self._repositories[root]
        buffers = [one for one in self.buffers if one.file and one.file.is_relative_to(file.parent)]
        for buffer in buffers:
            self._checked.pop(buffer.uri, None)
            self._take(buffer)
        if buffers:
            return self.around(buffers[0].file)
        return self._open_around(file) if touched else None

    def _is_document(self, buffer: Buffer) -> bool:
        if buffer.file is None or buffer.file.suffix in _DOCUMENTS:
            return True
        repository = self.around(buffer.file)
        return buffer.file == (repository.root / repository.repository.config.paths.catalog).resolve()

    # What is known.

    @property
    def buffers(self) -> tuple[Buffer, ...]:
        """Return the open documents."""
        return tuple(self._buffers.values())

    def _buffer_of(self, file: Path) -> Buffer | None:
        return next((one for one in self._buffers.values() if one.file == file), None)

    def opened(self, analysis: Analysis, *, first: str | None = None) -> Buffer | None:
        """Return the open document that an analysis is about: of equal copies of one file the one asked for `first`."""
        found = {one.uri: one for one, known in self._taken.values() if known is analysis}
        return found.get(first or "") or next(reversed(found.values()), None)

    def buffer(self, uri: str) -> Buffer | None:
        """Return an open document."""
        return self._buffers.get(uri)

    @property
    def repositories(self) -> tuple[OpenRepository, ...]:
        """Return the repositories of all documents that were opened."""
        return tuple(self._repositories.values())

    def around(self, file: Path | None) -> OpenRepository:
        """Return the repository around a file; for a document without one, the first that is open, or the working folder's."""
        if file is None:
            return next(iter(self._repositories.values()), None) or self._open_around(self.folder)
        inner = [root for root in self._repositories if file.is_relative_to(root)]
        root = max(inner, key=lambda one: len(one.parts), default=None)
        # A folder in between may have a configuration of its own.
        between = (here for here in file.parents if root and here != root and here.is_relative_to(root))
        if root and not any((here / CONFIG_NAME).is_file() for here in between):
            return self._repositories[root]
        return self._open_around(file)

    def _open_around(self, start: Path) -> OpenRepository:
        made = OpenRepository(start, self._world)
        return self._repositories.setdefault(made.root, made)

    def _take(self, buffer: Buffer) -> Analysis:
        """Take a document in place of its file; of two copies of one file, the one that is edited last is what it says."""
        repository = self.around(buffer.file)
        same = (analysis for copy, analysis in self._copies(buffer) if copy.text == buffer.text)
        analysis = next((one for one in same if one is repository.analysis(buffer)), None) or repository.take(buffer)
        self._taken.pop(buffer.uri, None)
        self._taken[buffer.uri] = buffer, analysis
        if analysis.document.tree and analysis.document.tree.entries:
            self._readable[buffer.uri] = analysis
        return analysis

    def view(self, uri: str) -> View | None:
        """Return a document as it is now; absent when it is not open or not checked."""
        buffer = self._buffers.get(uri)
        if buffer is None:
            return None
        checked = self.quick(buffer)
        corpus = self.around(buffer.file).around(checked.analysis)
        return View(buffer, checked.analysis, corpus, checked.found, self._readable.get(uri, checked.analysis))

    # What is found.

    def quick(self, buffer: Buffer) -> Checked:
        """Return what is found in a document as soon as it changed: its own rules, and what others found before."""
        repository = self.around(buffer.file)
        before = self._checked.get(buffer.uri)
        taken = self._taken.get(buffer.uri)
        is_known = taken is not None and taken[0] is buffer and repository.analysis(buffer) is not None
        analysis = taken[1] if taken and is_known else self._take(buffer)
        if before and before.analysis is analysis:
            return before

        def work(kept: Rules, crashes: list[Crash]) -> Checked:
            corpus = repository.around(analysis)
            if before is None:
                return first(corpus, analysis, kept, crashes=crashes)
            return again(corpus, before, analysis, kept, crashes=crashes)

        made = self._bugs.guarded(work, repository.rules, otherwise=Checked(analysis, ()))
        self._checked[buffer.uri] = made
        return made

    def thorough(self, repository: OpenRepository) -> Iterator[None]:
        """Check all open documents of a repository as the command line does, a slice at a time."""
        buffers = [one for one in self._buffers.values() if self.around(one.file) is repository]
        targets = {one.uri: self.quick(one).analysis for one in buffers}
        found: list[Diagnostic] = []
        for corpus, together in self._together(repository, tuple(targets.values())):
            for step in self._in_slices(corpus, together, repository.rules):
                found += step or ()
                yield None
        for uri, analysis in targets.items():
            if uri in self._checked and self._checked[uri].analysis is analysis:
                source = analysis.document.source
                self._checked[uri] = Checked(analysis, tuple(one for one in found if one.source is source))

    def _together(
        self, repository: OpenRepository, targets: Collection[Analysis]
    ) -> Iterator[tuple[Corpus, tuple[Analysis, ...]]]:
        """Yield the documents that are checked together, each with the corpus in which it stands."""
        apart = [one for one in targets if not repository.counts(one)]
        shared = tuple(one for one in targets if repository.counts(one))
        if shared:
            yield repository.tied, shared
        for one in apart:
            yield repository.around(one, tied=True), (one,)

    def _in_slices(
        self, corpus: Corpus, targets: tuple[Analysis, ...], rules: Rules
    ) -> Iterator[tuple[Diagnostic, ...] | None]:
        crashes: list[Crash] = []
        try:
            yield from thorough(corpus, targets, rules, crashes=crashes)
        except Exception:  # noqa: BLE001 (what stops all rules may be one of them, and the others still have something to say)
            nothing: tuple[Diagnostic, ...] = ()
            yield self._bugs.guarded(
                lambda kept, more: tuple(
                    check(corpus, targets, (*kept.own, *kept.prose, *kept.shared, *kept.unused), crashes=more)
                ),
                rules,
                otherwise=nothing,
            )
        self._bugs.note(crashes)

    def recheck(self, view: View) -> Callable[[str], list[Diagnostic]]:
        """Return what finds the findings of a document with another text: for fixes that are applied until none is left."""
        repository = self.around(view.buffer.file)
        rules, source = repository.rules, view.document.source
        corpus = view.corpus

        def found(text: str) -> list[Diagnostic]:
            new = analyse(source.with_text(text), repository.repository)
            return list(first(corpus, new, rules, crashes=[]).found)

        return found

    def problems(self) -> tuple[Problem, ...]:
        """Return what is wrong with the configurations of the open repositories."""
        return tuple(one.problem for one in self._repositories.values() if one.problem)

    def take_bugs(self) -> tuple[str, ...]:
        """Return what crashed, once."""
        return self._bugs.take()
