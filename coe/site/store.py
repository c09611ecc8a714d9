"""What the last build made, kept for the next: finished files by their content, and which of them still hold.

Nothing that is kept is believed for being there. The index and every file carry a sum; what does not fit is made again.
A file is linked into the new site first and judged there, so that nobody can take or change it in between.
"""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from coe.site.disk import Folders, bytes_at, files_below, is_again, link, write_new
from coe.site.frame import Spans

_VERSION = "coekit site store 2"
_INDEX = "index"


def named(*parts: bytes | str) -> str:
    """Return the name of some content."""
    sum_ = hashlib.blake2b(digest_size=20)
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        sum_.update(b"%d:" % len(data))
        sum_.update(data)
    return sum_.hexdigest()


def packed(data: bytes) -> bytes:
    """Return data small and with its sum, as `unpacked` takes it."""
    small = zlib.compress(data, 1)
    return hashlib.blake2b(small, digest_size=32).digest() + small


def unpacked(data: bytes) -> bytes | None:
    """Return what was packed; absent when a byte of it was changed."""
    if hashlib.blake2b(data[32:], digest_size=32).digest() != data[:32]:
        return None
    try:
        return zlib.decompress(data[32:])
    except zlib.error:
        return None


class Kept(NamedTuple):
    """One finished page: its content by name, where its blocks stand in it, and what it was made of.

    `frame` names what the engine was given, `shape` the stencil for it where there may be one. `inputs` and `asked` are there
    for a page that is made when it is due: what named its own documents, its questions, and `answers` as one name.
    """

    content: str
    spans: Spans
    frame: str
    inputs: str = ""
    asked: tuple[tuple[str, ...], ...] = ()
    answers: str = ""
    shape: str = ""


@dataclass
class Index:
    """What is kept: pages by path, and the files that the engine makes for all pages, by path and content."""

    pages: dict[str, Kept] = field(default_factory=dict)
    shared: dict[str, str] = field(default_factory=dict)
    shared_of: str = ""
    """The name of what the shared files were made of."""
    stencils: dict[str, str] = field(default_factory=dict)
    """The content of each stencil by its shape; nothing where the pages of a shape have none."""


class Store:
    """A folder of finished files and its index."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._used: set[str] = set()
        self._folders = Folders()

    @cached_property
    def index(self) -> Index:
        """Return what is kept; nobody reads it who makes everything anew."""
        return _read(self._folder / _INDEX)

    def link(self, content: str, target: Path) -> bytes | None:
        """Put a kept file at a place and return its bytes; absent, and nothing there, when it is gone or not what it was."""
        source, place = str(self._place(content)), str(target)
        self._folders.make_room(place)
        try:
            link(source, place)
            data = bytes_at(place)
        except OSError:
            data = None
        if data is not None and named(data) == content:
            self._used.add(content)
            return data
        for wrong in (place, source):
            with suppress(OSError):
                Path(wrong).unlink()
        return None

    def put(self, data: bytes, target: Path) -> str:
        """Write a new file at a place, keep it, and return the name of its content."""
        content = named(data)
        source = self._place(content)
        if content in self._used and self.link(content, target) is not None:
            return content
        self.write(data, target)
        self._keep(content, target, source)
        return content

    def write(self, data: bytes, target: Path, *, before: Path | None = None) -> None:
        """Make a file that is not kept, in the place of what stood there: that may be a second name of something kept.

        `before` is where it may stand already.
        """
        place = str(target)
        self._folders.make_room(place)
        if before is None or not is_again(str(before), place, data):
            write_new(place, data)

    def keep(self, data: bytes) -> str:
        """Keep what stands nowhere on the site, and return the name of its content."""
        content = named(data)
        source = self._place(content)
        beside = source.with_name(f".{content}.{os.getpid()}")
        with suppress(OSError):
            source.parent.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(data)
            beside.replace(source)
        return content

    def read(self, content: str) -> bytes | None:
        """Return what was kept; absent when it is gone or not what it was."""
        try:
            data = self._place(content).read_bytes()
        except OSError:
            return None
        return data if named(data) == content else None

    def _keep(self, content: str, target: Path, source: Path) -> None:
        """Keep a file; where the system does not allow it, the next build makes it again."""
        beside = source.with_name(f".{content}.{os.getpid()}")
        with suppress(OSError):
            source.parent.mkdir(parents=True, exist_ok=True)
            beside.unlink(missing_ok=True)
            link(str(target), str(beside))
            beside.replace(source)
            self._used.add(content)

    def save(self, index: Index) -> None:
        """Make an index the one that the next build finds, and delete what it does not name."""
        self.index = index
        wanted = {one.content for one in index.pages.values()} | set(index.shared.values()) | set(index.stencils.values())
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            beside = self._folder / f".{_INDEX}.{os.getpid()}"
            beside.write_bytes(packed(_dumped(index)))
            beside.replace(self._folder / _INDEX)
        with suppress(OSError):
            for file in files_below(str(self._folder / "files")):
                if file.name not in wanted:
                    Path(file.path).unlink(missing_ok=True)

    def _place(self, content: str) -> Path:
        return self._folder / "files" / content[:2] / content


def _dumped(index: Index) -> bytes:
    pages = {path: [*one] for path, one in index.pages.items()}
    shared = {"shared": index.shared, "shared_of": index.shared_of, "stencils": index.stencils}
    data = {"version": _VERSION, "pages": pages, **shared}
    return json.dumps(data, separators=(",", ":")).encode("utf-8")


def _read(file: Path) -> Index:
    """Return the index in a file; an empty one when there is none, or any doubt about it."""
    try:
        raw = unpacked(file.read_bytes())
        data: Mapping[str, Any] = json.loads(raw or b"{}")
        if data.get("version") != _VERSION:
            return Index()
        pages = {path: _kept(row) for path, row in data["pages"].items()}
        return Index(pages, dict(data["shared"]), str(data["shared_of"]), dict(data["stencils"]))
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return Index()


def _kept(row: list[Any]) -> Kept:
    content, spans, frame, inputs, asked, answers, shape = row
    return Kept(content, tuple(map(tuple, spans)), frame, inputs, tuple(map(tuple, asked)), answers, shape)
