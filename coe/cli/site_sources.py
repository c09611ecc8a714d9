"""What a site is made of: the files and folders that a build which follows each save looks at."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from coe.errors import CoeError

if TYPE_CHECKING:
    from coe.cli.watch import Watched
    from coe.config import Repository


def watched(repository: Repository) -> Watched:
    """Return what the site is made of, as far as it is there."""
    from coe.cli.watch import Watched

    folders: list[str] = []
    files: list[str] = []
    for path in sources_of_site(repository):
        (folders if path.is_dir() else files).append(str(path))
    inside = (f"{here}{os.sep}{name}" for folder in folders for here, _, names in os.walk(folder) for name in names)
    return Watched(folders, [*files, *inside])


def sources_of_site(repository: Repository) -> Iterator[Path]:
    """Yield the files and folders that the site is made of."""
    from coe.parse.settings import read_settings
    from coe.site.config import NAMES, docs_folder, user_settings

    paths, site = repository.config.paths, repository.config.site
    folders = (paths.coes, paths.tenets, paths.programs, paths.reviews)
    try:
        settings, _ = user_settings(repository)
        docs = docs_folder(repository, settings)
    except CoeError:  # the build says it; the file is looked at until it can be read again
        settings, docs = read_settings(None), None
    further = (site.templates, settings.text("theme", "custom_dir"))
    for name in (*folders, *(name for name in further if name)):
        if (repository.root / name).is_dir():
            yield repository.root / name
    yield from (repository.root / name for name in (paths.catalog, "coe.toml", "pyproject.toml", *NAMES))
    if docs:
        yield docs
