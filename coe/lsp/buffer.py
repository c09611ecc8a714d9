"""The text of a document as it stands in an editor, and what becomes of it when somebody types."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from coe.diagnostic import Flaw
from coe.lsp.ruler import BOM, Ruler, Stretch, Unit
from coe.read import MAX_BYTES, Source
from coe.text import Lines, Span

_LONE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a text: what stands in a range is replaced; without a range, the whole text is."""

    text: str
    stretch: Stretch | None = None


@dataclass(frozen=True)
class Buffer:
    """An open document: `file` is absent for one that was never saved."""

    uri: str
    file: Path | None
    text: str
    version: int | None
    unit: Unit

    @cached_property
    def ruler(self) -> Ruler:
        """Return what turns places in the editor into offsets of the source, and back."""
        return Ruler(Lines(self.text.removeprefix(BOM)), self.unit, int(self.text.startswith(BOM)))

    def source(self, shown: str) -> Source:
        """Return the text as a source; what is too large to be read from a file is not read here either."""
        text = self.text.removeprefix(BOM)
        if len(text) > MAX_BYTES or (len(text) * 4 > MAX_BYTES and len(text.encode("utf-8", "replace")) > MAX_BYTES):
            message = f"the document has more than {MAX_BYTES:,} bytes and is not read"
            return Source(shown, "", self.file, flaws=(Flaw("unreadable", Span(0, 0), message, "Move logs and data out."),))
        return Source(shown, text, self.file, self.text.startswith(BOM))

    def changed(self, changes: Iterable[Change], version: int | None) -> Buffer:
        """Return the document after some changes, each made to the text that the one before left."""
        here = self
        for change in changes:
            here = replace(here, text=_applied(here, change), version=version)
        return here


def opened(uri: str, file: Path | None, text: str, *, version: int | None = None, unit: Unit = "utf-16") -> Buffer:
    """Return a document as an editor hands it over."""
    return Buffer(uri, file, clean(text), version, unit)


def clean(text: str) -> str:
    """Return a text without halves of a surrogate pair, which no file can hold; each becomes one other character."""
    return _LONE.sub("\ufffd", text) if _LONE.search(text) else text


def _applied(buffer: Buffer, change: Change) -> str:
    if change.stretch is None:
        return clean(change.text)
    ruler, mark = buffer.ruler, buffer.ruler.shift
    start, end = ruler.span(change.stretch)
    at_head = mark and change.stretch.start == (0, 0)
    return buffer.text[: 0 if at_head else start + mark] + clean(change.text) + buffer.text[end + mark :]
