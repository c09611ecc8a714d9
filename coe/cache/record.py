"""One run that was made: what it read, and what it answered. The same again is answered without it."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from coe.cache.folder import digest, load, save
from coe.cache.state import content, head, listed, mark, presence, tool

PART = "runs"
_VERSION = "1"
_MARKS = ("NO_COLOR", "TERM", "COLUMNS", "LINES", "SOURCE_DATE_EPOCH", "GITHUB_STEP_SUMMARY")
"""What the environment says that a report depends on."""


class Seen(NamedTuple):
    """A file that a run looked into: its content by name, and what tells that it is unchanged without reading it."""

    path: str
    content: str
    mark: str


class Record(NamedTuple):
    """A run: what it depended on, in the order in which it is looked at again, and its answer."""

    since: float
    until: float
    top: str
    history: str
    """The state of the history of the repository at `top`, empty where none was read."""
    folders: dict[str, str]
    presences: dict[str, str]
    files: tuple[Seen, ...]
    status: int
    output: str

    def dumped(self) -> bytes:
        """Return the record as bytes."""
        first = (_VERSION, repr(self.since), repr(self.until), self.top, self.history, str(self.status))
        pairs = (*self.folders.items(), *self.presences.items())
        sizes = (str(len(self.folders)), str(len(self.presences)), str(len(self.files)))
        words = chain(first, sizes, chain.from_iterable(pairs), chain.from_iterable(self.files), (self.output,))
        return "\0".join(words).encode("utf-8", "surrogatepass")

    def holds(self, now: float) -> bool:
        """Say whether everything that the run depended on is as it was."""
        if not self.since <= now < self.until:
            return False
        # What takes no further process comes first: in most runs it is a file that has changed.
        if not all(map(_is_same, self.files)) or any(presence(path) != there for path, there in self.presences.items()):
            return False
        if listed(list(self.folders))[1] != list(self.folders.values()):
            return False
        return not self.history or _history(self.top) == self.history


def parsed(data: bytes) -> Record:
    """Return the record in bytes.

    Errors: `ValueError` for what is none.
    """
    words = data.decode("utf-8", "surrogatepass").split("\0", 9)
    version, since, until, top, history, status, folders, presences, files, rest = words
    if version != _VERSION:
        raise ValueError(version)
    first, second, third = 2 * int(folders), 2 * int(presences), 3 * int(files)
    parts = rest.split("\0", first + second + third)
    if len(parts) != first + second + third + 1:
        raise ValueError("cut off")
    return Record(
        float(since), float(until), top, history,
        _pairs(parts[:first]), _pairs(parts[first : first + second]),
        tuple(map(Seen._make, _grouped(parts[first + second : -1], 3))), int(status), parts[-1],
    )  # fmt: skip


def _grouped(words: Sequence[str], size: int) -> Iterator[tuple[str, ...]]:
    return zip(*(words[at::size] for at in range(size)), strict=True)


def _pairs(words: Sequence[str]) -> dict[str, str]:
    return dict(zip(words[::2], words[1::2], strict=True))


def _is_same(seen: Seen) -> bool:
    return bool(seen.mark and mark(seen.path, float("inf")) == seen.mark) or content(seen.path) == seen.content


def _history(top: str) -> str:
    found = head(top)
    return found[1] if found else "-"


def seen(paths: Iterable[tuple[str, str]], since: float) -> tuple[Seen, ...]:
    """Return files with the content that a run read, and their marks where these are old enough to be believed."""
    return tuple(Seen(path, held, mark(path, since)) for path, held in paths)


def name_of(words: Sequence[str]) -> str:
    """Return the name of the record of a command: of its words, and of all that is told to it but by files."""
    told = (os.environ.get(word, "\n") for word in _MARKS)
    try:
        width = str(os.get_terminal_size(sys.__stdout__.fileno()) if sys.__stdout__ else "")
    except (OSError, ValueError):
        width = ""
    places = (os.path.realpath(word) for word in words[1:] if not word.startswith("-"))
    here = (os.getcwd(), str(sys.stdout.isatty()), width, sys.version, sys.prefix, os.environ.get("PYTHONPATH", ""), tool())
    return digest("\0".join((*words, "\n", *places, "\n", *told, *here)).encode("utf-8", "surrogateescape")).hex()


def recall(name: str) -> Record | None:
    """Return the record of that name when it still holds."""
    data = load(PART, name)
    if data is None:
        return None
    now = time.time()
    try:
        record = parsed(data)
    except (ValueError, UnicodeDecodeError):
        return None
    if not record.holds(now):
        return None
    if any(not one.mark and one.content not in ("-", "d") for one in record.files):
        again = record._replace(files=seen(((one.path, one.content) for one in record.files), now))
        if again != record:
            save(PART, name, again.dumped())
    return record
