"""The folder of the built site: it is replaced whole, and only when a build wrote it."""

from __future__ import annotations

import errno
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from coe.errors import CoeError

_TAKEN = frozenset({errno.EBUSY, errno.EXDEV})
"""How a system says that a folder is the root of a disk, which cannot be moved."""
MARKER = ".coe-site"
"""An empty file that says: this folder was written by a build and may be replaced by the next one."""
_SECONDS = 0.2


def check_output(output: Path) -> None:
    """Do nothing when a folder may become the site.

    Errors: `CoeError` when it holds files that no build wrote: a build must not delete them.
    """
    if output.is_dir() and any(output.iterdir()) and not (output / MARKER).is_file():
        raise CoeError(f"{output} holds files that no build wrote", "Give another --output, or empty the folder.")
    if output.exists() and not output.is_dir():
        raise CoeError(f"{output} is a file", "Give a folder to --output.")


@contextmanager
def replaced(output: Path) -> Iterator[Path]:
    """Give a new folder that takes the place of another when all went well; else it goes, and the other stays as it was.

    Errors: `CoeError` when the system refuses, or when the old folder holds files that no build wrote.
    """
    check_output(output)
    fresh = output.with_name(f".{output.name}.new")
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir()
        yield fresh
        (fresh / MARKER).touch()
        _swap(fresh, output)
    except OSError as error:
        told = "Check its permissions and the space left."
        if error.errno in _TAKEN and os.path.ismount(output):
            told = f"A disk is mounted there, and a site is replaced whole. Write below it: --output {output / 'site'}"
        raise CoeError(f"cannot write {output}: {error.strerror}", told) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


@contextmanager
def patched(output: Path) -> Iterator[Path]:
    """Give a new folder whose files go into another one by one when all went well; the other stays as it was else.

    It is for a folder that nobody but a server on this machine reads: there, to make and delete ten thousand folders
    would take most of the time.
    """
    fresh = output.with_name(f".{output.name}.new")
    try:
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        yield fresh
        for file in sorted(path for path in fresh.rglob("*") if path.is_file()):
            target = output / file.relative_to(fresh)
            target.parent.mkdir(parents=True, exist_ok=True)
            file.replace(target)
    except OSError as error:
        raise CoeError(f"cannot write {output}: {error.strerror}", "Check its permissions and the space left.") from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _swap(fresh: Path, output: Path) -> None:
    """Put a folder in the place of another, so that a reader meets the old or the new one."""
    old = output.with_name(f".{output.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if output.is_dir():
        output.rename(old)
    try:
        fresh.rename(output)
    except OSError:  # such as a file that somebody holds open on Windows
        if old.is_dir():
            old.rename(output)
        raise
    shutil.rmtree(old, ignore_errors=True)


@contextmanager
def alone(file: Path, *, waits: Callable[[], None]) -> Iterator[None]:
    """Give the word when no other build of a repository is under way; `waits` is called once when one is.

    The system takes the lock back from a process that ends. Where it knows no locks, builds are not kept apart.
    """
    try:
        handle = os.open(file, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o644)
    except OSError:
        yield
        return
    try:
        said = False
        while not _locked(handle):
            if not said:
                waits()
            said = True
            time.sleep(_SECONDS)
        yield
    finally:
        with suppress(OSError):
            os.close(handle)


def _locked(handle: int) -> bool:
    """Say whether the file is ours now, or cannot be locked at all."""
    if sys.platform == "win32":  # folders in use cannot be replaced there, which ends one of two builds
        return True
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True
