"""Run again when something changed: files are looked at several times a second, which works on every file system."""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from coe.cache.state import listed
from coe.cli.console import say, tell
from coe.errors import CoeError
from coe.listing import CONFIG_NAME
from coe.streams import is_read

SECONDS = 0.3
"""Time between two looks; a change counts when it is one look old, so that a file is not read while it is written."""
_LINE = "-" * 40
_READ = (".md", ".markdown", ".toml", ".yaml", ".yml", ".j2")

Marks = dict[str, tuple[int, ...]]


class Watched:
    """What a run read: its folders, and its files one by one."""

    def __init__(self, folders: Iterable[str], files: Iterable[str]) -> None:
        self.folders = list(folders)
        self.files = list(files)

    def marks(self) -> Marks:
        """Return what tells one state of the files and of the folders around them from another."""
        inside = {here for folder in self.folders for here in _folders(folder)}
        return {path: _mark(path) for path in (*self.files, *inside)}

    def listing(self) -> list[str]:
        """Return what tells which files there are."""
        return listed(self.folders)[1]


def watch(run: Callable[[], Watched], *, places: Iterable[Path] = (), sleep: Callable[[float], None] = time.sleep) -> None:
    """Run, and again whenever what the last run read has changed, until the user interrupts or reads no more.

    A run that failed is tried again when anything in `places` changes: in the current folder, when none are given.
    """
    around = [place.absolute() for place in (*places,) or (Path(),)]
    try:
        while True:
            began = time.time_ns()
            watched = _run(run, around)
            before = watched.marks(), watched.listing()
            sys.stdout.flush()
            if not is_read(sys.stdout):
                return
            say(f"{_LINE} watching, Ctrl-C ends")
            free_the_last()
            _wait(watched, began, before, sleep)
    except KeyboardInterrupt:
        return


def free_the_last() -> None:
    """Free what earlier runs left, while nobody waits: each takes what is there by its time out of the search for cycles."""
    gc.unfreeze()
    gc.collect()


def _run(run: Callable[[], Watched], around: list[Path]) -> Watched:
    """Return what a run read; of one that failed nobody knows what was in its way, so all that it may read counts."""
    try:
        return run()
    except CoeError as error:
        tell(error)
    folders = [os.fspath(place if place.is_dir() else place.parent) for place in around]
    inside = (path for top in folders for here in _folders(top) for path in _inputs(here))
    above = (os.fspath(over / name) for place in around for over in place.parents for name in (CONFIG_NAME, "pyproject.toml"))
    return Watched(folders, (*map(os.fspath, around), *inside, *above))


def _inputs(folder: str) -> list[str]:
    """Return the files in a folder that a run may read; none in one that is gone. What runs write, such as a site, is none."""
    try:
        return [os.fspath(file) for file in Path(folder).iterdir() if file.suffix.lower() in _READ]
    except OSError:
        return []


def _wait(watched: Watched, began: int, seen: tuple[Marks, list[str]], sleep: Callable[[float], None]) -> None:
    """Come back when something changed and no more changes."""
    before, listing = seen
    known = time.time_ns()
    if any(began < at <= known for path in watched.files for at in before[path][:2]):
        sleep(SECONDS)  # it changed while the run was under way; a time to come is no sign of that
        return
    while True:
        sleep(SECONDS)
        now = watched.marks()
        if now == before:
            continue
        while True:
            sleep(SECONDS)
            later = watched.marks()
            if later == now:
                break
            now = later
        # An editor that puts a file of its own beside ours has changed the folder, and nothing that is checked.
        files = frozenset(watched.files)
        is_ours = {path for path in files if now.get(path) != before.get(path)} or watched.listing() != listing
        if is_ours:
            return
        before = now


def _folders(folder: str) -> Iterator[str]:
    """Yield a folder and those below it, but for hidden ones."""
    for here, folders, _ in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".") and name != "node_modules"]
        yield here


def _mark(path: str) -> tuple[int, ...]:
    try:
        state = os.stat(path)  # noqa: PTH116 (many, several times a second)
    except OSError:
        return ()
    return state.st_mtime_ns, state.st_ctime_ns, state.st_size, state.st_ino
