"""`--changed-since`: only what a change touches is reported, through real git repositories."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_cli_check import coe
from test_workflow import COE, commit, git, write

TENANT = "The engineer forgot to renew it.\n"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    write(tmp_path, "", "coe.toml")
    for name in ("old.md", "committed.md", "edited.md", "renamed.md", "deleted.md"):
        write(tmp_path, TENANT, name)
    commit(tmp_path)
    git(tmp_path, "checkout", "--quiet", "-b", "work")
    write(tmp_path, f"{TENANT}\nMore.\n", "committed.md")
    git(tmp_path, "mv", "renamed.md", "größer.md")
    git(tmp_path, "rm", "--quiet", "deleted.md")
    commit(tmp_path)
    write(tmp_path, f"{TENANT}\nMore.\n", "edited.md")
    write(tmp_path, TENANT, "new.md")
    write(tmp_path, "build/\n", ".gitignore")
    write(tmp_path, TENANT, "build/ignored.md")
    return tmp_path


def reported(repository: Path, *words: str) -> list[str]:
    run = coe("lint", "--output-format", "concise", "--changed-since", "main", *words, cwd=repository)
    assert run.stderr == ""
    return [line.split(":")[0] for line in run.stdout.splitlines()]


def test_what_is_committed_edited_renamed_or_new_is_reported(repository: Path) -> None:
    assert reported(repository) == ["committed.md", "edited.md", "größer.md", "new.md"]


def test_a_link_that_leads_in_a_circle_is_no_file(repository: Path) -> None:
    (repository / "circle.md").symlink_to("circle.md")
    assert reported(repository) == ["committed.md", "edited.md", "größer.md", "new.md"]


def test_paths_narrow_it_further(repository: Path) -> None:
    assert reported(repository, "new.md", "old.md") == ["new.md"]


def test_what_others_did_since_is_no_part_of_the_change(repository: Path) -> None:
    git(repository, "stash", "--quiet", "--include-untracked")
    git(repository, "checkout", "--quiet", "main")
    write(repository, f"{TENANT}\nMore.\n", "old.md")
    commit(repository)
    git(repository, "checkout", "--quiet", "work")
    git(repository, "stash", "pop", "--quiet")
    assert "old.md" not in reported(repository)


def test_rules_of_the_whole_see_what_did_not_change(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    write(tmp_path, "", "coe.toml")
    first = COE.format(id="2026-07-14-checkout", status="draft", severity="SEV3", end="2026-07-14T14:29:00Z", more="")
    write(tmp_path, first, "coes/2026/2026-07-14-checkout.md")
    commit(tmp_path)
    related = "related: [{id: 2026-07-14-checkout, type: related}, {id: 2026-01-01-nowhere, type: related}]\n"
    second = COE.format(id="2026-07-15-again", status="draft", severity="SEV3", end="2026-07-14T14:29:00Z", more=related)
    write(tmp_path, second, "coes/2026/2026-07-15-again.md")
    run = coe("check", "--changed-since", "HEAD", "--select", "unknown-coe", "--output-format", "concise", cwd=tmp_path)
    assert [line.split(":")[0] for line in run.stdout.splitlines()] == ["coes/2026/2026-07-15-again.md"]
    assert "2026-01-01-nowhere" in run.stdout


@pytest.mark.parametrize("inner", ["", "inner"])
def test_what_a_change_of_the_catalog_breaks_is_reported_and_what_was_broken_before_is_not(tmp_path: Path, inner: str) -> None:
    git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    root = tmp_path / inner
    write(root, "", "coe.toml")
    given = {"status": "draft", "severity": "SEV3", "end": "2026-07-14T14:29:00Z"}
    name = "coes/2026/2026-07-14-checkout.md"
    write(root, COE.format(id="2026-07-14-checkout", more="services: [{id: never-there, relation: origin}]\n", **given), name)
    write(root, "teams:\n  - {id: payments, name: Payments}\n", "catalog.yaml")
    commit(tmp_path)
    words = ("check", "--changed-since", "main", "--select", "reference", "--output-format", "concise")
    write(root, "teams:\n  - {id: payments, name: Pay}\n", "catalog.yaml")
    assert coe(*words, cwd=root).stdout == ""
    write(root, "teams:\n  - {id: paying, name: Payments}\n", "catalog.yaml")
    (line,) = coe(*words, cwd=root).stdout.splitlines()
    assert line.startswith(f"{name}:")
    assert "[unknown-team]" in line
    git(tmp_path, "rm", "--quiet", "--force", str(root / "catalog.yaml"))
    commit(tmp_path)
    write(root, "teams:\n  - {id: paying, name: Payments}\n", "catalog.yaml")
    found = coe(*words[:2], "HEAD", *words[3:], cwd=root).stdout.splitlines()
    assert sorted(line.rpartition("[")[2] for line in found) == ["unknown-service]", "unknown-team]"]


def take_one_of_two_away(root: Path) -> None:
    """Make a repository of two COEs, and delete the one that the other refers to."""
    git(root, "init", "--quiet", "--initial-branch", "main")
    write(root, "", "coe.toml")
    for name, more in (("2026-07-14-one", ""), ("2026-07-15-two", "related: [{id: 2026-07-14-one, type: related}]\n")):
        given = {"status": "draft", "severity": "SEV3", "end": "2026-07-14T14:29:00Z", "more": more}
        write(root, COE.format(id=name, **given), f"coes/2026/{name}.md")
    commit(root)
    git(root, "rm", "--quiet", "coes/2026/2026-07-14-one.md")


def test_what_a_deletion_breaks_elsewhere_can_be_known_to_a_baseline(tmp_path: Path) -> None:
    take_one_of_two_away(tmp_path)
    words = ("check", "--changed-since", "main", "--baseline", "known.json")
    assert coe(*words, "--write-baseline", cwd=tmp_path).stderr == "1 finding written to known.json.\n"
    assert coe(*words, cwd=tmp_path).returncode == 0


def test_a_run_that_fixes_still_tells_what_a_deletion_breaks_elsewhere(tmp_path: Path) -> None:
    take_one_of_two_away(tmp_path)
    write(tmp_path, "The steps:\n- one\n", "notes.md")
    run = coe("check", "--changed-since", "main", "--fix", "--output-format", "concise", cwd=tmp_path)
    assert run.stderr == "1 file changed.\n"
    assert [line.rpartition(" ")[2] for line in run.stdout.splitlines()] == ["[unknown-coe]"]


def test_a_repository_below_the_root_of_git_sees_its_own_files(repository: Path) -> None:
    write(repository, "", "inner/coe.toml")
    write(repository, TENANT, "inner/notes.md")
    run = coe("lint", "--output-format", "concise", "--changed-since", "main", cwd=repository / "inner")
    assert [line.split(":")[0] for line in run.stdout.splitlines()] == ["notes.md"]


def test_nothing_changed_is_no_error(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    write(tmp_path, TENANT, "old.md")
    commit(tmp_path)
    run = coe("lint", "--changed-since", "HEAD", cwd=tmp_path)
    assert (run.returncode, run.stdout) == (0, "0 files checked, nothing to report.\n")


@pytest.mark.parametrize("ref", ["nowhere", "--output=x", ""])
def test_a_name_that_git_does_not_know_is_an_error(repository: Path, ref: str) -> None:
    run = coe("lint", f"--changed-since={ref}", cwd=repository)
    assert run.returncode == 2
    assert "git knows no commit" in run.stderr


def test_without_git_there_is_an_error_and_no_empty_report(tmp_path: Path) -> None:
    write(tmp_path, TENANT, "old.md")
    run = coe("lint", "--changed-since", "main", cwd=tmp_path)
    assert run.returncode == 2
    assert "is in no git repository" in run.stderr


@pytest.fixture
def outer(tmp_path: Path) -> Path:
    """Return a repository whose notes are a submodule."""
    inner, outer = tmp_path / "inner", tmp_path / "outer"
    git(tmp_path, "init", "--quiet", "--initial-branch", "main", str(inner))
    for name in ("old.md", "edited.md", "committed.md"):
        write(inner, TENANT, name)
    commit(inner)
    git(tmp_path, "init", "--quiet", "--initial-branch", "main", str(outer))
    write(outer, "", "coe.toml")
    git(outer, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(inner), "kept")
    commit(outer)
    return outer


def test_what_changes_in_a_submodule_is_reported(outer: Path) -> None:
    assert reported(outer) == []
    write(outer, f"{TENANT}\nMore.\n", "kept/edited.md")
    write(outer, TENANT, "kept/new.md")
    assert reported(outer) == ["kept/edited.md", "kept/new.md"], "what no commit has"
    write(outer, f"{TENANT}\nMore.\n", "kept/committed.md")
    commit(outer / "kept")
    assert reported(outer) == ["kept/committed.md", "kept/edited.md", "kept/new.md"], "what its commit has"
    commit(outer)
    assert reported(outer) == []
    git(outer, "checkout", "--quiet", "-b", "work")
    write(outer, f"{TENANT}\nMore.\n", "kept/old.md")
    commit(outer / "kept")
    commit(outer)
    assert reported(outer) == ["kept/old.md"], "what the commit of the whole has"
    assert reported(outer, "kept/edited.md") == []


def test_all_of_a_new_submodule_and_of_an_unknown_repository_is_reported(outer: Path) -> None:
    git(outer, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(outer.parent / "inner"), "more")
    assert reported(outer) == ["more/committed.md", "more/edited.md", "more/old.md"]
    commit(outer)
    git(outer, "init", "--quiet", "notes")
    write(outer, TENANT, "notes/one.md")
    assert reported(outer) == ["notes/one.md"]
    git(outer, "submodule", "--quiet", "deinit", "--force", "kept", "more")
    assert reported(outer) == ["notes/one.md"], "what is not checked out has no files"


def test_a_submodule_that_lacks_its_old_commit_is_told_and_looked_at(outer: Path) -> None:
    write(outer / "kept", TENANT, "new.md")
    git(outer / "kept", "checkout", "--quiet", "--orphan", "again")
    commit(outer / "kept")
    git(outer / "kept", "update-ref", "-d", "refs/heads/main")
    git(outer / "kept", "remote", "remove", "origin")
    git(outer / "kept", "reflog", "expire", "--expire=now", "--all")
    git(outer / "kept", "gc", "--quiet", "--prune=now")
    run = coe("lint", "--output-format", "concise", "--changed-since", "main", cwd=outer)
    assert len(run.stdout.splitlines()) == 4
    assert run.stderr.startswith("warning: the submodule kept does not hold its commit ")
