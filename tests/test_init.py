"""`coe init`: everything that a repository needs, and nothing of what is there is touched."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from coe.config import find, load
from coe.corpus import collect
from coe.scaffold.repository import plan

FILES = [
    "coe.toml",
    "catalog.yaml",
    "mkdocs.yml",
    "coes/README.md",
    "templates/new/coe.md.j2",
    ".gitignore",
    ".github/workflows/coe.yml",
    ".github/workflows/coe-site.yml",
    ".pre-commit-config.yaml",
]


def coe(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "coe", *arguments], check=False, cwd=folder, capture_output=True, text=True, encoding="utf-8"
    )


def texts(folder: Path) -> dict[str, str]:
    return {file.relative_to(folder).as_posix(): file.read_text("utf-8") for file in folder.rglob("*") if file.is_file()}


def test_first_run_creates_and_second_changes_nothing(tmp_path: Path) -> None:
    first = coe(tmp_path, "init")
    assert first.returncode == 0
    assert first.stdout.splitlines() == [f"created  {name}" for name in FILES]
    assert "coe new" in first.stderr
    before = texts(tmp_path)
    assert sorted(before) == sorted(FILES)
    second = coe(tmp_path, "init")
    assert second.stdout.splitlines() == [f"kept     {name}" for name in FILES]
    assert (second.returncode, second.stderr) == (0, "")
    assert texts(tmp_path) == before


def test_existing_files_are_kept_and_the_rest_is_told(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("*.pyc\n")
    (tmp_path / ".pre-commit-config.yaml").write_text("repos: []\n")
    (tmp_path / "mkdocs.yml").write_text("site_name: Mine\n")
    run = coe(tmp_path, "init")
    assert run.returncode == 0
    assert "kept     mkdocs.yml" in run.stdout
    assert (tmp_path / ".gitignore").read_text() == "*.pyc\n"
    assert (tmp_path / ".pre-commit-config.yaml").read_text() == "repos: []\n"
    assert ".gitignore was there already. Add to it:" in run.stderr
    assert "entry: coe check" in run.stderr
    assert ".coe/" in run.stderr


def test_a_complete_file_is_not_nagged_about(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text(".coe/\nsite/\n")
    assert "was there already" not in coe(tmp_path, "init").stderr


def test_a_dangling_link_is_kept(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").symlink_to(tmp_path / "elsewhere.yml")
    assert "kept     mkdocs.yml" in coe(tmp_path, "init").stdout
    assert not (tmp_path / "elsewhere.yml").exists()


def test_configuration_in_pyproject_is_not_shadowed(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.coe.site]\ntitle = 'Mine'\n")
    run = coe(tmp_path, "init")
    assert "kept     pyproject.toml ([tool.coe])" in run.stdout
    assert not (tmp_path / "coe.toml").exists()
    assert find(tmp_path).config.site.title == "Mine"


def test_what_is_written_is_valid(tmp_path: Path) -> None:
    root = tmp_path / 'a "quoted" \\ name: é'
    assert coe(tmp_path, "init", root.name).returncode == 0
    config = load(root / "coe.toml")
    assert config.site.title == f"{root.name} COEs"
    corpus = collect(find(root), root)
    assert corpus.catalog is not None
    assert [flaw for analysis in corpus.analyses for flaw in analysis.flaws] == []
    reader = YAML(typ="safe", pure=True)
    assert reader.load((root / "mkdocs.yml").read_text("utf-8"))["site_name"] == f"{root.name} COEs"
    assert tomllib.loads((root / "coe.toml").read_text("utf-8"))["site"]["templates"] == "templates"


def test_workflow_is_least_and_pinned(tmp_path: Path) -> None:
    made = {planned.file.name: planned.text for planned in plan(tmp_path, tmp_path)}
    workflow = YAML(typ="safe", pure=True).load(made["coe.yml"])
    assert workflow["permissions"] == {"contents": "read"}
    assert set(workflow["on"]) == {"pull_request"}, "pull_request_target would run with secrets"
    steps = workflow["jobs"]["check"]["steps"]
    assert all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", step["uses"]) for step in steps if "uses" in step)
    assert steps[0]["with"] == {"fetch-depth": 0, "persist-credentials": False}
    assert not [step["run"] for step in steps if "${{" in step.get("run", "")], "nothing of it becomes part of a command"
    assert not re.search(r"github\.event\.(?!(pull_request\.(base|head)|merge_group)[._](base_)?sha\b)", made["coe.yml"])


@pytest.mark.parametrize("folder", ["", "docs/it's"])
def test_workflow_of_the_site_writes_nothing_and_does_what_it_says(tmp_path: Path, folder: str) -> None:
    made = {planned.file.name: planned.text for planned in plan(tmp_path / folder, tmp_path)}
    workflow = YAML(typ="safe", pure=True).load(made["coe-site.yml"])
    assert workflow["permissions"] == {"contents": "read"}
    assert not set(workflow["on"]) & {"pull_request", "pull_request_target"}, (
        "a cache that a pull request wrote is not to be read"
    )
    job = workflow["jobs"]["build"]
    steps = job["steps"]
    assert all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", step["uses"]) for step in steps if "uses" in step)
    assert not [step["run"] for step in steps if "${{" in step.get("run", "")], "nothing becomes part of a command"
    assert job.get("defaults", {"run": {"working-directory": ""}})["run"]["working-directory"] == folder
    root = tmp_path / folder
    assert coe(tmp_path, "init", str(root)).returncode == 0
    commands = "\n".join(step["run"] for step in steps if "coe " in step.get("run", "") and "pip" not in step["run"])
    environment = {**os.environ, "PATH": f"{shim(tmp_path)}{os.pathsep}{os.environ['PATH']}", "GITHUB_STEP_SUMMARY": "summary"}
    run = subprocess.run(["bash", "-ec", commands], cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    paths = [step["with"]["path"] for step in steps if "path" in step.get("with", {})]
    assert len(paths) == 3
    assert all((tmp_path / path).is_dir() for path in paths), "what is kept and uploaded is where the commands put it"
    assert (root / "summary").read_text("utf-8").startswith("# Weekly review ")


def shim(folder: Path) -> Path:
    """Return a folder with a command `coe` that runs this code."""
    file = folder / "bin" / "coe"
    file.parent.mkdir()
    file.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m coe "$@"\n', "utf-8")
    file.chmod(0o755)
    return file.parent


def test_pre_commit_hook_picks_the_documents(tmp_path: Path) -> None:
    made = {planned.file.name: planned.text for planned in plan(tmp_path / "docs (1)", tmp_path)}
    hook = YAML(typ="safe", pure=True).load(made[".pre-commit-config.yaml"])["repos"][0]["hooks"][0]
    pattern = re.compile(hook["files"])
    assert pattern.search("docs (1)/coes/2026/2026-07-14-checkout.md")
    assert not pattern.search("coes/2026/2026-07-14-checkout.md")
    assert not pattern.search("docs (1)/README.md")
    assert all(pattern.search(f"docs (1)/{name}") and not pattern.search(name) for name in ("coe.toml", "catalog.yaml"))
    assert "types" not in hook, "they are no Markdown"
    assert hook["always_run"], "what a commit deletes is in no list of files"
    assert f"{hook['entry']} {' '.join(hook['args'])}" == "coe check --as-hook --"


def test_in_a_folder_of_a_checkout_what_the_host_reads_stands_at_the_top(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert coe(tmp_path, "init", "docs/it's").returncode == 0
    assert sorted(texts(tmp_path)) == sorted(name if name in FILES[-3:] else f"docs/it's/{name}" for name in FILES)
    steps = YAML(typ="safe", pure=True).load((tmp_path / FILES[-3]).read_text("utf-8"))["jobs"]["check"]["steps"]
    (shim(tmp_path) / "coe").write_text("#!/bin/sh\nprintf '%s\\n' \"$@\"\n")
    world = (
        os.environ | steps[-1]["env"] | {"PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}", "HEAD": "", "BASE": ""}
    )
    run = subprocess.run(["bash", "-ec", steps[-1]["run"]], cwd=tmp_path, env=world, capture_output=True, text=True, check=True)
    assert run.stdout.splitlines() == ["check", "--output-format", "github", "--", "docs/it's"]


def test_the_template_is_the_one_that_is_used(tmp_path: Path) -> None:
    made = next(planned for planned in plan(tmp_path, tmp_path) if planned.file.name == "coe.md.j2")
    assert made.text.startswith("{#")
    assert made.file == tmp_path / "templates" / "new" / "coe.md.j2"


@pytest.mark.parametrize("place", ["file", "file/below"])
def test_a_file_in_the_way(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("")
    run = coe(tmp_path, "init", place)
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.startswith("error: ")
    assert "Traceback" not in run.stderr


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    run = coe(tmp_path, "init")
    tmp_path.chmod(0o755)
    assert list(tmp_path.iterdir()) == []
    assert run.returncode == 2
    assert "Permission denied" in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="this system has no /proc, where nobody can make folders")
def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    run = coe(tmp_path, "init", "/proc/coe-test")
    assert (run.returncode, run.stdout) == (2, "")
    assert "cannot make the folder /proc/coe-test" in run.stderr
    assert "Traceback" not in run.stderr
