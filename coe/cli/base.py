"""What git knows of the documents before a change: the adapter behind `--base`."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from coe.cli.git import git
from coe.errors import CoeError

if TYPE_CHECKING:
    from coe.config import Repository
    from coe.model.validate import Analysis

_FETCH = "Fetch the history first: `git fetch --unshallow`, or `fetch-depth: 0` in CI."


def documents_at(ref: str, repository: Repository) -> Mapping[Path, Analysis]:
    """Return what the COEs that differ from a commit said there, by the place that each file has now.

    The commit is the one at which the work left `ref`, as a pull request shows it: what others did since is no part of
    the change.

    Errors: `CoeError` without git, for a name that git does not know, and in a clone that lacks the history between.
    """
    from coe.corpus import analyse
    from coe.read import decode

    root = repository.root
    fork = fork_of(ref, root)
    changed = list(_changed(fork, root, repository.config.paths.coes))
    texts = blobs([blob for blob, _, _ in changed], root)
    out: dict[Path, Analysis] = {}
    for blob, old, now in changed:
        if old.endswith((".md", ".markdown")) and blob in texts:
            out[Path(os.path.realpath(root / now))] = analyse(
                decode(old, texts[blob], file=Path(os.path.realpath(root / old))), repository
            )
    return out


def fork_of(ref: str, root: Path) -> str:
    """Return the commit at which the work left a ref.

    Errors: as those of `documents_at`.
    """
    code, out = _run(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
    if code:
        code, inside = _run(root, "rev-parse", "--is-inside-work-tree")
        if code or inside.strip() != b"true":
            raise CoeError(
                f"{root} is in no git repository, so there is nothing to compare with",
                "Leave out the option that names a commit.",
            )
        shallow = " Or the clone is cut off. " + _FETCH if _is_shallow(root) else ""
        raise CoeError(f"git knows no commit `{ref}`", f"Give a branch, a tag or a commit, such as origin/main.{shallow}")
    tip = out.decode().strip()
    code, out = _run(root, "merge-base", tip, "HEAD")
    if code and _is_shallow(root):
        raise CoeError(f"this clone is shallow and does not hold where the work left `{ref}`", _FETCH)
    if code:
        raise CoeError(f"`{ref}` and HEAD have no commit in common", "Give the branch into which the change is to go.")
    return out.decode().split()[0]


def _is_shallow(root: Path) -> bool:
    return _run(root, "rev-parse", "--is-shallow-repository")[1].strip() == b"true"


def _changed(fork: str, root: Path, folder: str) -> Iterator[tuple[str, str, str]]:
    """Yield the old blob, the old path and the path now of each file that was there and differs, relative to the root."""
    code, out = _run(
        root, "--literal-pathspecs", "diff", "--raw", "-z", "--no-abbrev", "--find-renames", "--relative", "--no-ext-diff",
        "--no-textconv", "--ignore-submodules", fork, "--", folder,
    )  # fmt: skip
    if code:
        raise CoeError(f"git cannot compare {folder} with {fork[:12]}", _FETCH)
    parts = iter(out.decode("utf-8", "surrogateescape").split("\0"))
    for head in parts:
        if not head:
            continue
        _, _, blob, _, letter = head.split()
        old = next(parts)
        now = next(parts) if letter[0] in "RC" else old
        if letter[0] not in "AC":
            yield blob, old, now


def blob_at(commit: str, root: Path, path: str) -> str:
    """Return the blob that a file was in a commit; empty when it was not there."""
    code, out = _run(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{commit}:./{path}")
    return "" if code else out.decode().strip()


def blobs(names: list[str], root: Path) -> dict[str, bytes]:
    """Return the contents of blobs; one process reads them all."""
    if not names:
        return {}
    _, out = _run(root, "cat-file", "--batch", given="".join(f"{blob}\n" for blob in names).encode())
    found: dict[str, bytes] = {}
    at = 0
    while at < len(out):
        end = out.index(b"\n", at)
        words = out[at:end].split()
        size = int(words[2]) if len(words) == 3 else -1  # "missing" has no size
        if size >= 0:
            found[words[0].decode()] = out[end + 1 : end + 1 + size]
        at = end + 1 + max(size + 1, 0)
    return found


def _run(root: Path, *words: str, given: bytes = b"") -> tuple[int, bytes]:
    return git(root, *words, given=given, advice="Install git, or leave out the option that names a commit.")
