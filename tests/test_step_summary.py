"""The summary of a step in GitHub Actions: all findings, in the size that GitHub takes, appended to what is there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from test_flawed import FLAWED
from test_reports import finding, run

from coe.diagnostic import Diagnostic, Severity
from coe.read import Source
from coe.report.outcome import Outcome
from coe.report.step_summary import LIMIT, MOST_ROWS, OWN, step_summary


def many(files: int, each: int, words: str = "this is not right") -> Outcome:
    found = [
        finding("text", message=words, severity=Severity.ERROR if number == files - 1 else Severity.WARNING,
                source=Source(f"coes/{number:05}.md", "text"))
        for number in range(files) for _ in range(each)
    ]  # fmt: skip
    return Outcome(tuple(found), files)


def test_everything_stands_in_the_summary_the_worst_file_first() -> None:
    text = step_summary(many(3, 2))
    assert [line for line in text.splitlines() if line.startswith("#")] == [
        "## coekit", "### `coes/00002.md`", "### `coes/00000.md`", "### `coes/00001.md`",
    ]  # fmt: skip
    assert text.splitlines()[2] == "3 files checked: **2 errors, 4 warnings**."
    assert text.count("| this is not right |") == 6
    assert "left out" not in text
    assert text.endswith("|\n")


def test_nothing_is_said_when_there_is_nothing() -> None:
    assert step_summary(Outcome((), 3)) == ""


def sections(text: str) -> int:
    return text.count("\n### ")


@pytest.mark.parametrize("words", ["this is not right " * 20, "漢字 " * 80])
def test_a_large_summary_is_cut_between_sections_and_says_so(words: str) -> None:
    outcome = many(2000, 2, words)
    text = step_summary(outcome)
    size = len(text.encode())
    assert OWN * 0.97 < size <= OWN < LIMIT
    left = 2000 - sections(text)
    assert (
        text.splitlines()[-1]
        == f"{2 * left} findings in {left} files left out here: GitHub shows at most 1 MiB. `coe check` shows all."
    )
    assert text.count(" | error | ") == 2, "the worst comes first"
    assert text.count("\n| 1:1 ") == 2 * sections(text), "no section is cut in two"


def test_every_room_is_kept() -> None:
    outcome = many(5, 3)
    whole = step_summary(outcome)
    for room in range(-10, len(whole) + 300, 7):
        text = step_summary(outcome, room=room)
        assert len(text.encode()) <= max(room, 0)
        assert text in ("", whole) or "left out here" in text
        assert text.count("\n| 1:1 ") == 3 * sections(text)
    assert step_summary(outcome, room=len(whole) + 200) == whole


def test_of_one_file_with_many_findings_the_worst_are_told() -> None:
    found: list[Diagnostic] = [finding("text", severity=Severity.NOTE)] * 3 + [finding("text")] * MOST_ROWS
    text = step_summary(Outcome(tuple(found), 1))
    assert text.count(" | error | ") == MOST_ROWS
    assert " | note | " not in text
    assert text.endswith("\n3 more in this file are left out.\n")


# --- The command ---


def test_the_summary_is_appended(tmp_path: Path) -> None:
    file = tmp_path / "summary.md"
    for before in ("", "# Before\n", "no line break"):
        file.write_text(before)
        done = run(FLAWED, "check", ".", "--output-format", "github", GITHUB_STEP_SUMMARY=str(file))
        assert (done.returncode, done.stderr) == (1, b"")
        text = file.read_text("utf-8")
        assert text.startswith(before)
        heads = [line for line in text.splitlines() if line.startswith("## ")]
        assert heads == ["## coekit"]
        assert not before or "\n\n## coekit\n" in text
        assert text.count("](<https://") > 90
    assert b"more without an annotation: see the summary of this step" in done.stdout


def test_a_summary_that_is_almost_full_stays_below_the_limit(tmp_path: Path) -> None:
    file = tmp_path / "summary.md"
    for room in (5000, 10):
        file.write_bytes(b"x" * (LIMIT - room))
        done = run(FLAWED, "check", ".", "--output-format", "github", GITHUB_STEP_SUMMARY=str(file))
        assert done.returncode == 1
        assert file.stat().st_size <= LIMIT
    file.write_bytes(b"x" * (LIMIT + 5))
    assert run(FLAWED, "check", ".", "--output-format", "github", GITHUB_STEP_SUMMARY=str(file)).returncode == 1
    assert file.stat().st_size == LIMIT + 5


@pytest.mark.parametrize("name", ["full", "json", "markdown"])
def test_other_formats_leave_the_summary_alone(tmp_path: Path, name: str) -> None:
    file = tmp_path / "summary.md"
    assert run(FLAWED, "check", ".", "--output-format", name, GITHUB_STEP_SUMMARY=str(file)).returncode == 1
    assert not file.exists()


def test_a_clean_run_writes_no_summary(tmp_path: Path) -> None:
    (tmp_path / "coe.toml").touch()
    (tmp_path / "page.md").write_text("The pool had no free connection.\n")
    done = run(tmp_path, "lint", "page.md", "--output-format", "github", GITHUB_STEP_SUMMARY=str(tmp_path / "summary.md"))
    assert (done.returncode, done.stderr) == (0, b"")
    assert not (tmp_path / "summary.md").exists()


def test_a_summary_that_cannot_be_written_fails_no_run(tmp_path: Path) -> None:
    done = run(FLAWED, "check", ".", "--output-format", "github", GITHUB_STEP_SUMMARY=str(tmp_path))
    assert done.returncode == 1
    assert done.stdout.startswith(b"::error ")
    assert done.stderr.decode() == f"warning: cannot write the summary of the step, {tmp_path}: Is a directory{os.linesep}"
