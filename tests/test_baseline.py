"""`--baseline` and `--statistics`: what a repository with a past sees of its findings."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest
from test_cli_check import coe

FORGOT = "The engineer forgot to renew it.\n"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / "coe.toml").write_text("")
    (tmp_path / "one.md").write_text(FORGOT, "utf-8")
    (tmp_path / "two.md").write_text(f"{FORGOT}\n{FORGOT}", "utf-8")
    return tmp_path


def lint(repository: Path, *words: str) -> tuple[int, list[str], str]:
    run = coe("lint", "--output-format", "concise", *words, cwd=repository)
    return run.returncode, run.stdout.splitlines(), run.stderr


def test_what_is_written_is_known_from_then_on(repository: Path) -> None:
    code, lines, told = lint(repository, "--write-baseline")
    assert (code, lines) == (0, [])
    assert told == "3 findings written to coe-baseline.json.\n"
    code, lines, told = lint(repository, "--baseline", "coe-baseline.json")
    assert (code, lines, told) == (0, [], "3 findings left out, known to coe-baseline.json.\n")


def test_what_was_known_of_a_deleted_file_is_gone(repository: Path) -> None:
    lint(repository, "--write-baseline")
    (repository / "one.md").unlink()
    code, lines, told = lint(repository, "--baseline", "coe-baseline.json")
    assert (code, lines) == (0, [])
    assert told.startswith("gone: one.md: ")
    assert "1 finding of coe-baseline.json no longer found" in told


@pytest.mark.skipif(sys.platform != "linux", reason="needs names of files that are no text, which Linux has")
def test_a_name_that_is_no_utf_8_is_known_as_well(repository: Path) -> None:
    name = os.fsdecode(b"gr\xfcn.md")
    (repository / name).write_text("The steps:\n- one\n\nThe engineer forgot it.\n", "utf-8")
    assert lint(repository, "--write-baseline")[0] == 0
    assert lint(repository, "--baseline", "coe-baseline.json")[:2] == (0, [])
    assert coe("check", "--diff", "--output-file", "a.diff", name, cwd=repository).returncode == 1
    assert b"+++ b/gr\xfcn.md\n" in (repository / "a.diff").read_bytes()


def test_a_new_finding_is_told_even_one_with_the_same_words(repository: Path) -> None:
    lint(repository, "--write-baseline")
    (repository / "one.md").write_text(f"A new start.\n\n{FORGOT}\nMore.\n\n{FORGOT}", "utf-8")
    code, lines, _ = lint(repository, "--baseline", "coe-baseline.json")
    assert code == 1
    assert [line.split(":")[:2] for line in lines] == [["one.md", "7"]]


def test_findings_that_vanish_are_told_and_taken_out_when_written_again(repository: Path) -> None:
    lint(repository, "--write-baseline")
    (repository / "one.md").write_text("The certificate ended.\n", "utf-8")
    code, _, told = lint(repository, "--baseline", "coe-baseline.json")
    assert code == 0
    assert "gone: one.md:" in told
    assert "1 finding of coe-baseline.json no longer found" in told
    lint(repository, "--baseline", "coe-baseline.json", "--write-baseline")
    assert [row["path"] for row in rows(repository)] == ["two.md", "two.md"]


def test_a_run_over_some_files_says_nothing_of_others_and_keeps_what_is_known_of_them(repository: Path) -> None:
    lint(repository, "--write-baseline")
    (repository / "two.md").write_text("The certificate ended.\n", "utf-8")
    _, _, told = lint(repository, "one.md", "--baseline", "coe-baseline.json")
    assert "gone" not in told
    lint(repository, "one.md", "--baseline", "coe-baseline.json", "--write-baseline")
    assert [row["path"] for row in rows(repository)] == ["one.md", "two.md", "two.md"]
    (repository / "two.md").unlink()
    lint(repository, "one.md", "--baseline", "coe-baseline.json", "--write-baseline")
    assert [row["path"] for row in rows(repository)] == ["one.md"]


def rows(repository: Path) -> list[dict[str, str]]:
    data = json.loads((repository / "coe-baseline.json").read_text("utf-8"))
    assert data["version"] == 1
    found: list[dict[str, str]] = data["findings"]
    return found


def test_a_run_of_some_rules_says_nothing_of_others_and_keeps_what_is_known_of_them(repository: Path) -> None:
    lint(repository, "--write-baseline")
    few = ("--select", "absolutes", "--baseline", "coe-baseline.json")
    assert "gone" not in lint(repository, *few)[2]
    lint(repository, *few, "--write-baseline")
    assert [row["rule"] for row in rows(repository)] == ["negligence"] * 3


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"version": 2, "findings": []}', '{"version": 1, "findings": [{"path": 1}]}', "[" * 100_000]
)
def test_a_file_that_is_no_baseline_is_an_error_with_a_remedy(repository: Path, text: str) -> None:
    (repository / "coe-baseline.json").write_text(text, "utf-8")
    code, lines, told = lint(repository, "--baseline", "coe-baseline.json")
    assert (code, lines) == (2, [])
    assert "coe-baseline.json" in told
    assert "--write-baseline" in told
    assert "Traceback" not in told


def test_what_the_remedy_says_mends_a_file_that_is_no_baseline(repository: Path) -> None:
    (repository / "coe-baseline.json").write_text("{", "utf-8")
    _, _, told = lint(repository, "--baseline", "coe-baseline.json")
    assert "Delete it, and write it again: `coe check --baseline coe-baseline.json --write-baseline`" in told
    (repository / "coe-baseline.json").unlink()
    assert lint(repository, "--baseline", "coe-baseline.json", "--write-baseline")[0] == 0
    assert lint(repository, "--baseline", "coe-baseline.json")[:2] == (0, [])


def test_the_marks_of_a_merge_are_named_and_both_sides_are_a_baseline(repository: Path) -> None:
    lint(repository, "--write-baseline")
    file = repository / "coe-baseline.json"
    head, one, two, *rest = file.read_text("utf-8").splitlines()[1:]
    conflict = ["{", head, "<<<<<<< HEAD", one, "=======", two, ">>>>>>> work", *rest]
    file.write_text("\n".join(conflict), "utf-8")
    code, _, told = lint(repository, "--baseline", "coe-baseline.json")
    assert code == 2
    assert "git has left its marks" in told
    file.write_text("\n".join(line for line in conflict if not line.startswith(("<<<", "===", ">>>"))), "utf-8")
    assert lint(repository, "--baseline", "coe-baseline.json")[:2] == (0, [])


def test_a_baseline_that_is_not_there_is_an_error(repository: Path) -> None:
    code, _, told = lint(repository, "--baseline", "old.json")
    assert code == 2
    assert "old.json does not exist" in told


def test_statistics_count_rules_and_not_findings(repository: Path) -> None:
    run = coe("lint", "--statistics", cwd=repository)
    assert run.returncode == 1
    assert run.stdout == "3  warning  negligence  LNG102  in 2 files\n\n2 files checked: 3 warnings.\n"


def test_statistics_are_for_people(repository: Path) -> None:
    run = coe("lint", "--statistics", "--output-format", "sarif", cwd=repository)
    assert run.returncode == 2
    assert "--statistics is for people" in run.stderr
