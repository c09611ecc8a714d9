"""Which Markdown files stand below a folder: plain words and few imports, because every run begins with it."""

from __future__ import annotations

import os
import subprocess

CONFIG_NAME = "coe.toml"
GIT = ("git", "-c", "core.fsmonitor=false", "-c", "safe.bareRepository=explicit")
_SKIPPED = frozenset({".git", ".venv", "venv", "node_modules", "__pycache__", ".tox", ".cache", "site-packages"})
_SECONDS = 20


class Listing:
    """The Markdown files of folders, sorted, without what git ignores; git is asked once for a folder and those below it."""

    def __init__(self) -> None:
        self._ignored: dict[str, frozenset[str]] = {}
        self.refused: dict[str, str] = {}
        """Folders that the system did not let us look into, with its words."""

    def files(self, folder: str) -> list[str]:
        """Return the paths of the Markdown files below an absolute folder; none when there is no such folder."""
        ignored = self._below(folder)
        found: list[str] = []
        waiting = [folder]
        while waiting:
            folders, names = self._entries(waiting.pop())
            found += (path for path in names if path not in ignored)
            waiting += [path for path in reversed(folders) if path not in ignored and not _is_apart(path)]
        return found

    def _entries(self, folder: str) -> tuple[list[str], list[str]]:
        """Return the folders in a folder, links left out, and its Markdown files, each sorted by name."""
        folders, names = [], []
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.path)
                    elif entry.name.lower().endswith((".md", ".markdown")) and _is_file(entry):
                        names.append(entry.path)
        except (FileNotFoundError, NotADirectoryError):
            return [], []
        except OSError as error:
            self.refused[folder] = error.strerror or str(error)
            return [], []
        return sorted(folders), sorted(names)

    def _below(self, folder: str) -> frozenset[str]:
        """Return what git ignores below a folder, from an earlier answer when no other repository begins between."""
        for known, ignored in self._ignored.items():
            if folder == known or (folder.startswith(known.rstrip(os.sep) + os.sep) and not _begins(folder, known)):
                return ignored
        return self._ignored.setdefault(folder, _git_ignored(folder))


def _is_file(entry: os.DirEntry[str]) -> bool:
    """Say whether an entry is a file, or a link to one; a link that leads in a circle is none, and hides no other."""
    try:
        return entry.is_file()
    except OSError:
        return False


def _is_apart(folder: str) -> bool:
    """Say whether a folder is none of ours: a tool's, a hidden one, or a repository with a configuration of its own."""
    name = os.path.basename(folder)
    return name in _SKIPPED or name.startswith(".") or os.path.exists(os.path.join(folder, CONFIG_NAME))


def _begins(folder: str, above: str) -> bool:
    """Say whether a git repository of its own lies between two folders, the lower one included."""
    while len(folder) > len(above):
        if os.path.lexists(os.path.join(folder, ".git")):
            return True
        folder = os.path.dirname(folder)
    return False


def is_in_git(folder: str) -> bool:
    """Say whether git may know a folder: a repository has its `.git` there or above, but for one that the environment names.

    To ask git itself starts a process, which takes as long as reading some ten documents.
    """
    if "GIT_DIR" in os.environ:
        return True
    here, above = os.path.realpath(folder), ""
    while here != above:
        if os.path.lexists(os.path.join(here, ".git")):
            return True
        here, above = os.path.dirname(here), here
    return False


def git_world() -> dict[str, str]:
    """Return the environment for git, asked about a folder.

    The hook of a linked worktree names the repository (GIT_DIR), and with that alone git takes any folder for its top.
    """
    less = {"GIT_DIR"} if "GIT_WORK_TREE" not in os.environ else set()
    return {name: value for name, value in os.environ.items() if name not in less}


def is_ignored(file: str) -> bool:
    """Say whether git ignores a file, which need not be there yet; not where git does not know its folder."""
    folder = os.path.dirname(file)
    while not os.path.isdir(folder) and folder != os.path.dirname(folder):
        folder = os.path.dirname(folder)
    if not is_in_git(folder):
        return False
    command = [*GIT, "-C", folder, "check-ignore", "--quiet", "--", file]
    try:
        run = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False, env=git_world())
    except (OSError, subprocess.TimeoutExpired):
        return False
    return run.returncode == 0


def _git_ignored(folder: str) -> frozenset[str]:
    if not is_in_git(folder):
        return frozenset()
    command = [*GIT, "-C", folder, *["ls-files", "--others", "--ignored", "--exclude-standard", "--directory", "-z"]]
    try:
        run = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False, env=git_world())
    except (OSError, subprocess.TimeoutExpired):
        return frozenset()
    if run.returncode:
        return frozenset()
    names = run.stdout.decode("utf-8", "surrogateescape").split("\0")
    return frozenset(os.path.join(folder, *name.rstrip("/").split("/")) for name in names if name)
