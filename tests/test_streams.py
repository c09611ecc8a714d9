"""How a run ends when nobody reads on, when there is no room, and at Ctrl-C: quietly, and with its work done or not begun."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from coe.report import FORMATS
from tests.test_cli_check import DRAFT, ROOT

COMMAND = [sys.executable, "-m", "coe"]
FLAWED = DRAFT.replace("no free connection.", "none: the engineer should have looked.\n\n" * 3)
RUN = """\
import os, signal, sys
sys.argv = ["coe", *sys.argv[1:]]
from coe.__main__ import main
{}
main()
"""

posix = pytest.mark.skipif(os.name != "posix", reason="signals and pipes of POSIX")


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("PYTHONPATH", os.fspath(ROOT))
    root = tmp_path / "repository"
    (root / "coes/2026").mkdir(parents=True)
    (root / "coe.toml").touch()
    for day in range(10, 14):
        (root / f"coes/2026/2026-07-{day}-checkout.md").write_text(
            FLAWED.replace("2026-07-14-checkout", f"2026-07-{day}-checkout")
        )
    return root


def spoil(root: Path) -> None:
    """Write every file so that `coe fmt` has something to change."""
    for file in root.rglob("*.md"):
        file.write_text(file.read_text().replace("status: draft", "status:   draft"))


def unread(words: str, cwd: Path, *, unbuffered: bool = False) -> tuple[int, bytes]:
    """Run with a standard output that nobody reads, and return the status and what standard error got."""
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, *(["-u"] if unbuffered else []), "-m", "coe", *words.split()]
    try:
        done = subprocess.run(command, cwd=cwd, stdout=write, stderr=subprocess.PIPE, timeout=120, check=False)
    finally:
        os.close(write)
    return done.returncode, done.stderr


@pytest.mark.parametrize("name", FORMATS)
def test_a_report_that_nobody_reads_ends_as_it_would(repository: Path, name: str) -> None:
    for words in ("check", "check"):  # the second time from what is kept
        assert unread(f"{words} --output-format {name}", repository) == (1, b"")


@pytest.mark.parametrize(
    "words", ["--version", "rules", "rules --format json", "schema report", "explain counterfactual", "--help"]
)
@pytest.mark.parametrize("unbuffered", [False, True])
def test_what_nobody_reads_is_no_failure(repository: Path, words: str, *, unbuffered: bool) -> None:
    assert unread(words, repository, unbuffered=unbuffered) == (0, b"")


@pytest.mark.parametrize("unbuffered", [False, True])
def test_a_command_that_changes_files_changes_all_of_them(repository: Path, *, unbuffered: bool) -> None:
    spoil(repository)
    status, said = unread("fmt", repository, unbuffered=unbuffered)
    assert (status, said.decode().strip()) == (0, "4 files changed, 0 left as they are.")
    assert not any("status:   draft" in file.read_text() for file in repository.rglob("*.md"))


def test_a_status_is_the_same_whoever_reads(repository: Path) -> None:
    spoil(repository)
    assert unread("fmt --diff", repository)[0] == 1
    assert unread("search nowhere", repository) == (1, b"")
    assert unread("check nowhere.md", repository)[0] == 2


def test_what_is_said_beside_the_report_need_not_be_read_either(repository: Path) -> None:
    spoil(repository)
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [*COMMAND, "fmt", "--check"], cwd=repository, stdout=subprocess.PIPE, stderr=write, timeout=60, check=False
    )
    os.close(write)
    assert (done.returncode, done.stdout.count(b"\n")) == (1, 4)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full: /dev/full")
@pytest.mark.parametrize("words", ["--version", "rules", "check", "fmt --diff"])
def test_a_full_disk_is_told(repository: Path, words: str) -> None:
    spoil(repository)
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*COMMAND, *words.split()], cwd=repository, stdout=full, stderr=subprocess.PIPE, timeout=60, check=False
        )
    assert done.returncode == 2
    assert b"No space left on device" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full: /dev/full")
@pytest.mark.parametrize(("words", "status"), [("check nowhere.md", 2), ("check", 1), ("fmt", 0), ("--nonsense", 2)])
def test_a_status_is_the_same_where_nothing_can_be_said(repository: Path, words: str, status: int) -> None:
    spoil(repository)
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*COMMAND, *words.split()], cwd=repository, stdout=subprocess.PIPE, stderr=full, timeout=60, check=False
        )
    assert done.returncode == status
    assert (words == "fmt") != any("status:   draft" in file.read_text() for file in repository.rglob("*.md"))


@posix
@pytest.mark.parametrize("option", [(), ("-u",)])
def test_a_report_of_which_only_a_part_has_room_is_no_report(repository: Path, option: tuple[str, ...]) -> None:
    import resource

    with (repository / "report").open("w") as file:
        done = subprocess.run(
            [sys.executable, *option, "-m", "coe", "rules"],
            cwd=repository,
            stdout=file,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000)),
        )
    assert (done.returncode, done.stderr) == (2, b"error: input or output: File too large\n")


@posix
@pytest.mark.parametrize("option", [(), ("-u",)])
def test_a_pipe_that_does_not_wait_gets_the_whole_report(repository: Path, option: tuple[str, ...]) -> None:
    command = [sys.executable, *option, "-m", "coe", "rules", "--format", "json"]
    read, write = os.pipe()
    os.set_blocking(write, False)
    with subprocess.Popen(command, cwd=repository, stdout=write, stderr=subprocess.PIPE) as run, open(read, "rb") as out:  # noqa: PTH123
        os.close(write)
        text = out.read()
        assert run.wait(timeout=60) == 0
    assert len(text) > 65_536  # more than a pipe holds
    assert json.loads(text)["rules"]


@posix
def test_a_watch_ends_when_its_reader_is_gone(repository: Path) -> None:
    status, said = unread("check --watch", repository)
    assert (status, said) == (0, b"")


# --- Ctrl-C ---

MOMENTS = {
    "reading": "import coe.read as m; m.decode = stop",
    "checking": "import coe.judge as m; m.judge = stop",
    "checking in several processes": "import coe.cli.pool as m; m._Helper.result = stop",
    "concluding": "import coe.check as m; m.conclude = stop",
    "rendering": "import coe.report.full as m; m.render = stop",
    "writing": "import coe.cli.check as m; m._write = stop",
}
STOP = """
def stop(*given, **named):
    os.kill(os.getpid(), signal.SIGINT)
    signal.sigtimedwait([], 0.1)
"""


def interrupted(moment: str, words: str, cwd: Path) -> tuple[int, bytes, bytes]:
    """Run with an interrupt to the whole group of processes, as a terminal sends it, at a moment."""
    code = RUN.format(STOP.replace("os.kill(os.getpid()", "os.killpg(os.getpid()") + moment)
    done = subprocess.run(
        [sys.executable, "-c", code, *words.split()],
        cwd=cwd,
        capture_output=True,
        timeout=120,
        check=False,
        start_new_session=True,
    )
    return done.returncode, done.stdout, done.stderr


@posix
@pytest.mark.parametrize("moment", MOMENTS)
def test_an_interrupt_ends_a_check_quietly_and_by_its_signal(repository: Path, moment: str) -> None:
    assert interrupted(MOMENTS[moment], "check --no-cache --jobs 3", repository) == (-signal.SIGINT, b"", b"")


@posix
def test_an_interrupt_while_processes_start_is_not_lost(repository: Path) -> None:
    """Python swallows what is raised while a process is copied, and goes on."""
    moment = "os.register_at_fork(before=stop)"
    assert interrupted(moment, "check --no-cache --jobs 3", repository) == (-signal.SIGINT, b"", b"")


@posix
def test_an_interrupt_ends_the_loop_of_a_shell_around_it(repository: Path) -> None:
    (repository / "stop.py").write_text(RUN.format(STOP.replace("os.kill(os.getpid()", "os.killpg(0") + MOMENTS["checking"]))
    loop = f"for word in 1 2; do {sys.executable} stop.py check --no-cache --jobs 1; echo more; done"
    done = subprocess.run(
        ["bash", "-c", loop], cwd=repository, capture_output=True, timeout=120, check=False, start_new_session=True
    )
    assert (done.returncode, done.stdout) == (-signal.SIGINT, b"")
