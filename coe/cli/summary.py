"""The summary of a step in GitHub Actions: the adapter that appends to the file which the runner names."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from coe.cli.console import say

if TYPE_CHECKING:
    from coe.report.outcome import Outcome


def append_step_summary(outcome: Outcome) -> None:
    """Append what was found to the summary of the step, where there is one and something to say.

    What other commands of the step wrote stays, and takes of the room. A summary that cannot be written is no reason to
    fail: the log holds the report.
    """
    name = os.environ.get("GITHUB_STEP_SUMMARY")
    if not name or not outcome.diagnostics:
        return
    from coe.report.step_summary import LIMIT, OWN, step_summary

    file = Path(name)
    try:
        before = file.read_bytes() if file.exists() else b""
        lead = b"" if not before else b"\n" if before.endswith(b"\n") else b"\n\n"
        text = step_summary(outcome, room=min(OWN, LIMIT - len(before) - len(lead)))
        if text:
            with file.open("ab") as out:
                out.write(lead + text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        say(f"warning: cannot write the summary of the step, {name}: {error.strerror}")
