"""Which files a change touches, as git tells it: the adapter behind `--changed-since`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from coe.cli.base import blob_at, fork_of
from coe.cli.console import say
from coe.cli.git import git
from coe.errors import CoeError

_DIFFER = (
    "diff",
    "-z",
    "--name-only",
    "--diff-filter=d",
    "--relative",
    "--no-ext-diff",
    "--no-textconv",
    "--ignore-submodules",
)
_NEW = ("ls-files", "-z", "--others", "--exclude-standard")


def changed_since(ref: str, root: Path) -> tuple[frozenset[Path], str]:
    """Return the files below a folder that differ from where the work left a ref, new ones too, and that commit.

    Submodules are looked into: their files differ from those of the commit that the repository named there.

    Errors: `CoeError` without git, for a name that git does not know, and in a clone that lacks the history between.
    """
    fork = fork_of(ref, root)
    return frozenset(Path(os.path.realpath(file)) for file in _changed(root, fork)), fork


def _changed(root: Path, commit: str) -> Iterator[Path]:
    """Yield the files below a folder that differ from a commit of the repository that it is in."""
    yield from (root / name for name in _listed(root, *_DIFFER, commit))
    yield from _new(root)
    for name in _submodules(root):
        inner, was = root / name, blob_at(commit, root, name)
        if not was:
            yield from _all(inner)
        elif not git(inner, "cat-file", "-e", f"{was}^{{commit}}")[0]:
            yield from _changed(inner, was)
        else:
            say(f"warning: the submodule {name} does not hold its commit {was[:12]}: all of its files count as changed")
            yield from _all(inner)


def _new(root: Path) -> Iterator[Path]:
    """Yield the files that git does not know yet; of a repository that it does not know, it names the folder only."""
    for name in _listed(root, *_NEW):
        if name.endswith("/"):
            yield from _all(root / name)
        else:
            yield root / name


def _all(root: Path) -> Iterator[Path]:
    """Yield the files of a repository in another one, and of those in it."""
    yield from (root / name for name in _listed(root, "ls-files", "-z"))
    yield from _new(root)
    for name in _submodules(root):
        yield from _all(root / name)


def _submodules(root: Path) -> Iterator[str]:
    """Yield the paths of the submodules below a folder that are checked out."""
    for entry in _listed(root, "ls-files", "-z", "--stage"):
        mode, _, name = entry.partition("\t")
        if mode.startswith("160000 ") and os.path.lexists(root / name / ".git"):
            yield name


def _listed(root: Path, *words: str) -> list[str]:
    code, out = git(root, *words)
    if code:
        raise CoeError("git cannot say what has changed", "Look at `git status`, or leave out --changed-since.")
    return [entry for entry in out.decode("utf-8", "surrogateescape").split("\0") if entry]
