"""What a run imports, counted by Python itself: a budget of modules, because seconds depend on the machine and its load."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_cli_check import DRAFT, NAME, ROOT

BUDGET = {
    "--version": 30,
    "check, nothing changed": 70,
    "--help": 215,
    "check of one COE": 420,
}
"""How many modules a run may import besides those of a bare Python; each some ten percent above what it is."""


def imported(*words: str, cwd: Path) -> list[str]:
    """Return the names of the modules that Python says it imported, in their order."""
    ran = subprocess.run(
        [sys.executable, "-X", "importtime", *words],
        cwd=cwd, env={**os.environ, "PYTHONPATH": ROOT}, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert ran.returncode in (0, 1), ran.stderr[-2000:]
    return [line.rpartition("|")[2].strip() for line in ran.stderr.splitlines() if line.startswith("import time:")][1:]


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    root = tmp_path / "repository"
    (root / NAME).parent.mkdir(parents=True)
    (root / "coe.toml").write_text("[lint]\n")
    (root / NAME).write_text(DRAFT)
    for file in (root / "coe.toml", root / NAME):
        os.utime(file, (1_700_000_000, 1_700_000_000))
    return root


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("--version", ["--version"]),
        ("--help", ["--help"]),
        ("check of one COE", ["check", "--no-cache", NAME]),
        ("check, nothing changed", ["check", NAME]),
    ],
)
def test_a_run_imports_no_more_than_its_budget(repository: Path, what: str, words: list[str]) -> None:
    if what.endswith("nothing changed"):
        imported("-m", "coe", *words, cwd=repository)
    bare = imported("-c", "pass", cwd=repository)
    more = [name for name in imported("-m", "coe", *words, cwd=repository) if name not in bare]
    assert "coe" in more
    assert len(more) <= BUDGET[what], f"{len(more)} modules: {' '.join(more)}"


def test_the_count_sees_an_import_too_many(repository: Path) -> None:
    bare = imported("-c", "pass", cwd=repository)
    more = [name for name in imported("-c", "import coe.cli.check, jinja2", cwd=repository) if name not in bare]
    assert {"coe.cli.check", "typer", "jinja2"} <= {*more}
