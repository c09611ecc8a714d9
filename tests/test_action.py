"""The GitHub action, its scripts run as a runner runs them, and what auditors of workflows say of our own."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from test_cli_check import ROOT
from test_workflow import commit, git, text, write

HERE = Path(ROOT)
ACTION = yaml.safe_load((HERE / "action.yml").read_text("utf-8"))
WORKFLOWS = [HERE / "action.yml", *sorted((HERE / ".github" / "workflows").glob("*.yml"))]


@pytest.fixture
def runner(tmp_path: Path) -> Path:
    """Return the temporary folder of a runner in which this coekit is installed."""
    (tmp_path / "runner" / "coekit" / "bin").mkdir(parents=True)
    command = tmp_path / "runner" / "coekit" / "bin" / "coe"
    command.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m coe "$@"\n')
    command.chmod(0o755)
    (command.parent / "python").symlink_to(sys.executable)
    return tmp_path / "runner"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "repository"
    write(root, "", "coe.toml")
    git(root, "init", "--quiet", "--initial-branch", "main")
    write(root, text(status="draft"))
    commit(root)
    return root


def act(repository: Path, runner: Path, **given: str) -> tuple[int, str, dict[str, str], str]:
    """Return exit code, log, outputs and summary of one run of the action's script."""
    summary, output = runner / "summary.md", runner / "output"
    output.write_text("")
    summary.write_text("")
    world = {
        "RUNNER_TEMP": str(runner),
        "GITHUB_OUTPUT": str(output),
        "GITHUB_STEP_SUMMARY": str(summary),
        "GITHUB_ACTIONS": "true",
    }
    run = subprocess.run(
        ["bash", HERE / "action" / "check.sh"], cwd=repository, env=os.environ | world | given,
        capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    told = dict(line.split("=", 1) for line in output.read_text("utf-8").splitlines())
    return run.returncode, run.stdout.decode() + run.stderr.decode(), told, summary.read_text("utf-8")


def test_a_clean_change_ends_with_zero_and_is_shown(repository: Path, runner: Path) -> None:
    base = commit_of(repository)
    write(repository, text(status="draft", name="2026-07-15-again"), "coes/2026/2026-07-15-again.md")
    commit(repository)
    code, log, told, summary = act(repository, runner, COE_BASE=base)
    assert (code, told["exit-code"], told["errors"]) == (0, "0", "0"), log
    assert "### Checkout errors in Europe" in summary
    assert "2026-07-15-again" in summary
    assert "2026-07-14-checkout" not in summary


def test_findings_are_annotations_counts_and_a_report(repository: Path, runner: Path) -> None:
    write(repository, text(status="draft", severity="high"))
    code, log, told, _ = act(repository, runner)
    assert code == 1
    assert "::error file=coes/2026/2026-07-14-checkout.md,line=6" in log
    assert (told["exit-code"], told["errors"]) == ("1", "1")
    assert json.loads(Path(told["report"]).read_text("utf-8"))["summary"]["errors"] == 1


def test_only_what_changed_is_judged_where_that_is_asked_for(repository: Path, runner: Path) -> None:
    write(repository, text(status="draft", severity="high"))
    base = commit(repository)
    write(repository, "A note.\n", "notes.md")
    commit(repository)
    assert act(repository, runner, COE_BASE=base)[0] == 1
    assert act(repository, runner, COE_BASE=base, COE_CHANGED_ONLY="true")[0] == 0


def test_a_shallow_clone_is_checked_without_its_base(repository: Path, runner: Path, tmp_path: Path) -> None:
    base = commit_of(repository)
    write(repository, text(status="draft", severity="SEV2"))
    commit(repository)
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", "--depth", "1", repository.as_uri(), clone], check=True, capture_output=True)
    code, log, _, summary = act(clone, runner, COE_BASE=base)
    assert code == 0, log
    assert "::notice title=coekit::The clone does not hold the base" in log
    assert summary == ""


def test_a_repository_in_a_folder_is_told_from_the_root_of_the_checkout(repository: Path, runner: Path) -> None:
    write(repository, "", "inner/coe.toml")
    write(repository, text(status="draft", severity="high"), "inner/coes/2026/2026-07-14-checkout.md")
    code, log, _, _ = act(repository, runner, COE_FOLDER="inner")
    assert code == 1
    assert "::error file=inner/coes/2026/2026-07-14-checkout.md,line=6" in log
    assert act(repository, runner, COE_FOLDER="inner", COE_PATHS="coes")[0] == 1


def test_a_failed_run_is_no_finding(repository: Path, runner: Path) -> None:
    write(repository, "[lint\n", "coe.toml")
    code, log, told, _ = act(repository, runner)
    assert (code, told) == (2, {"exit-code": "2"})
    assert "coe.toml" in log


def test_a_threshold_that_is_none_is_told(repository: Path, runner: Path) -> None:
    code, log, told, _ = act(repository, runner, COE_FAIL_ON="fatal")
    assert (code, told) == (2, {"exit-code": "2"})
    assert "'fatal' is not one of" in log


def test_tools_are_found_where_windows_has_them(repository: Path, runner: Path) -> None:
    (runner / "coekit" / "bin").rename(runner / "coekit" / "Scripts")
    write(repository, text(status="draft", severity="high"))
    code, log, told, _ = act(repository, runner)
    assert (code, told["exit-code"], told["errors"]) == (1, "1", "1"), log


@pytest.mark.parametrize("there", ["bin", "Scripts"])
def test_the_tool_is_installed_by_the_python_that_is_new_enough(tmp_path: Path, there: str) -> None:
    """`python3` is too old here, or no Python at all; what would be installed is only told."""
    names = {"python3": "exit 9", "python": f'[ "$1" = -m ] && [ "$2" = venv ] && cp -r "{tmp_path}/made" "$3" || exit 0'}
    for name, does in names.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{does}\n")
        (tmp_path / name).chmod(0o755)
    (tmp_path / "made" / there).mkdir(parents=True)
    for name in ("python", "coe"):
        (tmp_path / "made" / there / name).write_text(f'#!/bin/sh\necho {name} "$@"\n')
        (tmp_path / "made" / there / name).chmod(0o755)
    world = {"RUNNER_TEMP": str(tmp_path), "GITHUB_ACTION_PATH": ROOT, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}
    run = subprocess.run(
        ["bash", HERE / "action" / "install.sh"],
        env=os.environ | world,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert run.stdout.splitlines()[-1] == "coe --version"
    assert f"--constraint {ROOT}/constraints.txt {ROOT}" in run.stdout


@pytest.mark.parametrize("paths", ["$(touch owned)", "`touch owned`; touch owned", "--output-file=owned", "a b.md\n\ncoes"])
def test_an_input_is_never_part_of_a_command(repository: Path, runner: Path, paths: str) -> None:
    write(repository, "A note.\n", "a b.md")
    code, log, _, _ = act(repository, runner, COE_PATHS=paths)
    assert not (repository / "owned").exists()
    assert code == (0 if paths.startswith("a b") else 2), log


def test_the_action_interpolates_nothing_into_a_script() -> None:
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step["run"]
    used = {key for step in ACTION["runs"]["steps"] for key in step.get("env", {})}
    scripts = "".join(file.read_text("utf-8") for file in sorted((HERE / "action").glob("*.sh")))
    assert used == set(re.findall(r"COE_[A-Z_]+", scripts))
    asked = {name for step in ACTION["runs"]["steps"] for name in re.findall(r"inputs\.([a-z-]+)", yaml.safe_dump(step))}
    assert asked == set(ACTION["inputs"])


def test_every_action_is_pinned_to_a_commit() -> None:
    for file in [*WORKFLOWS, *sorted((HERE / "templates" / "init").glob("*.yml.j2"))]:
        for used in re.findall(r"uses: (\S+)", file.read_text("utf-8")):
            assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", used), f"{file.name}: {used}"


def test_auditors_have_nothing_to_say_of_our_workflows() -> None:
    zizmor = shutil.which("zizmor", path=str(Path(sys.executable).parent))
    if zizmor is None:
        pytest.skip("zizmor is not installed: it is in the group `dev`")
    run = subprocess.run(
        [zizmor, "--offline", "--no-progress", "--quiet", *WORKFLOWS], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr


def commit_of(repository: Path) -> str:
    return git(repository, "rev-parse", "HEAD")
