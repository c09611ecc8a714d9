"""What concerns all pages, as one name: while it stays the same, a page depends on its own inputs alone."""

from __future__ import annotations

import importlib.metadata
import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from coe import resources
from coe.site.page import Page
from coe.site.store import named
from coe.site.view import Site

_LIBRARIES = (
    "jinja2", "markdown-it-py", "markupsafe", "pydantic", "pyyaml", "markdown", "mkdocs", "mkdocs-material",
    "mkdocs-material-extensions", "pygments", "pymdown-extensions", "zensical",
)  # fmt: skip
_ENVIRONMENT = re.compile(r"!ENV\s+(\[[^\]]*\]|[^\s,\]}]+)")
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Keys:
    """The names of what concerns all pages: `content` for what we make of documents, `frame` for what the engine makes."""

    content: str
    frame: str


def content_key(site: Site) -> str:
    """Return the name of what concerns all that we make: program, templates, configuration, catalog, audience."""
    publication = site.publication
    repository = publication.corpus.repository
    told = (
        sys.version, *_versions(), program(), tree_name(resources.folder("templates")),
        tree_name(site.templates) if site.templates else "",
        repository.config.model_dump_json(), publication.catalog.model_dump_json(),
        repr((site.addresses, site.home, site.name)), repr(getattr(publication, "audience", "")),
    )  # fmt: skip
    return named(*told)


def frame_key(settings: str, files: Iterable[tuple[str, bytes]], titles: Iterable[Page], engine: str) -> str:
    """Return the name of what concerns all that the engine makes: itself, its settings, and the user's files.

    `titles` are our pages that the navigation names: each page may show how they are called.
    """
    told = [sys.version, engine, settings, *_versions(), *_environment(settings)]
    told += [f"{path} {named(data)}" for path, data in sorted(files)]
    told += [f"{page.path} {page.head.partition(chr(10))[0]}" for page in titles]
    return named(*told)


def tree_name(folder: Path) -> str:
    """Return the name of all files below a folder."""
    files = sorted(file for file in folder.rglob("*") if file.is_file() and "__pycache__" not in file.parts)
    return named(*(part for file in files for part in (file.relative_to(folder).as_posix(), file.read_bytes())))


@cache
def program() -> str:
    """Return the name of our own code."""
    return tree_name(Path(resources.__file__).parent)


@cache
def _versions() -> tuple[str, ...]:
    found = []
    for name in _LIBRARIES:
        try:
            found.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            continue
    return tuple(found)


def _environment(settings: str) -> Iterator[str]:
    """Yield the variables that the settings name, with their values."""
    for found in _ENVIRONMENT.finditer(settings):
        for word in _WORD.findall(found[1]):
            yield f"{word}={os.environ.get(word)!r}"
    yield os.environ.get("SOURCE_DATE_EPOCH", "")
