"""Files and folders of which a site has tens of thousands, by plain paths: pathlib alone takes a second for them."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import suppress


class Folders:
    """The folders that files are put into; each is made once."""

    def __init__(self) -> None:
        self._made: set[str] = set()

    def make_room(self, file: str) -> None:
        """Make the folder of a file."""
        folder = os.path.dirname(file)
        if folder not in self._made:
            os.makedirs(folder, exist_ok=True)
            self._made.add(folder)


def link(source: str, target: str) -> None:
    """Make a file stand at a second place, as a link where the file system has such, else as a copy."""
    try:
        os.link(source, target)
    except OSError:
        if not os.path.isfile(source) or os.path.lexists(target):
            raise
        shutil.copyfile(source, target)


def bytes_at(file: str) -> bytes:
    """Return the bytes of a file."""
    with open(file, "rb", buffering=0) as opened:
        return opened.read()


def is_again(source: str, target: str, data: bytes) -> bool:
    """Say whether a file with these bytes stood at a place: then it stands at the second one as well.

    It is linked first and judged there. To make an inode takes longer, most of all where many were just deleted.
    """
    try:
        there = os.lstat(source)
        if not stat.S_ISREG(there.st_mode) or there.st_size != len(data):
            return False
        os.link(source, target)
    except OSError:
        return False
    with suppress(OSError):
        if bytes_at(target) == data:
            return True
    os.unlink(target)
    return False


def write_new(file: str, data: bytes) -> None:
    """Write a file in the place of what stood there, which may be a second name of another file."""
    if os.path.lexists(file):
        os.unlink(file)
    with open(file, "xb") as opened:
        opened.write(data)


def files_below(folder: str) -> Iterator[os.DirEntry[str]]:
    """Yield the files below a folder, at any depth, in no order."""
    waiting = [folder]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                elif entry.is_file():
                    yield entry
