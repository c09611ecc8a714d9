"""Sources → judgements, in several processes where there are many: the order is that of the sources all the same."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from coe.judge import Judgement, Setting
    from coe.read import Source

    Work = list[tuple[Source, bool]]

WORTH = 64
"""Documents that a further process must get before it is worth its start."""


def judge_all(work: Work, setting: Setting, jobs: int = 0) -> list[Judgement]:
    """Return what is found in each source; with `jobs` of 0 in as many processes as there are cores, if that is quicker."""
    # What is there by now stays to the end: no search for cycles, here or in a copy of this process, need look at it.
    gc.freeze()
    count = min(jobs or min(_cores(), len(work) // WORTH), len(work))
    if count < 2:
        return _judged(work, setting)
    # What the first document makes ready, such as the phrases of the language, the other processes have from here.
    out: list[Any] = [*_judged(work[:1], setting), *[None] * (len(work) - 1)]
    shares = [range(at, len(work), count) for at in range(1, count + 1)]
    helpers: list[_Helper] = []
    try:
        with _uninterrupted():
            # One after the other: where one cannot be made, those before it are ended all the same.
            helpers.extend(_Helper([work[at] for at in share], setting) for share in shares[1:])
        # The first share is done here: this process would else wait with all its modules loaded.
        for share, done in zip(shares, (_judged, *(helper.result for helper in helpers)), strict=True):
            results = done([work[at] for at in share], setting)
            for at, result in zip(share, results, strict=True):
                out[at] = result
    finally:
        with _uninterrupted():
            for helper in helpers:
                helper.end()
    return out


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let Ctrl-C wait for the end of a block; a process that is started in it does not hear of Ctrl-C at all.

    While a process is copied, Python would tell of an interrupt in a traceback and go on as if there had been none. And the
    copies need not know: this process ends them.
    """
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Helper:
    """A process that judges some sources."""

    def __init__(self, work: Work, setting: Setting) -> None:
        context = _context()
        self._from, into = context.Pipe(duplex=False)
        self._process = context.Process(target=_help, args=(into, work, setting), daemon=True)
        self._runs = True
        try:
            self._process.start()
        except OSError:  # no more processes, or no memory for one: its share is done here
            self._runs = False
        into.close()

    def result(self, work: Work, setting: Setting) -> list[Judgement]:
        """Return what the process found; what it cannot do, for want of memory for example, is done here."""
        try:
            fine, found = self._from.recv()
        except (EOFError, OSError):
            return _judged(work, setting)
        if not fine:
            raise found
        return list(found)

    def end(self) -> None:
        """End the process."""
        self._from.close()
        if self._runs:
            self._process.terminate()
            self._process.join()


def _context() -> Any:
    """Return how processes are started: a copy of this one where that is safe, as it has all modules loaded."""
    import multiprocessing

    is_alone = sys.platform == "linux" and threading.active_count() == 1
    return multiprocessing.get_context("fork" if is_alone else "spawn")


def _help(into: Connection, work: Work, setting: Setting) -> None:
    gc.set_threshold(200_000, 20, 100)
    try:
        answer: tuple[bool, Any] = (True, _judged(work, setting))
    except (KeyboardInterrupt, MemoryError):
        return
    except Exception as error:  # noqa: BLE001 (it is raised again in the process that asked)
        answer = (False, error)
    try:
        into.send(answer)
    except (BrokenPipeError, KeyboardInterrupt):
        return


def _judged(work: Work, setting: Setting) -> list[Judgement]:
    """Return what is found in each source; the text of one in which nothing was found is let go."""
    from coe.judge import judge

    out = []
    for source, is_target in work:
        judgement = judge(source, setting, is_target=is_target)
        if not judgement.rows:
            source.let_go()
        out.append(judgement)
    return out


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
