"""Corpus → everything the site is made of: pages, copied files and the engine's settings, as bytes by path."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from coe.corpus import Corpus
from coe.errors import CoeError
from coe.model.coe import Coe
from coe.model.organization import Minutes, Program, Tenet
from coe.site.address import HOME, Addresses, page_path
from coe.site.assets import assets
from coe.site.config import bare_addresses, docs_folder, for_the_public, site_url, staged_settings, user_settings
from coe.site.kinds import KINDS
from coe.site.narrative import Narrator
from coe.site.page import File, Page
from coe.site.publication import Publication
from coe.site.view import Site

STAGING = ".coe/site-staging"
HOST_FILES = frozenset({"_headers", "_redirects", "robots.txt", "CNAME"})
"""Files of the user's for the host of a site, which are published to anybody."""


@dataclass(frozen=True, slots=True)
class Content:
    """What is to be staged: all files by path, and what of them are pages."""

    files: dict[str, bytes]
    pages: tuple[Page, ...]
    coes: int
    site: Site


def content(publication: Publication, *, strict: bool = True) -> Content:
    """Return what the site of a repository is made of.

    Errors: `CoeError` when the user's mkdocs.yml, a template or a file that is to be copied cannot be used.
    """
    repository = publication.corpus.repository
    settings, _ = user_settings(repository)
    docs = docs_folder(repository, settings)
    own = _own_files(docs, publication.corpus) if docs else {}
    if not publication.has_own_pages:
        settings = for_the_public(settings)
        written = settings.yaml()
        own = {name: file for name, file in own.items() if name in HOST_FILES or (name in written and not name.endswith(".md"))}
    home = page_path("coes") if {"index.md", "README.md"} & set(own) else HOME
    addresses = Addresses(bare=bare_addresses(settings))
    own_pages = [name for name in own if name.endswith(".md")]
    places = _places(publication) | {own[name].resolve(): name for name in own_pages}
    narrator = Narrator(repository.root, addresses, places, is_public=publication.is_public)
    title = settings.text("site_name") or repository.config.site.title
    site = Site(publication, addresses, narrator, home, title, site_url(settings))
    made_of = [one for kind in KINDS for one in kind(site)]
    pages = tuple(one for one in made_of if isinstance(one, Page))
    made = {page.path for page in pages}
    for name in own:
        if name in made:
            raise CoeError(f"{own[name]} and a page of ours have the same address", "Give it another name.")
    files = {f"docs/{name}": _bytes(file) for name, file in own.items()}
    files |= {f"docs/{name}": narrator.bytes_of(file) for name, file in narrator.attached.items()}
    files |= {f"docs/{page.path}": page.text.encode("utf-8") for page in pages}
    files |= {f"docs/{file.path}": file.data for file in (*made_of, *assets(site.templates)) if isinstance(file, File)}
    base = os.path.relpath(repository.root, repository.root / STAGING).replace(os.sep, "/")
    text = staged_settings(settings, home=home, pages=own_pages, strict=strict, base=base, title=title)
    files["mkdocs.yml"] = text.encode("utf-8")
    return Content(files, pages, len(publication.coes), site)


def _places(publication: Publication) -> dict[Path, str]:
    """Return the page of each published document by its file."""
    found: dict[Path, str] = {}
    for analysis in publication.corpus.analyses:
        file, noun = analysis.document.source.file, analysis.noun
        if file is None:
            continue
        if isinstance(noun, Coe) and noun.id in publication.coes:
            found[file.resolve()] = page_path("coes", noun.id)
        elif isinstance(noun, Tenet):
            found[file.resolve()] = page_path("tenets", noun.id)
        elif isinstance(noun, Program):
            found[file.resolve()] = page_path("programs", noun.id)
        elif isinstance(noun, Minutes):
            found[file.resolve()] = page_path("reviews", noun.week)
    return found


def _own_files(docs: Path, corpus: Corpus) -> dict[str, Path]:
    """Return the files of the user's docs folder; documents of the corpus never go to the engine as they are.

    A link that leads out of the repository is left out: a pull request must not publish files of the machine it is built on.
    """
    root = corpus.repository.root.resolve()
    documents = {analysis.document.source.file.resolve() for analysis in corpus.analyses if analysis.document.source.file}
    found: dict[str, Path] = {}
    for here, folders, names in os.walk(docs):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(here, name)
            real = file.resolve()
            if not name.startswith(".") and file.is_file() and real not in documents and real.is_relative_to(root):
                found[file.relative_to(docs).as_posix()] = file
    return found


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise CoeError(f"cannot read {file}: {error.strerror}", "Check its permissions.") from error
