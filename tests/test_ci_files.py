"""What we hand to CI systems and editors: judged by their schemas, and the script for GitLab run as its runner runs it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator
from test_cli_check import ROOT
from test_workflow import commit, git, text, write

from coe.scaffold.repository import plan

HERE = Path(ROOT)
GITLAB = HERE / "ci" / "gitlab.yml"


def workflows() -> dict[str, str]:
    """Return our workflows, and those that a repository gets at the top of a checkout and in a folder of one."""
    ours = {file.name: file.read_text("utf-8") for file in sorted((HERE / ".github" / "workflows").glob("*.yml"))}
    made = {
        f"{root.name} {one.file.name}": one.text
        for root in (HERE, HERE / "it's #1: a folder")
        for one in plan(root, HERE)
        if one.file.parent.name == "workflows"
    }
    return ours | made


WORKFLOWS = workflows()


def flaws(schema: str, value: object) -> list[str]:
    validator = Draft7Validator(json.loads((HERE / "tests" / "schemas" / f"{schema}.json").read_text("utf-8")))
    return [f"{one.json_path}: {one.message}" for one in validator.iter_errors(value)]


def read(text: str) -> dict[str, Any]:
    """Return a file as GitHub reads it: `on` is a word and no yes, in its YAML."""
    value = yaml.safe_load(text)
    assert isinstance(value, dict)
    return {"on" if key is True else key: one for key, one in value.items()}


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_workflow_is_one(name: str) -> None:
    value = read(WORKFLOWS[name])
    assert flaws("github-workflow", value) == []
    assert flaws("github-workflow", value | {"job": {}}), "the schema sees a slip"


def test_the_action_is_one() -> None:
    value = read((HERE / "action.yml").read_text("utf-8"))
    assert flaws("github-action", value) == []
    assert flaws("github-action", value | {"runs": {"using": "composite", "steps": [{"run": "true"}]}}), "no shell is a slip"
    assert len(value["description"]) <= 125, "the marketplace takes no longer one"


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_workflow_names_what_there_is_and_interpolates_nothing_into_a_script(name: str) -> None:
    value = read(WORKFLOWS[name])
    call = value["on"].get("workflow_call") or {}
    assert set(re.findall(r"\binputs\.([\w-]+)", WORKFLOWS[name])) == set(call.get("inputs", {}))
    assert value["permissions"] in ({}, {"contents": "read"})
    for job in value["jobs"].values():
        assert job["timeout-minutes"]
        assert {job["needs"]} <= set(value["jobs"]) if "needs" in job else True
        known = {step["id"] for step in job["steps"] if "id" in step}
        assert set(re.findall(r"\bsteps\.([\w-]+)", json.dumps(job))) <= known
        for step in job["steps"]:
            assert "${{" not in step.get("run", "")
            assert syntax(step.get("run", "")) == ""
            if "coe check" in step.get("run", ""):
                assert "working-directory" not in step | job.get("defaults", {}).get("run", {}), "annotations begin at the top"


@pytest.mark.parametrize("file", [*sorted((HERE / "action").glob("*.sh")), HERE / ".ci" / "run"], ids=lambda file: file.name)
def test_a_script_can_be_run(file: Path) -> None:
    assert os.access(file, os.X_OK)
    assert syntax(file.read_text("utf-8")) == ""


def syntax(script: str) -> str:
    """Return what bash has to say of a script that it does not run."""
    return subprocess.run(["bash", "-n"], input=script, capture_output=True, text=True, check=False).stderr


def test_the_devcontainer_makes_what_there_is_to_make() -> None:
    made = json.loads((HERE / ".devcontainer" / "devcontainer.json").read_text("utf-8"))
    run = subprocess.run(
        [*made["postCreateCommand"].split(), "--dry-run"], cwd=HERE, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr


# --- GitLab ---


def test_the_template_for_gitlab_is_one() -> None:
    value = read(GITLAB.read_text("utf-8"))
    assert flaws("gitlab-ci", value) == []
    assert flaws("gitlab-ci", value | {"coe": value["coe"] | {"scripts": []}}), "the schema sees a slip"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a repository with a change that goes back from published to a draft, which only its base can tell."""
    git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    write(tmp_path, "policy.require = []\n[lint]\nselect = ['illegal-transition', 'wrong-value']\n", "coe.toml")
    write(tmp_path, text(status="published"))
    commit(tmp_path)
    write(tmp_path, text(status="draft"))
    commit(tmp_path)
    return tmp_path


def in_gitlab(repository: Path, **given: str) -> tuple[int, str, list[Mapping[str, str]]]:
    """Return exit code, log and report of the job; a job of GitLab is one script that ends at its first failure."""
    job = read(GITLAB.read_text("utf-8"))
    tool = repository / ".git" / "coe"
    tool.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m coe "$@"\n')
    tool.chmod(0o755)
    path = f"{tool.parent}{os.pathsep}{os.environ['PATH']}"
    world = os.environ | job["variables"] | given | {"PATH": path}
    run = subprocess.run(
        ["sh", "-e", "-c", "\n".join(job["coe"]["script"])],
        cwd=repository,
        env=world,
        capture_output=True,
        text=True,
        check=False,
    )
    report = json.loads((repository / job["coe"]["artifacts"]["reports"]["codequality"]).read_text("utf-8"))
    return run.returncode, run.stdout + run.stderr, report


BASE, TARGET = "CI_MERGE_REQUEST_DIFF_BASE_SHA", "CI_MERGE_REQUEST_TARGET_BRANCH_SHA"


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({}, 0),
        ({BASE: "", TARGET: ""}, 0),
        ({BASE: "0" * 40}, 0),
        ({BASE: "HEAD~1", TARGET: ""}, 1),
        ({BASE: "0" * 40, TARGET: "HEAD~1"}, 1),
    ],
)
def test_gitlab_judges_the_change_where_it_knows_its_base(repository: Path, given: dict[str, str], found: int) -> None:
    code, log, report = in_gitlab(repository, **given)
    assert (code, [one["check_name"] for one in report]) == (found, ["illegal-transition"] * found), log


def test_gitlab_has_the_report_of_a_job_that_fails(repository: Path) -> None:
    write(repository, text(status="draft", severity="high"))
    for paths in ("", "coes coe.toml"):
        code, log, report = in_gitlab(repository, COE_PATHS=paths)
        assert (code, [one["check_name"] for one in report]) == (1, ["wrong-value"]), log
    assert in_gitlab(repository, COE_FAIL_ON="fatal")[0] == 2


# --- what `coe init` writes for GitHub ---


def on_github(repository: Path, **event: str) -> tuple[int, str]:
    """Return status and log of the check that a repository gets; `event` are the values of what it asks the event for."""
    (made,) = (one.text for one in plan(repository, repository) if one.file.name == "coe.yml")
    step = read(made)["jobs"]["check"]["steps"][-1]
    tool = repository / ".git" / "coe"
    tool.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m coe "$@"\n')
    tool.chmod(0o755)

    def value(match: re.Match[str]) -> str:
        names = (name.strip().removeprefix("github.event.") for name in match[1].split("||"))
        return next((event[name] for name in (re.sub(r"\W", "_", name) for name in names) if event.get(name)), "")

    asked = {key: re.sub(r"\$\{\{(.*?)\}\}", value, text) for key, text in step["env"].items()}
    world = os.environ | asked | {"PATH": f"{tool.parent}{os.pathsep}{os.environ['PATH']}"}
    run = subprocess.run(
        ["bash", "-e", "-c", step["run"]], cwd=repository, env=world, capture_output=True, text=True, check=False
    )
    return run.returncode, run.stdout + run.stderr


def merged(repository: Path) -> tuple[str, str]:
    """Check the last commit out as the merge that a pull request is tried as; return the base that it knew, and its head."""
    head, base = git(repository, "rev-parse", "HEAD"), git(repository, "rev-parse", "HEAD~1")
    git(repository, "checkout", "--quiet", "-B", "main", base)
    write(repository, text(status="published", name="2026-07-15-again"), "coes/2026/2026-07-15-again.md")
    commit(repository)
    git(repository, "merge", "--quiet", "--no-ff", "-m", "merge", head)
    return base, head


def test_a_pull_request_is_judged_as_its_change_of_what_it_is_merged_into(repository: Path) -> None:
    write(repository, "policy.require = []\n[lint]\nselect = ['workflow']\n", "coe.toml")
    base, head = merged(repository)
    event = {"pull_request_base_sha": base, "pull_request_head_sha": head}
    code, log = on_github(repository, **event)
    assert (code, log.count("title=illegal-transition (")) == (1, 1), log
    write(repository, text(status="draft", name="2026-07-15-again"), "coes/2026/2026-07-15-again.md")
    assert on_github(repository, **event)[1].count("title=illegal-transition (") == 2, "the other was published in between"
    assert on_github(repository)[0] == 0, "after a push, that of a merge as well"


@pytest.mark.parametrize(
    ("event", "found"),
    [
        ({}, 0),
        ({"pull_request_base_sha": "HEAD~1"}, 1),
        ({"merge_group_base_sha": "HEAD~1"}, 1),
        ({"pull_request_base_sha": "0" * 40, "pull_request_head_sha": "1" * 40}, 0),
    ],
)
def test_github_judges_the_change_where_the_clone_holds_its_base(repository: Path, event: dict[str, str], found: int) -> None:
    code, log = on_github(repository, **event)
    assert (code, log.count("title=illegal-transition (")) == (found, found), log
