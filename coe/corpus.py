"""Many analyses → Corpus: everything one repository holds, and what refers to what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain
from pathlib import Path as File
from typing import NamedTuple

from coe.config import Repository
from coe.diagnostic import Path
from coe.listing import Listing
from coe.model.coe import Coe
from coe.model.naming import Target, named_in
from coe.model.organization import Catalog, Minutes, Program, Tenet
from coe.model.remembered import Remembered
from coe.model.validate import Analysis, Kind, validate
from coe.parse.document import Document, parse, parse_data
from coe.read import OnDisk, Source, markdown_files, shown_path

_COE_KEYS = frozenset({"severity", "impact", "five_whys", "root_causes", "owner_team"})


class Reference(NamedTuple):
    """That the value at `path` of a document names another thing by its id."""

    analysis: Analysis
    path: Path
    target: Target
    id: str


class Author(NamedTuple):
    """Somebody in the history of a repository; a handle stands without `@`, what is not known is empty."""

    name: str
    email: str = ""
    handle: str = ""


@dataclass(frozen=True)
class Corpus:
    """All documents of one repository."""

    repository: Repository
    analyses: tuple[Analysis, ...]
    as_of: dt.date | None = None
    """The day on which the corpus is looked at, absent where nothing depends on it."""
    base: Mapping[File, Analysis] | None = None
    """What files said before the change that is judged: those that differ, by the place they have now."""
    authors: tuple[Author, ...] = ()
    """Who is in the history, for the linter only: none where it was not read."""

    def before(self, analysis: Analysis) -> Analysis | None:
        """Return what a document was before the change: that of its id, else that of its file; absent when it is the same
        or new, and where no change is judged."""
        if not self.base:
            return None
        name, file = getattr(analysis.noun, "id", None), analysis.document.source.file
        same_id = self._base_by_id.get((analysis.kind, name)) if name else None
        return same_id or (self.base.get(file) if file else None)

    @cached_property
    def _base_by_id(self) -> dict[tuple[str, str], Analysis]:
        found = ((one.kind, getattr(one.noun, "id", None), one) for one in (self.base or {}).values())
        return {(kind, name): one for kind, name, one in found if name}

    @cached_property
    def coes(self) -> dict[str, Analysis]:
        """Return the COEs that can be typed, by id, the newest event first."""
        found = [(noun.id, analysis) for analysis in self.analyses if isinstance(noun := analysis.noun, Coe)]
        return dict(sorted(found, key=lambda pair: pair[0], reverse=True))

    @cached_property
    def tenets(self) -> dict[str, Tenet]:
        """Return the tenets by id."""
        return {noun.id: noun for analysis in self.analyses if isinstance(noun := analysis.noun, Tenet)}

    @cached_property
    def programs(self) -> dict[str, Program]:
        """Return the programs by id."""
        return {noun.id: noun for analysis in self.analyses if isinstance(noun := analysis.noun, Program)}

    @cached_property
    def minutes(self) -> dict[str, Minutes]:
        """Return the minutes by week, the newest first."""
        found = [noun for analysis in self.analyses if isinstance(noun := analysis.noun, Minutes)]
        return {noun.week: noun for noun in sorted(found, key=lambda minutes: minutes.week, reverse=True)}

    @cached_property
    def catalog(self) -> Catalog | None:
        """Return the catalog, absent when the repository has none or it cannot be typed."""
        return next((noun for analysis in self.analyses if isinstance(noun := analysis.noun, Catalog)), None)

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """Return all references from one document to another thing."""
        return tuple(chain.from_iterable(map(references_of, self.analyses)))

    @cached_property
    def references_to(self) -> dict[Target, list[Reference]]:
        """Return the references by the kind of thing that they lead to."""
        found: dict[Target, list[Reference]] = {}
        for reference in self.references:
            found.setdefault(reference.target, []).append(reference)
        return found

    def known(self, target: Target) -> frozenset[str] | None:
        """Return the ids of one kind of thing; absent when nothing can be said, for want of a catalog."""
        if target == "coe":
            return frozenset(self.coes) | frozenset(_stems(self.analyses, "coe"))
        if target == "tenet":
            return frozenset(self.tenets) | frozenset(_stems(self.analyses, "tenet"))
        if target == "program":
            return frozenset(self.programs) | frozenset(_stems(self.analyses, "program"))
        if self.catalog is None:
            return None
        if target == "service":
            return frozenset(noun.id for noun in self.catalog.services)
        return frozenset(noun.id for noun in (self.catalog.teams if target == "team" else self.catalog.roles))


def _stems(analyses: Iterable[Analysis], kind: Kind) -> Iterator[str]:
    """Yield the ids of documents that exist but cannot be typed: their own flaws are enough to report."""
    return (
        File(analysis.document.source.path).stem for analysis in analyses if analysis.kind == kind and analysis.noun is None
    )


def references_of(analysis: Analysis) -> Iterable[Reference]:
    """Return what a document refers to by its id."""
    if isinstance(analysis, Remembered):
        new = tuple.__new__  # makes a named tuple without the Python function that its class would call
        return [new(Reference, (analysis, *held)) for held in analysis.references]
    return (Reference(analysis, *one) for one in named_in(analysis.noun))


def kind_of(file: File | None, repository: Repository, document: Document) -> Kind:
    """Return what a document is: by its folder, and outside the folders by the fields it has."""
    if file is not None:
        if file == catalog_file(repository):
            return "catalog"
        kind = _kind_below(file.parent, *repository_folders(repository))
        if kind and file.stem.lower() not in ("readme", "index"):
            return kind
    keys = {entry.key.value for entry in document.tree.entries} if document.tree else set()
    if "week" in keys and ("reviewed" in keys or "decisions" in keys):
        return "minutes"
    return "coe" if len(keys & _COE_KEYS) >= 2 else "page"


@lru_cache(1024)
def _kind_below(folder: File, *homes: File) -> Kind | None:
    """Return what the documents of a folder are: thousands of files stand in a few."""
    kinds: tuple[Kind, ...] = ("coe", "tenet", "program", "minutes")
    above = (folder, *folder.parents)
    return next((kind for home, kind in zip(homes, kinds, strict=True) if home in above), None)


def analyse(source: Source, repository: Repository) -> Analysis:
    """Return one source parsed and validated as what it is."""
    return analyse_document(document_of(source, repository), repository)


def document_of(source: Source, repository: Repository) -> Document:
    """Return one source parsed as what it is: the catalog is all fields, everything else may have some."""
    is_data = source.file is not None and source.file == catalog_file(repository)
    return parse_data(source) if is_data else parse(source)


def analyse_document(document: Document, repository: Repository) -> Analysis:
    """Return a parsed document validated as what it is."""
    return validate(document, kind_of(document.source.file, repository, document))


def catalog_file(repository: Repository) -> File:
    """Return the file of the catalog, whether it is there or not."""
    return _resolved(repository.root, repository.config.paths.catalog)


def repository_folders(repository: Repository) -> list[File]:
    """Return the folders of the COEs, tenets, programs and minutes, whether they are there or not."""
    paths = repository.config.paths
    return [_resolved(repository.root, folder) for folder in (paths.coes, paths.tenets, paths.programs, paths.reviews)]


@lru_cache(64)
def _resolved(root: File, path: str) -> File:
    return (root / path).resolve()


def repository_files(repository: Repository, listing: Listing | None = None) -> list[File]:
    """Return the files of a repository that a corpus is made of, sorted."""
    listing = listing or Listing()
    found: dict[File, None] = {}
    for root in repository_folders(repository):
        if root.is_dir():
            found.update(dict.fromkeys(markdown_files(root, listing)))
    catalog = catalog_file(repository)
    if catalog.is_file():
        found[catalog] = None
    return list(found)


def sources_of(
    repository: Repository, start: File, more: Iterable[Source] = (), *, listing: Listing | None = None
) -> list[Source]:
    """Return the sources of a repository; `more` are some to add, or to take in place of the file they name."""
    given = {source.file or File(source.path): source for source in more}
    files = dict.fromkeys([*repository_files(repository, listing), *given])
    return [given.get(file) or OnDisk(shown_path(file, start), file) for file in files]


def collect(repository: Repository, start: File, more: Iterable[Source] = (), *, as_of: dt.date | None = None) -> Corpus:
    """Return the corpus of a repository; `more` are sources to add, or to take in place of the file they name.

    Errors: `CoeError` when a file cannot be read.
    """
    return Corpus(repository, tuple(analyse(source, repository) for source in sources_of(repository, start, more)), as_of)
