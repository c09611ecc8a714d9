"""The answer to a check in which nothing changed, given before the command line is loaded."""

from __future__ import annotations

import os
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
    try:
        sys.stdout.write(record.output)
        sys.stdout.flush()
    except BrokenPipeError:
        os._exit(record.status)  # The reader (`| head`) is gone, and has seen enough.
    except OSError as error:
        sys.stderr.write(f"error: input or output: {error.strerror or error}\n")
        sys.stderr.flush()
        os._exit(2)
    return record.status
