"""A rule that crashes: told as a bug with its place, the others go on, and nothing is learned from the run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from test_cli_check import DRAFT, NAME, ROOT, coe

CRASHING = """
import sys
from coe.rule import all_rules

def crash(_):
    raise ZeroDivisionError("division\\x1b[31m by zero")
    yield

for rule in all_rules():
    if rule.name == sys.argv[1]:
        object.__setattr__(rule, "check", crash)
del sys.argv[1]
from coe.__main__ import main
main()
"""
FLAWED = (
    DRAFT
    + "\nThe engineer forgot the lock.\n\n<!-- coe: allow-file list-without-blank-line: our style -->\nThe steps:\n- one\n"
)


def crashing(rule: str, *words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", CRASHING, rule, *words]
    environment = {**os.environ, "PYTHONPATH": ROOT}
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, env=environment, timeout=60, check=False)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / "coe.toml").write_text("")
    (tmp_path / NAME).parent.mkdir(parents=True)
    (tmp_path / NAME).write_text(FLAWED)
    (tmp_path / "notes.md").write_text("# Notes\n")
    return tmp_path


@pytest.mark.parametrize("more", [(), ("--jobs", "2"), ("--exit-zero",)])
def test_it_stops_no_other_rule_and_fails_the_run(repository: Path, more: tuple[str, ...]) -> None:
    for _ in range(2):  # the second time from what is kept, if it were
        run = crashing("list-without-blank-line", "check", "--output-format", "concise", *more, cwd=repository)
        assert run.returncode == 2
        assert run.stdout.startswith(f"{NAME}:18:14: warning: ")
        assert len(run.stdout.splitlines()) == 1, "its allowance is not said to be unused"
        assert run.stderr.startswith(
            f"error: the rule `list-without-blank-line` crashed in {NAME} and 1 other document: "
            "ZeroDivisionError: division\\u001b[31m by zero (<string>:6)\n  help: This is a bug: "
        )
        assert "--ignore list-without-blank-line" in run.stderr
        assert "Traceback" not in run.stderr
    assert coe("check", "--ignore", "negligence", cwd=repository).returncode == 0, "nothing of it was kept"


def test_a_rule_on_the_whole_repository(repository: Path) -> None:
    run = crashing("duplicate-document-id", "check", "--output-format", "concise", cwd=repository)
    assert run.returncode == 2
    assert len(run.stdout.splitlines()) == 1
    assert run.stderr.startswith("error: the rule `duplicate-document-id` crashed: ZeroDivisionError: ")


def test_what_others_mend_is_mended(repository: Path) -> None:
    (repository / NAME).write_text(FLAWED.replace("<!-- coe: allow-file list-without-blank-line: our style -->\n", ""))
    run = crashing("negligence", "check", "--fix", cwd=repository)
    assert run.returncode == 2
    assert "The steps:\n\n- one\n" in (repository / NAME).read_text()


def test_a_baseline_keeps_what_the_rule_had_found(repository: Path) -> None:
    coe("check", "--write-baseline", cwd=repository)
    before = (repository / "coe-baseline.json").read_text()
    assert [one["rule"] for one in json.loads(before)["findings"]] == ["negligence"]
    run = crashing("negligence", "check", "--no-cache", "--baseline", "coe-baseline.json", cwd=repository)
    assert (run.returncode, "gone" in run.stderr) == (2, False)
    crashing("negligence", "check", "--no-cache", "--write-baseline", cwd=repository)
    assert (repository / "coe-baseline.json").read_text() == before


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (MemoryError(), ["not enough memory"]),
        (LookupError("x"), ["Traceback", "LookupError: x", "This is a bug"]),
        (RuntimeError("y"), ["Traceback", "RuntimeError: y", "This is a bug"]),
        (ValueError("a\n::error::b\x1b[2J"), ["\\u001b[2J", "This is a bug"]),
    ],
)
def test_what_ends_a_run_is_not_taken_for_findings(
    error: Exception, said: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    from coe.cli.console import _status

    def fails() -> None:
        raise error

    assert _status(fails) == 2
    told = capfd.readouterr().err
    assert [words for words in said if words not in told] == []
    assert "\x1b" not in told
    assert not any(line.startswith("::") for line in told.splitlines())
