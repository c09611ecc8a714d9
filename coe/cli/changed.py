"""Which files a change touches, as git tells it: the adapter behind `--changed-since`."""

from __future__ import annotations

import os
from pathlib import Path

from coe.cli.base import fork_of
from coe.cli.git import git
from coe.errors import CoeError


def changed_since(ref: str, root: Path) -> tuple[frozenset[Path], str]:
    """Return the files below a folder that differ from where the work left a ref, new ones too, and that commit.

    Errors: `CoeError` without git, for a name that git does not know, and in a clone that lacks the history between.
    """
    fork = fork_of(ref, root)
    differing = ("diff", "--name-only", "--diff-filter=d", "--no-ext-diff", "--no-textconv", "--ignore-submodules", fork)
    unknown = ("ls-files", "--others", "--exclude-standard")
    return frozenset(file for words in (differing, unknown) for file in _listed(root, *words)), fork


def _listed(root: Path, command: str, *words: str) -> list[Path]:
    relative = ("--relative",) if command == "diff" else ()
    code, out = git(root, command, "-z", *relative, *words)
    if code:
        raise CoeError("git cannot say what has changed", "Look at `git status`, or leave out --changed-since.")
    return [Path(os.path.realpath(root / name)) for name in out.decode("utf-8", "surrogateescape").split("\0") if name]
