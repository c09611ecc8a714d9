"""The standard streams as a run finds them: closed, a terminal, a file, or a pipe whose reader may leave."""

from __future__ import annotations

import errno
import io
import os
import sys

TYPE_CHECKING = False  # A run that is answered at once has no use for `typing`, which takes a tenth of its time.
if TYPE_CHECKING:
    from typing import TextIO

    from _typeshed import ReadableBuffer

_GONE = {errno.EPIPE, errno.EINVAL} if sys.platform == "win32" else {errno.EPIPE}


class _Outlet(io.FileIO):
    """Where a stream ends. When its reader is gone (`| head`), the rest is for nobody, and the run does what it has to do.

    So a command that changes files does not stop half way, and ends with the status that it would have had. `bears_all` is for
    standard error: of what keeps it from being written, such as a full disk, nobody can be told.
    """

    is_read = True

    def __init__(self, number: int, *, bears_all: bool) -> None:
        super().__init__(number, "wb", closefd=False)
        self._bears_all = bears_all

    def write(self, data: ReadableBuffer, /) -> int:
        """Return how much was written: all, also when nobody reads it; the system may take less at a time."""
        rest = memoryview(data).cast("B")
        size = len(rest)
        try:
            while rest:
                taken: int | None = super().write(rest)
                if taken is None:
                    _wait_for_room(self)
                rest = rest[taken or 0 :]
        except OSError as error:
            if error.errno not in _GONE and not self._bears_all:
                raise
            self.is_read = False
        return size


def _wait_for_room(outlet: io.FileIO) -> None:
    """Come back when a stream that another program set not to wait takes more."""
    import select

    select.select([], [outlet], [])


def is_read(stream: TextIO) -> bool:
    """Say whether somebody may still read what is written to a stream, as far as the last writing showed."""
    buffer = getattr(stream, "buffer", None)
    outlet = getattr(buffer, "raw", buffer)
    return not isinstance(outlet, _Outlet) or outlet.is_read


def open_streams() -> None:
    """Give what is written to a closed stream (`>&-`) to nobody; a closed standard input is empty.

    What is no terminal gets UTF-8, whatever the system takes for the encoding of the place: it is a file or a program.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123 (open until the end)
        elif mode == "w" and stream.isatty():
            _take_colors()
        elif mode == "w" and isinstance(stream, io.TextIOWrapper):
            setattr(sys, name, _opened(stream, bears_all=name == "stderr"))


def _opened(stream: io.TextIOWrapper, *, bears_all: bool) -> io.TextIOWrapper:
    """Return a stream to the same place that takes UTF-8 and bears that its reader leaves."""
    outlet = _Outlet(stream.fileno(), bears_all=bears_all)
    at_once = stream.write_through
    return io.TextIOWrapper(
        outlet if at_once else io.BufferedWriter(outlet),
        encoding="utf-8",
        errors=stream.errors,
        line_buffering=stream.line_buffering,
        write_through=at_once,
    )


def _take_colors() -> None:
    """Tell a console of Windows that the signs for colours are no text; other terminals know it."""
    if sys.platform == "win32":
        import ctypes

        for number in (-11, -12):  # standard output, standard error
            handle, mode = ctypes.windll.kernel32.GetStdHandle(number), ctypes.c_ulong()
            if ctypes.windll.kernel32.GetConsoleMode(handle, ctypes.byref(mode)):
                ctypes.windll.kernel32.SetConsoleMode(handle, mode.value | 4)
