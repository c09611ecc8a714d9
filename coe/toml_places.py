"""Text of a TOML file → the line of each of its keys, which the reader of the standard library does not tell."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from typing import TypeAlias

Path: TypeAlias = tuple[str | int, ...]
"""Keys from the top of the file, numbers in arrays, such as `("lint", "per-file", 0, "path")`."""

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY = re.compile(r'[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'')
_DOT = re.compile(r"[ \t]*\.[ \t]*")
# Up to two quotation marks may stand right before the three that close a text.
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'',
    re.DOTALL,
)
_PLAIN = re.compile(r"[^,\]}#\n]*")


def places(text: str) -> dict[Path, int]:
    """Return the line, from 1, of each table, key and item of an array.

    The text is one that `tomllib` reads; of any other the places up to what it cannot read come back.
    """
    reader = _Reader(text)
    with suppress(_Lost, tomllib.TOMLDecodeError, RecursionError):
        reader.document()
    return reader.found


def line_of(found: Mapping[Path, int], path: Path) -> int:
    """Return the line of a path, or of the nearest table around it that is written down; else the first line."""
    return next((found[path[:size]] for size in range(len(path), 0, -1) if path[:size] in found), 1)


class _Lost(Exception):  # noqa: N818 (no error: it ends the search)
    """The text is no TOML from here on."""


class _Reader:
    """Walks over a text and notes where each key stands."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.found: dict[Path, int] = {}
        self._arrays: dict[Path, int] = {}
        self._line, self._counted = 1, 0

    def document(self) -> None:
        """Read tables and keys up to the end."""
        table: Path = ()
        self._take(_BLANK)
        while self.at < len(self.text):
            if self.text.startswith("[", self.at):
                table = self._header()
            else:
                self._pair(table)
            self._take(_BLANK)

    def _header(self) -> Path:
        """Read `[table]` or `[[array of tables]]`, and return the path of what follows."""
        many = self.text.startswith("[[", self.at)
        self.at += 1 + many
        self._take(_BLANK)
        path: Path = ()
        keys = self._keys()
        for index, (key, line) in enumerate(keys):
            path = (*path, key)
            self.found.setdefault(path, line)
            if many and index == len(keys) - 1:
                self._arrays[path] = self._arrays.get(path, -1) + 1
            if path in self._arrays:
                path = (*path, self._arrays[path])
                self.found.setdefault(path, line)
        self._take(_BLANK)
        self._expect("]" * (1 + many))
        return path

    def _pair(self, table: Path) -> None:
        """Read `key = value`."""
        path = table
        for key, line in self._keys():
            path = (*path, key)
            self.found.setdefault(path, line)
        self._take(_BLANK)
        self._expect("=")
        self._value(path)

    def _keys(self) -> list[tuple[str, int]]:
        """Read a key, dotted or not, and return its parts with their lines."""
        out = []
        while True:
            line, written = self._here(), self._take(_KEY)
            if not written:
                raise _Lost
            # The reader of the standard library knows what an escape stands for.
            name = next(iter(tomllib.loads(f"{written} = 0"))) if written[0] in "\"'" else written
            out.append((name, line))
            if not self._take(_DOT):
                return out

    def _value(self, path: Path) -> None:
        self._take(_BLANK)
        if self.text.startswith("[", self.at):
            self._array(path)
        elif self.text.startswith("{", self.at):
            self._inline(path)
        elif not self._take(_STRING):
            self._take(_PLAIN)

    def _array(self, path: Path) -> None:
        self._expect("[")
        self._take(_BLANK)
        index = 0
        while not self.text.startswith("]", self.at):
            self.found[*path, index] = self._here()
            self._value((*path, index))
            self._next("]")
            index += 1
        self._expect("]")

    def _inline(self, path: Path) -> None:
        self._expect("{")
        self._take(_BLANK)
        while not self.text.startswith("}", self.at):
            self._pair(path)
            self._next("}")
        self._expect("}")

    def _next(self, end: str) -> None:
        """Read the comma between two items; none is due before the end."""
        self._take(_BLANK)
        if not self.text.startswith(end, self.at):
            self._expect(",")
            self._take(_BLANK)

    def _expect(self, mark: str) -> None:
        if not self.text.startswith(mark, self.at):
            raise _Lost
        self.at += len(mark)

    def _take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.at)
        self.at = match.end() if match else self.at
        return match.group() if match else ""

    def _here(self) -> int:
        self._line += self.text.count("\n", self._counted, self.at)
        self._counted = self.at
        return self._line
