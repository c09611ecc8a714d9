"""The paths that a command is given → the repository that they belong to, and what of it they stand for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from coe.errors import CoeError
from coe.listing import CONFIG_NAME

if TYPE_CHECKING:
    from coe.config import Repository


def repository_of(paths: Sequence[Path]) -> Repository:
    """Return the repository around some paths; one with a configuration before one that has none.

    Errors: `CoeError` for a path that does not exist, for paths of two configurations, and for one that is not valid.
    """
    from coe.config import find

    folders: dict[Path, Path] = {}
    for path in paths or [Path()]:
        if not path.exists():
            raise CoeError(f"{path} does not exist", "Give a Markdown file or a folder that holds some.")
        folder = path.resolve()
        folders.setdefault(folder if folder.is_dir() else folder.parent, path)
    found = {folder: find(folder) for folder in folders}
    configured = {one.file: (folders[folder], one) for folder, one in found.items() if one.file}
    if len(configured) > 1:
        (first, one), (second, other) = list(configured.values())[:2]
        raise CoeError(
            f"{first} and {second} belong to two repositories, of {one.file} and of {other.file}",
            "Check them one after the other.",
        )
    return next((one for _, one in configured.values()), None) or next(iter(found.values()))


def nearest(file: Path) -> Path:
    """Return the folder that a file was in, or the nearest above it that is still there."""
    return next(folder for folder in file.parents if folder.is_dir())


def checkout_of(folder: Path) -> Path:
    """Return the top of the git checkout around a folder, or the folder itself."""
    return next((one for one in (folder, *folder.parents) if (one / ".git").exists()), folder)


def meant(paths: Sequence[Path], repository: Repository) -> list[Path]:
    """Return the files and folders that some paths stand for: the whole repository for its configuration and its catalog.

    A hook hands over what a commit changes, and either of the two can change what is found anywhere. Files of these names
    that belong to no repository stand for nothing: they are no documents.
    """
    from coe.corpus import catalog_file

    catalog = catalog_file(repository)
    settings = {CONFIG_NAME, "pyproject.toml", catalog.name}
    kept = [path for path in paths if path.is_dir() or path.name not in settings]
    is_whole = not paths or any(path.resolve() in (repository.file, catalog) for path in paths if path not in kept)
    return [repository.root, *kept] if is_whole else kept
