"""The answer to a check in which nothing changed, given before the command line is loaded."""

from __future__ import annotations

import sys
from collections.abc import Sequence

COMMANDS = frozenset({"check", "validate", "lint"})


def answered(words: Sequence[str]) -> int | None:
    """Write what a run of these words wrote the last time, and return its status; nothing when it must run.

    What is kept are runs that read files and wrote a report, and nothing else: all others are not found here.
    """
    if not words or words[0] not in COMMANDS or "--no-cache" in words:
        return None
    from coe.cache.record import name_of, recall

    try:
        record = recall(name_of(words))
    except OSError:  # such as a working folder that is gone: the run itself has the words for it
        return None
    if record is None:
        return None
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure:
        reconfigure(errors="backslashreplace")
    sys.stdout.write(record.output)
    return record.status
