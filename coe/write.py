"""Text → file: whole or not at all, with the owner, mode, byte order mark and line endings it had."""

from __future__ import annotations

import os
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from coe.errors import CoeError

_MODE = 0o644
_WAITS = (0.05, 0.1, 0.2, 0.4) if os.name == "nt" else ()
"""Windows puts no file in the place of one that is open, as scanners of viruses hold new ones for a moment. Unit: seconds."""


def write_text(file: Path, text: str, *, bom: bool = False) -> None:
    """Write a text as UTF-8 so that a reader sees the old or the new file, never a part.

    Bytes of a file's name that are no UTF-8 stay what they are.

    Errors: `CoeError` when the system refuses.
    """
    write_bytes(file, (b"\xef\xbb\xbf" if bom else b"") + text.encode("utf-8", "surrogateescape"))


def write_new(file: Path, text: str) -> None:
    """Write a text to a file that does not exist yet, and make the folders above it.

    Errors: `CoeError` when the file is there, or the system refuses.
    """
    if os.path.lexists(file):
        raise CoeError(f"{file} exists already", "Nothing was overwritten.")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CoeError(
            f"cannot make the folder {file.parent}: {error.strerror}", "Check the path and its permissions."
        ) from error
    write_text(file, text)


def _put(temporary: Path, target: Path) -> None:
    """Put a file in the place of another."""
    for seconds in _WAITS:
        with suppress(PermissionError):
            temporary.replace(target)
            return
        time.sleep(seconds)
    temporary.replace(target)


def write_bytes(file: Path, data: bytes) -> None:
    """Write bytes as `write_text` does. A link is followed: the file it names changes, the link stays.

    A device or a pipe, such as /dev/stdout, is written to: a file in its place would take it from everyone.
    """
    target = file.resolve()
    temporary = None
    try:
        if file.exists() and not file.is_file() and not file.is_dir():
            with file.open("wb") as out:
                out.write(data)
            return
        before = target.stat() if target.exists() else None
        if before and not os.access(target, os.W_OK):
            raise PermissionError(13, "Permission denied")
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:50]}.", suffix=".tmp")
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        if before and hasattr(os, "chown"):
            with suppress(OSError):  # only root may give a file away; who else writes it owns it
                os.chown(temporary, before.st_uid, before.st_gid)
        Path(temporary).chmod(before.st_mode & 0o7777 if before else _MODE)
        _put(Path(temporary), target)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        remedy = "Check its permissions and the space left." if target.parent.is_dir() else "Make the folder first."
        raise CoeError(f"cannot write {file}: {error.strerror}", remedy) from error
    except BaseException:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise
