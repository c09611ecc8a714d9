"""How far a long run has come, on one line of a terminal that it wipes out at the end."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TextIO

_AFTER = 1.0
_BETWEEN = 0.1
_WIDTH = 24


class Progress:
    """A line that says what is being done; it appears once a run takes longer than a moment, and on a terminal only."""

    def __init__(self, out: TextIO | None = None) -> None:
        self._out = out or sys.stderr
        self._is_shown = self._out.isatty()
        self._began = self._last = time.monotonic()
        self._written = False

    def __call__(self, doing: str, done: int, total: int) -> None:
        """Show what is being done, how much of it is done, and how much there is (0 where nobody knows)."""
        now = time.monotonic()
        if not self._is_shown or now - self._began < _AFTER or (total and now - self._last < _BETWEEN):
            return
        self._last, self._written = now, True
        bar = ""
        if total:
            full = _WIDTH * done // total
            bar = f" [{'#' * full}{'.' * (_WIDTH - full)}] {done:,} of {total:,}"
        self._out.write(f"\r\x1b[K{doing}{bar}")
        self._out.flush()

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._written:
            self._out.write("\r\x1b[K")
            self._out.flush()
        self._written = False
