"""The document that a command edits: read, and written when it changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from coe.cli.console import say
from coe.errors import CoeError

if TYPE_CHECKING:
    from coe.model.validate import Analysis


def opened(file: Path) -> Analysis:
    """Return the document in a file, or of an id.

    Errors: `CoeError` when it cannot be read.
    """
    from coe.cli.completing import file_of
    from coe.config import find
    from coe.corpus import analyse
    from coe.read import read, shown_path

    file = file_of(file)
    if file.is_dir():
        raise CoeError(f"{file} is a folder", "Give one file.")
    return analyse(read(file.resolve(), shown=shown_path(file.resolve(), Path.cwd())), find(file))


def written(analysis: Analysis, text: str) -> None:
    """Write the new text of a document, and say where; what is the same is not written."""
    from coe.cli.mended import put
    from coe.fix import Fixed

    source = analysis.document.source
    if text == source.text or source.file is None:
        say(f"{source.path}: nothing to change")
        return
    put([Fixed(source, text)], lambda one: say(f"{one.before.path}: changed"))


def writable(value: str) -> str:
    """Return an argument as it can be written, without space around it.

    Errors: `CoeError` for bytes that are no UTF-8.
    """
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        raise CoeError("the value is not valid UTF-8", "Type it in a terminal that uses UTF-8.") from None
    return value.strip()
