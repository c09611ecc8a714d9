"""Options that contradict each other: none is done while another is forgotten."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from test_cli_check import DRAFT, NAME, coe

FLAWED = DRAFT + "\nThe engineer forgot the lock.\n"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / "coe.toml").write_text("")
    (tmp_path / NAME).parent.mkdir(parents=True)
    (tmp_path / NAME).write_text(FLAWED)
    return tmp_path


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--diff --add-allow old", "--diff and --add-allow do not go together"),
        ("--fix --diff --write-baseline", "--diff and --write-baseline do not go together"),
        ("--diff --statistics", "--diff and --statistics do not go together"),
        ("--diff --output-format json", "--diff and --output-format do not go together"),
        ("--watch --add-allow old", "--watch and --add-allow do not go together"),
        ("--watch --write-baseline", "--watch and --write-baseline do not go together"),
        ("--write-baseline --add-allow old", "--add-allow and --write-baseline do not go together"),
        ("--unsafe-fixes", "--unsafe-fixes says nothing without --fix or --diff"),
        ("--stdin-filename a.md", "--stdin-filename says nothing without `-`"),
        ("--statistics --output-format json", "--statistics is for people"),
        ("- --watch", "`-` and --watch do not go together"),
        ("- --changed-since HEAD", "`-` and --changed-since do not go together"),
        ("- --fix --add-allow old", "`- with --fix` and --add-allow do not go together"),
        ("- --fix --output-file a.txt", "`- with --fix` and --output-file do not go together"),
        ("- --add-allow old --output-format json", "`- with --add-allow` and --output-format do not go together"),
    ],
)
def test_options_that_contradict_each_other(repository: Path, words: str, said: str) -> None:
    run = coe("check", *words.split(), cwd=repository, stdin=FLAWED.encode())
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.startswith(f"error: {said}\n  help: ")
    assert (repository / NAME).read_text() == FLAWED
    assert sorted(path.name for path in repository.iterdir()) == ["coe.toml", "coes"]


def test_a_diff_goes_to_the_file_that_is_asked_for(repository: Path) -> None:
    text = DRAFT + "\nThe steps:\n- one\n- two\n"
    (repository / NAME).write_text(text)
    shown = coe("check", "--diff", cwd=repository)
    assert (shown.returncode, shown.stdout[:4]) == (1, "--- ")
    run = coe("check", "--diff", "--output-file", "fixes.diff", cwd=repository)
    assert (run.returncode, run.stdout) == (1, "")
    assert (repository / "fixes.diff").read_text() == shown.stdout
    assert (repository / NAME).read_text() == text


def test_what_the_baseline_knows_gets_no_allowance(repository: Path) -> None:
    assert coe("check", "--write-baseline", cwd=repository).returncode == 0
    known = json.loads((repository / "coe-baseline.json").read_text())["findings"]
    assert [one["rule"] for one in known] == ["negligence"]
    (repository / NAME).write_text(FLAWED + "\nThe reviewer failed to notice the date.\n")
    run = coe("check", "--baseline", "coe-baseline.json", "--add-allow", "old", cwd=repository)
    assert run.returncode == 0, run.stdout
    assert (repository / NAME).read_text().count("coe: allow") == 1
    assert "1 finding left out" in run.stderr
