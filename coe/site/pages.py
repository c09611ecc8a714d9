"""Publication → everything the site is made of: pages, those that are made when they are due, files and settings."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from coe import resources
from coe.corpus import Corpus
from coe.errors import CoeError
from coe.model.coe import Coe
from coe.model.organization import Minutes, Program, Tenet
from coe.site.address import HOME, Addresses, page_path
from coe.site.assets import assets
from coe.site.config import (
    HARMLESS,
    OVERRIDES,
    bare_addresses,
    docs_folder,
    for_the_public,
    site_url,
    staged_settings,
    user_settings,
)
from coe.site.kinds import KINDS, coe_pages
from coe.site.library import Library
from coe.site.page import Due, DueFile, File
from coe.site.publication import Publication
from coe.site.view import Site

STAGING = ".coe/site-staging"
HOST_FILES = frozenset({"_headers", "_redirects", "robots.txt", "CNAME"})
"""Files of the user's for the host of a site, which are published to anybody."""
BUILT = f"{STAGING}/built"
THEME = "theme"
"""The folder of templates that holds our files of the theme."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a site is made of.

    `own` are the user's files by path, `theme` those of the theme, ours and theirs. `plugins`, `hooks` and `extensions` of
    Markdown are what the user asks for.
    """

    site: Site
    made: tuple[Due | DueFile | File, ...]
    own: dict[str, Path]
    theme: dict[str, Path]
    settings: str
    plugins: tuple[str, ...]
    hooks: tuple[str, ...]
    extensions: tuple[str, ...] = ()

    @property
    def foreign(self) -> tuple[str, ...]:
        """Return the plugins and hooks of the user of which we do not know what pages they change."""
        return (*(name for name in self.plugins if name not in HARMLESS), *self.hooks)


def content(publication: Publication, *, strict: bool = True, only: frozenset[str] | None = None) -> Content:
    """Return what the site of a repository is made of; with `only`, of the pages that are asked for just those of COEs.

    Errors: `CoeError` when the user's mkdocs.yml, a template or a file cannot be used.
    """
    repository = publication.corpus.repository
    settings, _ = user_settings(repository)
    docs = docs_folder(repository, settings)
    own = _own_files(docs, publication.corpus) if docs else {}
    if not publication.has_own_pages:
        settings = for_the_public(settings)
        written = settings.yaml()
        own = {name: file for name, file in own.items() if name in HOST_FILES or (name in written and not name.endswith(".md"))}
    home = "" if {"index.md", "README.md"} & set(own) else HOME
    own_pages = [name for name in own if name.endswith(".md")]
    places = _places(publication) | {own[name].resolve(): name for name in own_pages}
    title = settings.text("site_name") or repository.config.site.title
    library = Library(repository.root, places, is_public=publication.is_public)
    site = Site(publication, Addresses(bare=bare_addresses(settings)), library, home, title, site_url(settings))
    if only is None:
        made = (*(one for kind in KINDS for one in kind(site)), *assets(site.templates))
    else:
        made = tuple(one for one in coe_pages(site) if one.path in only)
    for one in made:
        if one.path in own:
            raise CoeError(f"{own[one.path]} and a page of ours have the same address", "Give it another name.")
    base = os.path.relpath(repository.root, repository.root / STAGING).replace(os.sep, "/")
    but = "Reviews" if publication.is_public else ""
    text = staged_settings(settings, home=home, pages=own_pages, strict=strict, base=base, title=title, but=but)
    ours = dict(_files_of(resources.folder("templates") / THEME))
    named = settings.text("theme", "custom_dir")
    theirs = dict(_files_of(repository.root / named)) if named else {}
    theme = {f"{OVERRIDES}/{name}": file for name, file in (ours | theirs).items()}
    asked = (settings.names("plugins"), settings.names("hooks"), settings.names("markdown_extensions"))
    return Content(site, made, own, theme, text, *asked)


def _places(publication: Publication) -> dict[Path, str]:
    """Return the page of each published document by its file."""
    found: dict[Path, str] = {}
    folders: dict[Path, Path] = {}
    for analysis in publication.corpus.analyses:
        file, noun = analysis.document.source.file, analysis.noun
        if file is None:
            continue
        if isinstance(noun, Coe) and noun.id in publication.coes:
            found[_resolved(file, folders)] = page_path("coes", noun.id)
        elif isinstance(noun, Tenet):
            found[file.resolve()] = page_path("tenets", noun.id)
        elif isinstance(noun, Program):
            found[file.resolve()] = page_path("programs", noun.id)
        elif isinstance(noun, Minutes):
            found[file.resolve()] = page_path("reviews", noun.week)
    return found


def _resolved(file: Path, folders: dict[Path, Path]) -> Path:
    """Return where a file really is; of many in one folder, that is looked up once."""
    if file.is_symlink():
        return file.resolve()
    folder = file.parent
    if folder not in folders:
        folders[folder] = folder.resolve()
    return folders[folder] / file.name


def _own_files(docs: Path, corpus: Corpus) -> dict[str, Path]:
    """Return the files of the user's docs folder; documents of the corpus never go to the engine as they are.

    A link that leads out of the repository is left out: a pull request must not publish files of the machine it is built on.
    """
    root = corpus.repository.root.resolve()
    documents = {analysis.document.source.file.resolve() for analysis in corpus.analyses if analysis.document.source.file}
    found: dict[str, Path] = {}
    for name, file in _files_of(docs):
        real = file.resolve()
        if real not in documents and real.is_relative_to(root):
            found[name] = file
    return found


def _files_of(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield the files below a folder by path, without hidden ones."""
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(here, name)
            if not name.startswith(".") and file.is_file():
                yield file.relative_to(folder).as_posix(), file


def bytes_of(file: Path) -> bytes:
    """Return the bytes of a file.

    Errors: `CoeError` when the system refuses.
    """
    try:
        return file.read_bytes()
    except OSError as error:
        raise CoeError(f"cannot read {file}: {error.strerror}", "Check its permissions.") from error
