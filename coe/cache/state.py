"""What a run depends on, as it is on disk: files by their content, folders by their listing, the history by its head."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache

from coe.cache.folder import digest
from coe.listing import GIT, Listing, is_in_git

SAFE_SECONDS = 2.0
"""A file that changed less than this before a run began is looked into again: its clock may tick too seldom to tell."""
_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_KEEPS_CHANGE_TIME = os.name == "posix"
"""Whether the system itself notes each change of a file, so that its time cannot be set back."""


def mark(path: str, since: float) -> str:
    """Return what tells that a file is unchanged without reading it; empty when only its content can tell.

    `since` is when the run began. What changed shortly before could change again within one tick of the clock.
    """
    try:
        state = os.stat(path)
    except OSError:
        return ""
    if not _KEEPS_CHANGE_TIME or max(state.st_mtime, state.st_ctime) > since - SAFE_SECONDS:
        return ""
    return f"{state.st_mtime_ns} {state.st_ctime_ns} {state.st_size} {state.st_ino} {state.st_dev}"


def content(path: str) -> str:
    """Return the content of a file by name: `-` when there is none, `d` for a folder, `?` for what cannot be read."""
    try:
        with open(path, "rb") as file:
            return digest(file.read()).hex()
    except (FileNotFoundError, NotADirectoryError):
        return "-"
    except IsADirectoryError:
        return "d"
    except OSError:
        return "d" if os.path.isdir(path) else "?"


def presence(path: str) -> str:
    """Return whether there is anything at a path."""
    return "+" if os.path.exists(path) else "-"


def listed(folders: list[str], listing: Listing | None = None) -> tuple[list[str], list[str]]:
    """Return the Markdown files of folders, and a name for what each of them lists; a link counts as where it leads.

    A listing that was used before knows what git ignores.
    """
    listing = listing or Listing()
    files: dict[str, None] = {}
    names = []
    for folder in folders:
        found = [os.path.realpath(path) if os.path.islink(path) else path for path in listing.files(folder)]
        files.update(dict.fromkeys(found))
        names.append(digest("\0".join(found).encode("utf-8", "surrogateescape")).hex())
    return list(files), names


def head(root: str) -> tuple[str, str] | None:
    """Return the top folder of the repository around a folder, and what tells one state of its history from another.

    There is none without git, and with a history that is cut off.
    """
    if not is_in_git(root):
        return None
    command = [*GIT, "-C", root, *["rev-parse", "--is-shallow-repository", "--show-toplevel", "--verify", "HEAD^{commit}"]]
    try:
        run = subprocess.run(command, capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    lines = run.stdout.decode("utf-8", "surrogateescape").splitlines()
    if run.returncode or len(lines) != 3 or lines[0] != "false":
        return None
    try:
        found = os.stat(os.path.join(lines[1], ".mailmap"))
        names = f"{found.st_mtime_ns}-{found.st_size}"
    except OSError:
        names = "-"
    return lines[1], f"{lines[2]} {names}"


@cache
def tool() -> str:
    """Return what tells one state of the installed program from another: its files, without a look into them.

    It is that of the program which runs: what is installed over it while it does is another. Where they cannot be listed, no
    two states are the same.
    """
    found = []
    waiting = [_PACKAGE]
    try:
        while waiting:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    if not entry.is_dir():
                        state = entry.stat()
                        found.append(f"{entry.path}\0{state.st_mtime_ns}\0{state.st_ctime_ns}\0{state.st_size}")
                    elif entry.name != "__pycache__":
                        waiting.append(entry.path)
    except OSError:
        found.append(os.urandom(16).hex())
    return digest("\0".join(sorted(found)).encode("utf-8", "surrogateescape")).hex()


def libraries() -> str:
    """Return what tells one set of installed libraries from another: their names and versions, as the installer wrote them."""
    found = []
    for folder in sys.path:
        try:
            found += [name for name in os.listdir(folder or os.curdir) if name.endswith((".dist-info", ".egg-info"))]
        except OSError:
            continue
    return f"{sys.version} {' '.join(sorted(found))}"
