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
from test_cli_check import ROOT, coe
from test_workflow import commit, git, text, write

from coe.scaffold.repository import plan

HERE = Path(ROOT)
ACTION = yaml.safe_load((HERE / "action.yml").read_text("utf-8"))
WORKFLOWS = [HERE / "action.yml", *sorted((HERE / ".github" / "workflows").glob("*.yml"))]


@pytest.fixture
def runner(tmp_path: Path) -> Path:
    """Return the temporary folder of a runner in which this coekit is installed."""
    (tmp_path / "runner" / "coekit" / "bin").mkdir(parents=True)
    command = tmp_path / "runner" / "coekit" / "bin" / "coe"
    begin = f"import sys\nsys.path.insert(0, {ROOT!r})\nfrom coe.__main__ import main\nmain()\n"
    command.write_text(f"#!{sys.executable}\n{begin}")
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


def told(step: dict[str, dict[str, str]], event: object, given: dict[str, str]) -> dict[str, str]:
    """Return the environment of a step as the runner makes it of an event and of inputs; `a || b` is all that ours ask."""
    inputs = {name: one["default"] for name, one in ACTION["inputs"].items()} | given

    def value(match: re.Match[str]) -> str:
        for name in match[1].split("||"):
            place, *rest = name.strip().split(".")
            found: object = inputs if place == "inputs" else {"event": event}
            for key in rest:
                found = found.get(key, "") if isinstance(found, dict) else ""
            if found:
                return str(found)
        return ""

    return {key: re.sub(r"\$\{\{(.*?)\}\}", value, text) for key, text in step["env"].items()}


def act(repository: Path, runner: Path, event: object = None, **given: str) -> tuple[int, str, dict[str, str], str]:
    """Return exit code, log, outputs and summary of one run of the action's check, as action.yml hands it its inputs."""
    summary, output = runner / "summary.md", runner / "output"
    output.write_text("")
    summary.write_text("")
    world = {
        "RUNNER_TEMP": str(runner),
        "GITHUB_OUTPUT": str(output),
        "GITHUB_STEP_SUMMARY": str(summary),
        "GITHUB_ACTIONS": "true",
        "GITHUB_ACTION_PATH": ROOT,
    }
    step = next(one for one in ACTION["runs"]["steps"] if one.get("id") == "check")
    world |= told(step, event, {name.replace("_", "-"): value for name, value in given.items()})
    run = subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]], cwd=repository, env=os.environ | world,
        capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    outputs = dict(line.split("=", 1) for line in output.read_text("utf-8").splitlines())
    return run.returncode, run.stdout.decode() + run.stderr.decode(), outputs, summary.read_text("utf-8")


def pull(base: str, head: str) -> object:
    return {"pull_request": {"base": {"sha": base}, "head": {"sha": head}}}


def test_a_clean_change_ends_with_zero_and_is_shown(repository: Path, runner: Path) -> None:
    base = commit_of(repository)
    write(repository, text(status="draft", name="2026-07-15-again"), "coes/2026/2026-07-15-again.md")
    commit(repository)
    code, log, out, summary = act(repository, runner, pull(base, commit_of(repository)))
    assert (code, out["exit-code"], out["errors"]) == (0, "0", "0"), log
    assert summary.startswith("\n## Changed COEs\n\n### Checkout errors in Europe\n")
    assert "Missing for in review" in summary
    assert "2026-07-15-again" in summary
    assert "2026-07-14-checkout" not in summary


def test_findings_are_annotations_counts_and_a_report(repository: Path, runner: Path) -> None:
    write(repository, text(status="draft", severity="high"))
    code, log, out, _ = act(repository, runner)
    assert code == 1
    assert "::error file=coes/2026/2026-07-14-checkout.md,line=6" in log
    assert (out["exit-code"], out["errors"]) == ("1", "1")
    assert json.loads(Path(out["report"]).read_text("utf-8"))["summary"]["errors"] == 1


def test_only_what_changed_is_judged_where_that_is_asked_for(repository: Path, runner: Path) -> None:
    write(repository, text(status="draft", severity="high"))
    base = commit(repository)
    write(repository, "A note.\n", "notes.md")
    commit(repository)
    assert act(repository, runner, base=base)[0] == 1
    assert act(repository, runner, base=base, changed_only="true")[0] == 0


def shallow(repository: Path, depth: int) -> Path:
    clone = repository.parent / "clone"
    words = ["git", "clone", "--quiet", "--depth", str(depth), "--branch", "main", repository.as_uri(), str(clone)]
    subprocess.run(words, check=True, capture_output=True)
    return clone


def test_the_change_itself_is_judged(repository: Path, runner: Path) -> None:
    base = commit_of(repository)
    write(repository, "policy.require = []\n", "coe.toml")
    write(repository, text(status="closed"))
    _, log, _, _ = act(repository, runner, pull(base, commit(repository)))
    assert "title=illegal-transition (" in log


def test_what_a_baseline_knows_and_what_is_not_grave_fails_no_job(repository: Path, runner: Path) -> None:
    write(repository, text(status="draft") + "\nThe engineer should have checked.\n")
    assert coe("check", "--baseline", "known.json", "--write-baseline", cwd=repository).returncode == 0
    for given, left in (
        ({"baseline": "known.json"}, "0"),
        ({"baseline": f"{repository}/known.json"}, "0"),
        ({"fail_on": "error"}, "1"),
    ):
        code, log, out, _ = act(repository, runner, **given)
        assert (code, out["exit-code"], out["warnings"]) == (0, "0", left), log
    assert act(repository, runner)[0] == 1


def test_a_preview_can_be_left_out(repository: Path, runner: Path) -> None:
    base = commit_of(repository)
    write(repository, text(status="draft", severity="SEV2"))
    assert "## Changed COEs" in act(repository, runner, base=base)[3]
    assert act(repository, runner, base=base, preview="false")[3] == ""


def test_a_shallow_clone_is_checked_without_its_base(repository: Path, runner: Path) -> None:
    base = commit_of(repository)
    write(repository, text(status="draft", severity="SEV2"))
    commit(repository)
    code, log, _, summary = act(shallow(repository, 1), runner, pull(base, commit_of(repository)))
    assert code == 0, log
    assert "::notice title=coekit::The clone does not hold the base" in log
    assert summary == ""


@pytest.mark.parametrize("depth", [1, 2, 9])
def test_a_merged_pull_request_is_what_its_merge_brings(repository: Path, runner: Path, depth: int) -> None:
    """Others changed main after the event was made: their findings are none of this pull request."""
    base = commit_of(repository)
    git(repository, "checkout", "--quiet", "-b", "work")
    write(repository, text(status="draft", name="2026-07-15-again", severity="high"), "coes/2026/2026-07-15-again.md")
    head = commit(repository)
    git(repository, "checkout", "--quiet", "main")
    write(repository, text(status="draft", severity="high"))
    commit(repository)
    git(repository, "merge", "--quiet", "--no-ff", "-m", "Merge", "work")
    _, log, out, summary = act(shallow(repository, depth), runner, pull(base, head), changed_only="true")
    assert out["errors"] == ("2" if depth == 1 else "1"), log
    assert ("2026-07-15-again" in summary.partition("## Changed COEs")[2]) is (depth > 1)


@pytest.mark.parametrize("named", ["work", "origin/work", "queue"])
def test_the_base_is_that_of_the_input_or_of_the_queue(repository: Path, runner: Path, named: str) -> None:
    """A clone has the branches of its server under `origin/`."""
    git(repository, "branch", "work")
    write(repository, text(status="draft", severity="SEV2"))
    commit(repository)
    event = {"merge_group": {"base_sha": git(repository, "rev-parse", "work")}}
    clone = shallow(repository, 9)
    git(clone, "fetch", "--quiet", "origin", "refs/heads/*:refs/remotes/origin/*")
    code, log, _, summary = act(clone, runner, event, base="" if named == "queue" else named)
    assert (code, "::notice" in log) == (0, False), log
    assert "## Changed COEs" in summary


@pytest.mark.parametrize("event", [{"before": "HEAD~1", "ref": "refs/heads/main"}, {"schedule": "17 5 * * 4"}])
def test_an_event_without_a_base_is_checked_as_a_whole(repository: Path, runner: Path, event: object) -> None:
    write(repository, text(status="draft", severity="high"))
    commit(repository)
    code, log, out, summary = act(repository, runner, event, changed_only="true")
    assert (code, out["errors"], "::notice" in log) == (1, "1", False), log
    assert "## Changed COEs" not in summary


@pytest.mark.parametrize("base", ["--all", "nowhere", "$(touch owned)", "HEAD\n::error::x"])
def test_a_base_that_is_none_is_told(repository: Path, runner: Path, base: str) -> None:
    code, log, _, _ = act(repository, runner, base=base)
    assert (code, log.count("::notice"), "::error::x" in log) == (0, 1, False), log
    assert not (repository / "owned").exists()


def test_a_module_of_a_pull_request_is_never_run(repository: Path, runner: Path) -> None:
    for name in ("json", "sys", "coe", "typer", "sitecustomize"):
        write(repository, f"open('owned-{name}', 'w').close()\n", f"{name}.py")
    code, log, out, _ = act(repository, runner)
    assert (code, out["errors"]) == (0, "0"), log
    assert not list(repository.glob("owned*"))


def test_a_bare_repository_in_a_pull_request_is_none_of_ours(repository: Path, runner: Path) -> None:
    write(repository, "", "inner/coe.toml")
    write(repository, text(status="draft"), "inner/coes/2026/2026-07-14-checkout.md")
    git(repository, "init", "--quiet", "--bare", "inner")
    base = commit(repository)
    code, log, _, _ = act(repository, runner, base=base, working_directory="inner")
    assert code == 0, log
    assert "::notice title=coekit::git does not read the checkout" in log


def test_each_use_in_a_job_has_a_report_of_its_own(repository: Path, runner: Path) -> None:
    assert act(repository, runner)[2]["report"] != act(repository, runner)[2]["report"]


@pytest.mark.parametrize("given", [{"changed_only": "yes"}, {"preview": "no"}])
def test_a_switch_is_on_or_off(repository: Path, runner: Path, given: dict[str, str]) -> None:
    code, log, out, _ = act(repository, runner, **given)
    assert (code, out) == (2, {"exit-code": "2"})
    assert f"::error title=coekit::The input `{next(iter(given)).replace('_', '-')}` is `true` or `false`." in log


def test_paths_are_lines_below_the_folder_or_whole(repository: Path, runner: Path) -> None:
    write(repository, text(status="draft", severity="high"))
    write(repository, "A note.\n", "a b.md")
    for paths in ("  coes/2026 \r\n\t\n", f"a b.md\n{repository}/coes/2026"):
        code, log, out, _ = act(repository, runner, paths=paths)
        assert (code, out["errors"]) == (1, "1"), log
        assert "::error file=coes/2026/2026-07-14-checkout.md," in log


def test_a_repository_in_a_folder_is_told_from_the_root_of_the_checkout(repository: Path, runner: Path) -> None:
    write(repository, "", "inner/coe.toml")
    write(repository, text(status="draft", severity="high"), "inner/coes/2026/2026-07-14-checkout.md")
    code, log, _, _ = act(repository, runner, working_directory="inner")
    assert code == 1
    assert "::error file=inner/coes/2026/2026-07-14-checkout.md,line=6" in log
    assert act(repository, runner, working_directory="inner", paths="coes")[0] == 1


def test_a_failed_run_is_no_finding(repository: Path, runner: Path) -> None:
    write(repository, "[lint\n", "coe.toml")
    code, log, out, _ = act(repository, runner)
    assert (code, out) == (2, {"exit-code": "2"})
    assert "coe.toml" in log


def test_a_threshold_that_is_none_is_told(repository: Path, runner: Path) -> None:
    code, log, out, _ = act(repository, runner, fail_on="fatal")
    assert (code, out) == (2, {"exit-code": "2"})
    assert "'fatal' is not one of" in log


def test_tools_are_found_where_windows_has_them(repository: Path, runner: Path) -> None:
    (runner / "coekit" / "bin").rename(runner / "coekit" / "Scripts")
    write(repository, text(status="draft", severity="high"))
    code, log, out, _ = act(repository, runner)
    assert (code, out["exit-code"], out["errors"]) == (1, "1", "1"), log


@pytest.mark.parametrize("there", ["bin", "Scripts"])
def test_the_tool_is_installed_by_the_python_that_is_new_enough(tmp_path: Path, there: str) -> None:
    """`python3` is too old here, or no Python at all; what would be installed is only told."""
    names = {"python3": "exit 9", "python": f'[ "$1 $2 $3" = "-I -m venv" ] && cp -r "{tmp_path}/made" "$4" || [ "$1" = -I ]'}
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
    assert "\npython -I -m pip install" in f"\n{run.stdout}"
    assert f"--constraint {ROOT}/constraints.txt {ROOT}" in run.stdout


@pytest.mark.parametrize("paths", ["$(touch owned)", "`touch owned`; touch owned", "--output-file=owned", "a b.md\n\ncoes"])
def test_an_input_is_never_part_of_a_command(repository: Path, runner: Path, paths: str) -> None:
    write(repository, "A note.\n", "a b.md")
    code, log, _, _ = act(repository, runner, paths=paths)
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


def test_auditors_have_nothing_to_say_of_our_workflows_and_of_those_that_we_write(tmp_path: Path) -> None:
    zizmor = shutil.which("zizmor", path=str(Path(sys.executable).parent))
    if zizmor is None:
        pytest.skip("zizmor is not installed: it is in the group `dev`")
    made = [one for one in plan(tmp_path / "in a folder", tmp_path) if one.file.parent.name == "workflows"]
    for one in made:
        write(tmp_path, one.text, str(one.file))
    words = [zizmor, "--offline", "--no-progress", "--quiet", *WORKFLOWS, *(one.file for one in made)]
    run = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (run.returncode, len(made)) == (0, 2), run.stdout + run.stderr


def commit_of(repository: Path) -> str:
    return git(repository, "rev-parse", "HEAD")
