"""Pages → files in the staging folder: a file is written only when its bytes change, and what is left over goes away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from coe.errors import CoeError


@dataclass(frozen=True, slots=True)
class Staged:
    """What staging did: how many files were written, and how many removed."""

    written: int
    removed: int


def stage(folder: Path, files: Mapping[str, bytes]) -> Staged:
    """Return what it took to make a folder hold exactly these files, by path below it.

    Errors: `CoeError` when the system refuses to read or write one.
    """
    for place in (folder, folder.parent):
        if place.is_symlink():  # what it leads to would be taken for what is left over
            raise CoeError(f"{place} is a link", "Delete it; the build makes a folder of that name.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        there = {path for path in folder.rglob("*") if not path.is_dir() or path.is_symlink()}
        wanted = {folder / name: data for name, data in files.items()}
        stale = there - set(wanted)
        for path in stale:
            path.unlink()
        written = 0
        for path, data in wanted.items():
            if path.is_symlink():  # the file that it names is not ours
                path.unlink()
            elif path in there and path.read_bytes() == data:
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)  # half a file, where a run was killed, is found and written again
            written += 1
        _drop_empty(folder)
    except OSError as error:
        raise CoeError(f"cannot stage {error.filename or folder}: {error.strerror}", "Check its permissions.") from error
    return Staged(written, len(stale))


def _drop_empty(folder: Path) -> None:
    for path in sorted((path for path in folder.rglob("*") if path.is_dir() and not path.is_symlink()), reverse=True):
        if not any(path.iterdir()):
            path.rmdir()
