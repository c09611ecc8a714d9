"""Who is in the history of a repository: read through git, without the network, and kept for the next run."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coe.cache.folder import digest, load, save
from coe.cache.state import head
from coe.cli.git import git
from coe.errors import CoeError

if TYPE_CHECKING:
    from coe.corpus import Author

PART = "authors"
_VERSION = 1
_COMMITS = 20_000  # the newest
_AUTHORS = 2_000
_LONGEST = 100  # characters of a name or an address
_NOREPLY = re.compile(r"(?:\d+\+)?([A-Za-z0-9][\w.-]*)@users\.noreply\.[\w.-]+", re.IGNORECASE)
_BOT = re.compile(
    r".*\[bot\].*|(?:.*[\W_])?(?:bot|robot|ci|automation|actions|machine|daemon|serviceaccount)|"
    r"dependabot|renovate|jenkins|mergify|github|gitlab",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"(?:no-?reply|do-?not-?reply|root|git|noreply\..*)@|@(?:localhost|\(none\)|.*\.local(?:domain)?$)", re.IGNORECASE
)


def authors(root: Path) -> tuple[Author, ...]:
    """Return the people in the history of the repository around a folder; none without git, or with a history cut off."""
    return authors_at(root, head(os.fspath(root)))


def authors_at(root: Path, found: tuple[str, str] | None) -> tuple[Author, ...]:
    """Return the people in a history whose state is known."""
    if found is None:
        return ()
    top, state = found
    name = digest(top.encode("utf-8", "surrogateescape")).hex()
    known = _read(name, state)
    if known is None:
        known = _history(root)
        if known is not None:
            _write(name, state, known)
    return tuple(_author(name, address) for name, address in known or ())


def _history(root: Path) -> list[tuple[str, str]] | None:
    """Return names and addresses, the newest first, each once; absent when git does not tell them."""
    try:
        code, out = git(
            root, "-c", "log.showSignature=false", "log", "-z", "--encoding=UTF-8", f"--max-count={_COMMITS}",
            "--format=%aN%x00%aE", "HEAD", "--",
        )  # fmt: skip
    except CoeError:
        return None
    if code:
        return None
    words = out.decode("utf-8", "replace").split("\0")
    pairs = zip(words[::2], words[1::2], strict=False)
    found = dict.fromkeys((name.strip(), address.strip()) for name, address in pairs)
    return [pair for pair in found if _is_somebody(*pair)][:_AUTHORS]


def _is_somebody(name: str, address: str) -> bool:
    if len(name) > _LONGEST or len(address) > _LONGEST or not (name + address).isprintable():
        return False
    return bool(name) and not _BOT.fullmatch(name) and not _BOT.fullmatch(address.partition("@")[0])


def _author(name: str, address: str) -> Author:
    from coe.corpus import Author

    noreply = _NOREPLY.fullmatch(address)
    if noreply:
        return Author(name, handle=noreply[1])
    return Author(name, "" if _NOBODY.search(address) or "@" not in address else address)


def _read(name: str, state: str) -> list[tuple[str, str]] | None:
    """Return what was kept for a state of the repository; what cannot be read was not kept."""
    try:
        kept: Any = json.loads(load(PART, name) or b"null")
        if not isinstance(kept, dict) or (kept.get("version"), kept.get("state")) != (_VERSION, state):
            return None
        pairs = [(name, address) for name, address in kept["authors"] if isinstance(name, str) and isinstance(address, str)]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return pairs[:_AUTHORS] if len(pairs) == len(kept["authors"]) else None


def _write(name: str, state: str, pairs: list[tuple[str, str]]) -> None:
    """Keep a history; where that is not possible it is read again."""
    save(PART, name, json.dumps({"version": _VERSION, "state": state, "authors": pairs}).encode())
