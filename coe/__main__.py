"""The command `coe`."""

from __future__ import annotations

import gc
import os
import sys


def main() -> None:
    """Run the command line; `--version`, and a check in which nothing changed, are answered before it is imported."""
    try:
        _run(sys.argv[1:])
    except KeyboardInterrupt:
        _end_interrupted()


def _run(words: list[str]) -> None:
    from coe.streams import open_streams

    open_streams()
    try:
        status = _answered(words)
        sys.stdout.flush()
    except OSError as error:
        sys.stderr.write(f"error: input or output: {error.strerror or error}\n")
        sys.stderr.flush()
        os._exit(2)
    if status is not None:
        sys.exit(status)
    if "_COE_COMPLETE" in os.environ:
        # typer would break what it offers into lines as wide as the terminal, and a shell takes each for an offer.
        os.environ["TERMINAL_WIDTH"] = "10000"
    # A run makes many small values that live to its end: looking for cycles among them every 700 doubles its time.
    gc.set_threshold(200_000, 20, 100)
    from coe.cli import run

    run()


def _answered(words: list[str]) -> int | None:
    """Return the status to end with when the words are answered without a run."""
    if words in (["--version"], ["-V"]):
        from coe import __version__

        sys.stdout.write(f"coe {__version__}\n")
        return 0
    from coe.cache.answer import answered

    return answered(words)


def _end_interrupted() -> None:
    """End by the signal of Ctrl-C itself: a shell ends a loop around a command only when it sees that."""
    import signal

    if os.name == "posix":
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGINT)
    os._exit(130)


if __name__ == "__main__":
    main()
