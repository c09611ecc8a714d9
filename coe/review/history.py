"""What git knows of a week: the files that its commits touched. An adapter: the digest itself reads no history."""

from __future__ import annotations

import subprocess
from pathlib import Path

from coe.errors import CoeError
from coe.review.week import Week

_GIT = ("git", "-c", "core.fsmonitor=false", "-c", "safe.bareRepository=explicit", "-c", "log.showSignature=false")
_COMMIT = "\x01"


def edited_in(root: Path, week: Week) -> frozenset[Path]:
    """Return the files below a folder that commits of a week touched, by the committer's time.

    Errors: `CoeError` without git, outside a repository, and in a clone that holds only a part of the history: there the
    same commit would give another digest.
    """
    if _run(root, "rev-parse", "--is-shallow-repository").strip() == "true":
        raise CoeError(
            f"the history of {root} is cut off (a shallow clone)",
            "Fetch it whole: `git fetch --unshallow`, or `fetch-depth: 0` in CI. Or leave out --history.",
        )
    top = Path(_run(root, "rev-parse", "--show-toplevel").rstrip("\n"))
    log = _run(
        root, "log", f"--since={week.start.isoformat()}", f"--format={_COMMIT}%ct", "--name-only", "--no-renames", "-z",
        "--", ".",
    )  # fmt: skip
    return frozenset(_touched(log, top, week))


def _touched(log: str, top: Path, week: Week) -> set[Path]:
    """Return the files in the output of git: per commit a mark with its time, then the paths."""
    found: set[Path] = set()
    inside = False
    for part in log.split("\0"):
        word = part.lstrip("\n")
        if word.startswith(_COMMIT):
            inside = week.start.timestamp() <= int(word[1:]) < week.end.timestamp()
        elif word and inside:
            found.add((top / word).resolve())
    return found


def _run(root: Path, *words: str) -> str:
    advice = "Run inside a git repository, or leave out --history."
    try:
        run = subprocess.run((*_GIT, "-C", str(root), *words), capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CoeError(f"git cannot be run: {error}", advice) from error
    if run.returncode:
        said = run.stderr.decode("utf-8", "replace").strip().splitlines()
        raise CoeError(f"git cannot tell the history of {root}: {said[-1] if said else 'no reason given'}", advice)
    return run.stdout.decode("utf-8", "surrogateescape")
