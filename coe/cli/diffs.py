"""Changes of files → one diff, which `git apply` and `patch -p1` take in one folder."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from coe.cli.console import say
from coe.cli.given import checkout_of

if TYPE_CHECKING:
    from coe.fix import Fixed


def diff_of(changed: Iterable[Fixed], looked_at: Iterable[str], root: Path, *, new: Mapping[str, str] | None = None) -> str:
    """Return what changes in files of a repository, and new files, as one diff whose paths all begin at one folder.

    That is the working folder where all that was looked at lies in it, as with `git diff --relative`: neither git nor patch
    takes a path that leads out of the folder they are in. Otherwise it is the top of the checkout, as with `git diff`, and it
    is told.
    """
    from coe.fix import added

    start, new = Path.cwd(), new or {}
    folder = _folder([Path(os.path.normpath(start / path)) for path in (*looked_at, *new)], start, root)

    def seen(path: str) -> str:
        return Path(os.path.relpath(os.path.normpath(start / path), folder)).as_posix() if folder else path

    diff = "".join(one.diff(seen(one.before.path)) for one in changed) + "".join(added(seen(path), new[path]) for path in new)
    if diff and folder and folder != start:
        say(f"The paths of the diff begin at {Path(os.path.relpath(folder, start)).as_posix()}: apply it there.")
    return diff


def _folder(files: list[Path], start: Path, root: Path) -> Path | None:
    """Return the first of the folders that people would look in which holds all files; absent between drives of Windows."""
    for folder in (start, checkout_of(start), root):
        if all(file.is_relative_to(folder) for file in files):
            return folder
    try:
        return Path(os.path.commonpath([file.parent for file in files]))
    except ValueError:
        return None
