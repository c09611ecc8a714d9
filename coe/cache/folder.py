"""Where things are kept: a folder of the user's own, files that are written whole and read only when they are sound."""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from contextlib import suppress

LIMIT = 100_000_000
"""The largest that the whole folder becomes. Unit: bytes."""
_LARGEST = 40_000_000  # a file of it
_SUM = 32  # bytes of a checksum


def folder(part: str = "") -> str | None:
    """Return where things of one kind are kept, absent when the user has no folder for such things."""
    given = os.environ.get("XDG_CACHE_HOME", "")
    if given and os.path.isabs(given):
        base = given
    elif sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA", "")
        return os.path.join(local, "coekit", "Cache", part).rstrip(os.sep) if local else None
    else:
        home = os.path.expanduser("~")
        if not os.path.isabs(home):
            return None
        base = os.path.join(home, "Library/Caches" if sys.platform == "darwin" else ".cache")
    return os.path.join(base, "coekit", part).rstrip(os.sep)


def load(part: str, name: str) -> bytes | None:
    """Return what was kept under a name; absent when there is nothing, or any doubt about it."""
    place = folder(part)
    if place is None:
        return None
    try:
        if not _is_ours(os.lstat(place)):
            return None
        with open(os.path.join(place, name), "rb") as file:
            held = os.fstat(file.fileno())
            if not _is_ours(held) or held.st_size > _LARGEST:
                return None
            data = file.read()
    except OSError:
        return None
    return data[_SUM:] if data[:_SUM] == seal(part, name, data[_SUM:]) else None


def save(part: str, name: str, data: bytes) -> None:
    """Keep data under a name for the next run; where that is not possible, nothing is kept and nothing is said."""
    place = folder(part)
    if place is None or len(data) + _SUM > _LARGEST:
        return
    temporary = os.path.join(place, f".{name}.{os.getpid()}")
    with suppress(OSError):
        os.makedirs(place, mode=0o700, exist_ok=True)
        if not _made_private(place):
            return
        try:
            handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(seal(part, name, data))
                file.write(data)
            os.replace(temporary, os.path.join(place, name))
        except BaseException:
            with suppress(OSError):
                os.unlink(temporary)
            raise
        _shrink()


def seal(part: str, name: str, data: bytes) -> bytes:
    """Return what stands before data that are whole and under their own name: those of another name are no answer."""
    made = hashlib.blake2b(f"{part}/{name}\0".encode(), digest_size=_SUM)
    made.update(data)
    return made.digest()


def digest(data: bytes, size: int = 20) -> bytes:
    """Return the name that a content has."""
    return hashlib.blake2b(data, digest_size=size).digest()


def kept() -> list[tuple[float, int, str]]:
    """Return all that is kept, the longest unused first: when it was last used, its bytes and its path."""
    found = []
    for here, _, names in os.walk(folder() or os.devnull):
        for name in names:
            path = os.path.join(here, name)
            with suppress(OSError):
                state = os.lstat(path)
                found.append((state.st_mtime, state.st_size, path))
    return sorted(found)


def _is_ours(state: os.stat_result) -> bool:
    """Say whether nobody but this user could have written something; where there are no such users, that is so."""
    if not hasattr(os, "getuid"):
        return True
    return state.st_uid == os.getuid() and not state.st_mode & 0o022 and not stat.S_ISLNK(state.st_mode)


def _made_private(place: str) -> bool:
    state = os.lstat(place)
    if stat.S_ISDIR(state.st_mode) and hasattr(os, "getuid") and state.st_uid == os.getuid() and state.st_mode & 0o077:
        os.chmod(place, 0o700)
        state = os.lstat(place)
    return _is_ours(state)


def _shrink() -> None:
    """Delete what was not used for the longest time until the rest is small enough, and what a killed run left."""
    found = kept()
    held = sum(size for _, size, _ in found)
    for used, size, path in found:
        is_left = os.path.basename(path).startswith(".") and found[-1][0] - used > 3600
        if held > LIMIT or is_left:
            with suppress(OSError):
                os.unlink(path)
                held -= size
