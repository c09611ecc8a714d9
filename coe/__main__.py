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
        sys.exit(130)


def _run(words: list[str]) -> None:
    _open_streams()
    if words in (["--version"], ["-V"]):
        from coe import __version__

        sys.stdout.write(f"coe {__version__}\n")
        return
    from coe.cache.answer import answered

    status = answered(words)
    if status is not None:
        sys.exit(status)
    if "_COE_COMPLETE" in os.environ:
        # typer would break what it offers into lines as wide as the terminal, and a shell takes each for an offer.
        os.environ["TERMINAL_WIDTH"] = "10000"
    # A run makes many small values that live to its end: looking for cycles among them every 700 doubles its time.
    gc.set_threshold(200_000, 20, 100)
    from coe.cli import run

    run()


def _open_streams() -> None:
    """Give what is written to a closed stream (`>&-`) to nobody; a closed standard input is empty.

    What is no terminal gets UTF-8, whatever the system takes for the encoding of the place: it is a file or a program.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123 (open until the end)
    for stream in (sys.stdout, sys.stderr):
        if stream.isatty():
            _take_colors()
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")


def _take_colors() -> None:
    """Tell a console of Windows that the signs for colours are no text; other terminals know it."""
    if sys.platform == "win32":
        import ctypes

        for number in (-11, -12):  # standard output, standard error
            handle, mode = ctypes.windll.kernel32.GetStdHandle(number), ctypes.c_ulong()
            if ctypes.windll.kernel32.GetConsoleMode(handle, ctypes.byref(mode)):
                ctypes.windll.kernel32.SetConsoleMode(handle, mode.value | 4)


if __name__ == "__main__":
    main()
