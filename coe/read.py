"""path → Source: the bytes of a file as text, with what is needed to write it back unchanged."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from coe.diagnostic import Flaw
from coe.errors import CoeError
from coe.listing import Listing
from coe.text import Lines, Span

MAX_BYTES = 2_000_000
"""A document larger than this is not parsed: a pull request must not be able to stall a check."""

BOM = "\ufeff"


@dataclass(frozen=True)
class Source:
    """The decoded text of one file (without its byte order mark) under the path that people see."""

    path: str
    text: str
    file: Path | None = None
    bom: bool = False
    flaws: tuple[Flaw, ...] = field(default=(), repr=False)

    @cached_property
    def lines(self) -> Lines:
        """Return the line index of the text."""
        return Lines(self.text)

    @cached_property
    def digest(self) -> str | None:
        """Return a name for the bytes that were read, absent where the text is not all of them."""
        if self.flaws:
            return None
        data = (BOM if self.bom else "") + self.text
        return _name(data.encode("utf-8", "surrogatepass"))

    def with_text(self, text: str) -> Source:
        """Return the source that the same file has with another text."""
        return Source(self.path, text, self.file, self.bom, self.flaws)

    def anew(self) -> Source:
        """Return the source of what is there by now: the same, for a text that is given."""
        return self

    def let_go(self) -> None:
        """Forget what can be had again at little cost."""
        vars(self).pop("lines", None)

    @property
    def newline(self) -> str:
        """Return the line break that the text uses first, `\\n` when it has none."""
        end = self.text.find("\n")
        return "\r\n" if end > 0 and self.text[end - 1] == "\r" else "\n"


class OnDisk(Source):
    """The source of a file that is read when something asks for its text, and again after that was let go.

    Thousands of documents are checked one after the other: their texts need not be in memory at the same time. What is read
    again must be what was read first: findings, and what may be published, are about that.
    """

    def __init__(self, path: str, file: Path) -> None:
        self.__dict__.update(path=path, file=file)

    def _read(self) -> None:
        data = _bytes(self.file or Path(self.path), self.path)
        if self.__dict__.setdefault("digest", name := _name(data)) not in (name, None):
            raise CoeError(f"{self.path} was changed while it was looked at", "Run the command again.")
        held = decode(self.path, data, file=self.file)
        self.__dict__.update(text=held.text, bom=held.bom, flaws=held.flaws)

    @cached_property
    def text(self) -> str:
        """Return the text.

        Errors: `CoeError` when the system refuses to read it, or it is not what was read first.
        """
        self._read()
        text: str = self.__dict__["text"]
        return text

    @cached_property
    def bom(self) -> bool:
        """Return whether a byte order mark stands before the text."""
        self._read()
        return bool(self.__dict__["bom"])

    @cached_property
    def flaws(self) -> tuple[Flaw, ...]:
        """Return what is wrong with the bytes."""
        self._read()
        flaws: tuple[Flaw, ...] = self.__dict__["flaws"]
        return flaws

    @cached_property
    def digest(self) -> str | None:
        """Return a name for the bytes that were read first."""
        self._read()
        return str(self.__dict__["digest"])

    def anew(self) -> Source:
        """Return the source of what the file holds by now."""
        return OnDisk(self.path, self.file) if self.file else self

    def let_go(self) -> None:
        """Forget the text, but not its digest."""
        for name in ("text", "bom", "flaws", "lines"):
            vars(self).pop(name, None)


def decode(path: str, data: bytes, *, file: Path | None = None) -> Source:
    """Return the source of some bytes; bytes that are no UTF-8 become a flaw, never an exception."""
    if len(data) > MAX_BYTES:
        message = f"the file has {len(data):,} bytes; more than {MAX_BYTES:,} are not read"
        return Source(path, "", file, flaws=(Flaw("unreadable", Span(0, 0), message, "Move logs and data out."),))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        text = data.decode("utf-8", errors="replace")
        at = len(data[: error.start].decode("utf-8"))
        found = f"byte 0x{data[error.start]:02x} is not valid UTF-8"
        flaw = Flaw("unreadable", Span(at, at + 1), found, "Save the file as UTF-8.")
        return Source(path, text.removeprefix(BOM), file, text.startswith(BOM), (flaw,))
    return Source(path, text.removeprefix(BOM), file, text.startswith(BOM))


def read(file: Path, *, shown: str | None = None) -> Source:
    """Return the source of a file.

    Errors: `CoeError` when the system refuses to read it.
    """
    return decode(shown or str(file), _bytes(file, shown or str(file)), file=file)


def _bytes(file: Path, shown: str) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise CoeError(f"cannot read {shown}: {error.strerror}", "Check the path and its permissions.") from error


def _name(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=20).hexdigest()


def shown_path(file: Path, start: Path) -> str:
    """Return a file's path as people see it: relative to `start` where that is shorter, `/` as separator."""
    folder, name = os.path.split(file.absolute())
    above = _shown_folder(folder, start)
    return name if above == "." else f"{above.rstrip('/')}/{name}"


@lru_cache(1024)
def _shown_folder(folder: str, start: Path) -> str:
    """Return how a folder is shown: thousands of files stand in a few."""
    try:
        relative = os.path.relpath(folder, start)
    except ValueError:  # another drive on Windows
        return Path(folder).as_posix()
    return Path(folder).as_posix() if relative.startswith(f"..{os.sep}..") else Path(relative).as_posix()


def markdown_files(folder: Path, listing: Listing | None = None) -> Iterator[Path]:
    """Yield the Markdown files below a folder, sorted; what git ignores is left out where git is there.

    Links that lead nowhere, pipes and the like are no files.
    """
    return map(Path, (listing or Listing()).files(os.fspath(folder)))


def expand(paths: Iterable[Path], listing: Listing | None = None) -> list[Path]:
    """Return the files that paths stand for: a file is itself, a folder its Markdown files; no file twice.

    Errors: `CoeError` for a path that does not exist.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            files = markdown_files(path.resolve(), listing)
            found.update(dict.fromkeys(file.resolve() if file.is_symlink() else file for file in files))
        elif path.exists():
            found[path.resolve()] = None
        else:
            raise CoeError(f"{path} does not exist", "Give a Markdown file or a folder that holds some.")
    return list(found)
