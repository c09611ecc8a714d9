"""What a commit hands to the hooks: files of all kinds, of which the settings stand for the whole repository."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from test_cli_check import DRAFT, NAME, ROOT, coe
from test_workflow import git

HOOKS = {hook["id"]: hook for hook in yaml.safe_load((Path(ROOT) / ".pre-commit-hooks.yaml").read_text("utf-8"))}


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / "coe.toml").write_text("")
    (tmp_path / "catalog.yaml").write_text("teams:\n  - id: orders\n    name: Orders\n")
    (tmp_path / NAME).parent.mkdir(parents=True)
    (tmp_path / NAME).write_text(DRAFT)
    return tmp_path


@pytest.mark.parametrize("hook", ["coe-check", "coe-lint"])
@pytest.mark.parametrize(
    "file", [NAME, "README.MD", "a/b.markdown", "coe.toml", "teams/coe.toml", "catalog.yaml", "pyproject.toml"]
)
def test_a_hook_runs_for_documents_and_for_what_concerns_them_all(hook: str, file: str) -> None:
    assert re.search(HOOKS[hook]["files"], file)
    assert "types" not in HOOKS[hook]  # it would be asked for as well


@pytest.mark.parametrize("file", ["mkdocs.yml", "my-catalog.yaml", "a.md.bak", "coe.toml.orig", "xcoe.toml", "readme"])
def test_a_hook_does_not_run_for_anything_else(file: str) -> None:
    assert not re.search(HOOKS["coe-check"]["files"], file)


@pytest.mark.parametrize("hook", HOOKS)
@pytest.mark.parametrize("name", ["-x.md", "--output-file=owned.md", "$(touch owned).md", "new\nline.md"])
def test_the_name_of_a_file_is_no_option_of_a_hook(repository: Path, hook: str, name: str) -> None:
    git(repository, "init", "--quiet")
    (repository / name).write_text(DRAFT.replace("title:", "title:  ") + "\nThe engineer should have checked it.\n")
    git(repository, "add", ".")
    run = coe(*HOOKS[hook]["entry"].split()[1:], *HOOKS[hook]["args"], name, cwd=repository)
    assert (run.returncode, "Usage" in run.stderr) == (0 if hook == "coe-fmt" else 1, False), run.stderr
    assert not list(repository.glob("owned*"))


@pytest.mark.parametrize("file", ["coe.toml", "catalog.yaml"])
def test_the_settings_of_a_repository_stand_for_all_of_it(repository: Path, file: str) -> None:
    run = coe("check", file, "--output-format", "concise", cwd=repository)
    assert run.returncode == 1
    assert run.stdout.startswith(f"{NAME}:7:13: error: ")
    assert run.stdout.endswith("[unknown-team]\n")
    (repository / NAME).write_text(DRAFT.replace("owner_team: payments", "owner_team: orders"))
    assert coe("check", file, cwd=repository).stdout == "2 files checked, nothing to report.\n"


def test_a_configuration_in_pyproject_stands_for_the_repository_too(repository: Path) -> None:
    (repository / "coe.toml").unlink()
    (repository / "pyproject.toml").write_text("[tool.coe]\n")
    assert "[unknown-team]" in coe("check", "pyproject.toml", "--output-format", "concise", cwd=repository).stdout


def test_files_of_the_same_names_that_are_no_settings_are_no_documents(repository: Path) -> None:
    (repository / "pyproject.toml").write_text("# The engineer forgot the lock.\n")
    (repository / "other").mkdir()
    (repository / "other" / "catalog.yaml").write_text("- The engineer forgot the lock.\n")
    run = coe("check", "pyproject.toml", "other/catalog.yaml", cwd=repository)
    assert (run.returncode, run.stdout) == (0, "0 files checked, nothing to report.\n")


def test_settings_before_there_is_a_document_are_no_failure(tmp_path: Path) -> None:
    (tmp_path / "coe.toml").write_text("")
    assert coe("check", "coe.toml", cwd=tmp_path).returncode == 0
    (tmp_path / "coe.toml").write_text("[lnt]\n")
    assert coe("check", "coe.toml", cwd=tmp_path).returncode == 2


def test_the_repository_is_that_of_the_path_which_has_one(repository: Path) -> None:
    (repository / "inner" / NAME).parent.mkdir(parents=True)
    (repository / "coe.toml").rename(repository / "inner" / "coe.toml")
    (repository / "README.md").write_text("# Notes\n")
    (repository / "inner" / "coe.toml").write_text('[lint]\nignore = ["wrong-value"]\n')
    (repository / "inner" / NAME).write_text(DRAFT.replace("SEV2", "high"))
    for _ in range(2):  # the second time from what is kept
        assert coe("check", "README.md", f"inner/{NAME}", cwd=repository).returncode == 0
    (repository / "inner" / "coe.toml").write_text("")
    assert coe("check", "README.md", f"inner/{NAME}", cwd=repository).returncode == 1


@pytest.mark.parametrize("command", ["check", "lint", "fmt", "preview"])
def test_two_repositories_are_not_taken_for_one(repository: Path, command: str) -> None:
    (repository / "inner" / NAME).parent.mkdir(parents=True)
    (repository / "inner" / "coe.toml").write_text("")
    (repository / "inner" / NAME).write_text(DRAFT)
    run = coe(command, NAME, f"inner/{NAME}", cwd=repository)
    assert run.returncode == 2
    assert f"{NAME} and inner/{NAME} belong to two repositories" in run.stderr
