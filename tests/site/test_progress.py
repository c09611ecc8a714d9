"""Progress is for people who wait at a terminal, and leaves nothing behind."""

from __future__ import annotations

import io

import pytest

from coe.cli import progress
from coe.cli.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_sees_how_far_a_long_run_is_and_nothing_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(100))
    monkeypatch.setattr(progress.time, "monotonic", lambda: float(next(clock)))
    out = Terminal()
    with Progress(out) as shown:
        shown("making pages", 500, 1000)
    said = out.getvalue()
    assert "making pages [############............] 500 of 1,000" in said
    assert said.endswith("\r\x1b[K")


def test_a_log_sees_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(100))
    monkeypatch.setattr(progress.time, "monotonic", lambda: float(next(clock)))
    out = io.StringIO()
    with Progress(out) as shown:
        shown("making pages", 500, 1000)
    assert out.getvalue() == ""
