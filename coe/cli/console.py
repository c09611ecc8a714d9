"""The world of a command: terminal, working folder, and the one place that turns errors into words and exit codes."""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, TextIO

from coe.errors import ISSUES, CoeError

if TYPE_CHECKING:
    from coe.report.outcome import Look

EXIT_FINDINGS = 1
EXIT_FAILED = 2
_INTERRUPTED = 130
"""What typer makes of Ctrl-C."""


def look(color: str, out: TextIO) -> Look:
    """Return how the reader of a stream wants the report: colours only on a terminal, unless told otherwise."""
    from coe.report.outcome import Look

    on = color == "always" or (
        color == "auto" and out.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    )
    return Look(color=on, width=min(shutil.get_terminal_size((100, 24)).columns, 120))


SAID: list[str] = []
"""What this run has said to standard error."""


def say(text: str) -> None:
    """Write a line, or some, to standard error, which carries everything that is not the report.

    Names of files and words of settings are as little trusted as documents: none of them steers a terminal or a CI system.
    """
    SAID.append(text)
    sys.stderr.write(_as_text(text))


def show(text: str) -> None:
    """Write a line, or some, to standard output for people; as little in it is obeyed as in what `say` writes."""
    sys.stdout.write(_as_text(text))


def _as_text(text: str) -> str:
    """Return lines with their ends in which nothing steers a terminal or a CI system."""
    from coe.report.terminal import opening, printable

    return "".join(f"{opening(printable(line))}\n" for line in text.removesuffix("\n").split("\n"))


def tell(error: CoeError) -> None:
    """Say what is in the way, and what helps."""
    from coe.report.terminal import one_line

    say(f"error: {one_line(error.message)}")
    if error.help:
        say(f"  help: {one_line(error.help)}")


def hand_back(text: str | bytes) -> None:
    """Write a document to standard output as UTF-8: no terminal's encoding and no system's line ends become part of it."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text if isinstance(text, bytes) else text.encode("utf-8", "surrogateescape"))
    sys.stdout.buffer.flush()


def show_diff(diff: str) -> None:
    """Write a diff as it is for a program to apply, and to a terminal without characters that steer it."""
    if not sys.stdout.isatty():
        hand_back(diff)
        return
    if diff:
        show(diff)


def guarded(command: Callable[[], None]) -> None:
    """Run a command and end the process; what ends it is told in a sentence or two, never as a traceback.

    The process ends at once: to free a million small values one by one would be the last part of a run's time.
    """
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character shows its number; that is no reason to end a run.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    status = _status(command)
    sys.stderr.flush()
    if status == _INTERRUPTED:
        raise KeyboardInterrupt
    os._exit(status)


def _status(command: Callable[[], None]) -> int:
    """Run a command and return the status to end with; standard output is written when it comes back."""
    try:
        try:  # what was written before an error is the reader's all the same
            command()
        finally:
            sys.stdout.flush()
        return 0
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else EXIT_FAILED if end.code else 0
    except CoeError as error:
        tell(error)
    except OSError as error:
        # What a stage did not foresee of the file system is still no traceback.
        say(f"error: {error.filename or 'input or output'}: {error.strerror or error}")
    except RuntimeError as error:
        # Until Python 3.13, this is how a path tells that it leads in a circle.
        if not str(error).startswith("Symlink loop"):
            return _bug()
        say(f"error: {str(error).removeprefix('Symlink loop from ')} leads in a circle")
        say("  help: Take the link away, or let it name a file.")
    except MemoryError:
        say("error: there is not enough memory")
    except KeyboardInterrupt:
        return _INTERRUPTED
    except Exception:  # noqa: BLE001 (told in full)
        return _bug()
    return EXIT_FAILED


def _bug() -> int:
    """Show where a bug of ours arose, and return a status that is not the one of findings."""
    import traceback

    say(traceback.format_exc().rstrip())
    say("error: coe itself failed")
    say(f"  help: This is a bug: report it with the lines above, {ISSUES}.")
    return EXIT_FAILED
