"""How commands run git: one of its commands at a time, and nothing that a repository could have configured to run."""

from __future__ import annotations

import subprocess
from pathlib import Path

from coe.errors import CoeError
from coe.listing import git_world

_GIT = ("git", "-c", "core.fsmonitor=false", "-c", "safe.bareRepository=explicit", "-c", "core.quotePath=false")
_SECONDS = 60


def git(root: Path, *words: str, given: bytes = b"", advice: str = "Install git.") -> tuple[int, bytes]:
    """Return the exit code of a git command in a folder, and what it printed.

    Errors: `CoeError` with an advice when git cannot be run.
    """
    try:
        run = subprocess.run(
            (*_GIT, "-C", str(root), *words), input=given, capture_output=True, timeout=_SECONDS, check=False, env=git_world()
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise CoeError(f"git cannot be run: {why}", advice) from error
    return run.returncode, run.stdout
