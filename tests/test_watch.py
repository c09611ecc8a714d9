"""`--watch`: a change is told of, what is no change is not, and it ends quietly."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import threading
import weakref
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from queue import Empty, Queue

import pytest

from coe.cli.watch import Watched, watch
from tests.test_cli_check import DRAFT, NAME, ROOT, coe

SECONDS = 60  # until a line must have come, on a machine that is busy


class Run:
    """A run that watches, with the lines that it writes."""

    def __init__(self, root: Path, *words: str) -> None:
        command = [sys.executable, "-u", "-m", "coe", "check", "--watch", "--output-format=concise", *words]
        environment = {**os.environ, "PYTHONPATH": ROOT, "XDG_CACHE_HOME": str(root.parent / "cache")}
        out = subprocess.PIPE
        self.process = subprocess.Popen(command, cwd=root, env=environment, stdout=out, stderr=subprocess.STDOUT, text=True)
        self.lines: Queue[str] = Queue()
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        for line in self.process.stdout or ():
            self.lines.put(line.rstrip("\n"))

    def until_it_waits(self) -> list[str]:
        """Return the lines up to the one that says that the run waits."""
        found = []
        while not (line := self.lines.get(timeout=SECONDS)).endswith("watching, Ctrl-C ends"):
            found.append(line)
        return found

    def end(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=SECONDS)

    def close(self) -> None:
        self.process.kill()
        self.process.wait(timeout=SECONDS)
        self.reader.join(timeout=SECONDS)
        assert self.process.stdout
        self.process.stdout.close()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "repository"
    (root / NAME).parent.mkdir(parents=True)
    (root / "coe.toml").write_text("")
    (root / NAME).write_text(DRAFT)
    return root


@pytest.fixture
def run(root: Path) -> Iterator[Run]:
    run = Run(root)
    yield run
    run.close()


def test_a_change_is_told_of(run: Run, root: Path) -> None:
    assert run.until_it_waits() == []
    (root / NAME).write_text(DRAFT.replace("SEV2", "high"))
    [line] = run.until_it_waits()
    assert line.endswith("[wrong-value]")
    (root / NAME).with_name("2026-07-15-other.md").write_text("---\nid: x\n---\n")
    assert len(run.until_it_waits()) > 1, "a new file is seen"
    (root / NAME).with_name("2026-07-15-other.md").unlink()
    assert run.until_it_waits() == [line]
    (root / "coe.toml").write_text("[lnt]\n")
    assert run.until_it_waits()[0].startswith("error: ")
    (root / "coe.toml").write_text("")
    assert run.until_it_waits() == [line]
    assert run.end() == 0


def test_what_is_no_change_is_not_told_of(run: Run, root: Path) -> None:
    run.until_it_waits()
    (root / NAME).with_name(".swap").write_text("")
    (root / NAME).with_name("picture.png").write_text("")
    with pytest.raises(Empty):
        run.lines.get(timeout=1.5)
    assert run.end() == 0
    assert run.lines.empty()


def test_a_run_that_failed_is_tried_again_once_what_was_in_its_way_is_gone(root: Path) -> None:
    """The settings are edited in place, and lie beside the repository: neither a folder nor a listing tells of it."""
    settings = root / "pyproject.toml"
    (root / "coe.toml").unlink()
    settings.write_text("[tool.coe.lnt]\n")
    (beside := root.parent / "beside").mkdir()
    with closing(Run(beside, str(root))) as run:
        assert run.until_it_waits()[0].startswith("error: ")
        with settings.open("r+") as file:
            file.write("[tool.coe.lint]\n")
        assert run.until_it_waits() == []
        with settings.open("r+") as file:
            file.write("[tool.coe.lnt]\n")
        assert run.until_it_waits()[0].startswith("error: ")
        assert run.end() == 0


def test_a_file_that_a_link_leads_to_is_waited_for(run: Run, root: Path) -> None:
    run.until_it_waits()
    with (root / NAME).open("a") as file:
        file.write("\nSee [the graph](graph.svg).\n")
    assert "[broken-link]" in run.until_it_waits()[-1]
    (root / NAME).with_name("graph.svg").write_text("<svg/>")
    assert run.until_it_waits() == []


def test_a_file_from_the_future_does_not_keep_it_running(root: Path) -> None:
    os.utime(root / NAME, (2**32, 2**32))
    with closing(Run(root)) as run:
        run.until_it_waits()
        with pytest.raises(Empty):
            run.lines.get(timeout=1.5)
        assert run.end() == 0


def test_nothing_stays_in_memory_of_a_run_that_is_over(tmp_path: Path) -> None:
    class Kept:
        pass

    left: list[weakref.ref[Kept]] = []

    def run() -> Watched:
        one = Kept()
        one.itself = one  # type: ignore[attr-defined]
        left.append(weakref.ref(one))
        gc.freeze()  # as a check does
        return Watched([], [])

    def interrupt(_: float) -> None:
        raise KeyboardInterrupt

    watch(run, sleep=interrupt)
    assert [one() for one in left] == [None]


def test_standard_input_cannot_be_watched(root: Path) -> None:
    run = coe("check", "-", "--watch", cwd=root)
    assert (run.returncode, run.stdout) == (2, "")
    assert "`-` and --watch do not go together" in run.stderr
