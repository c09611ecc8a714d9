"""`--base`: the change itself is judged, through real git repositories."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from test_cli_check import coe

COE = """\
---
id: {id}
title: Checkout errors in Europe
kind: incident
status: {status}
severity: {severity}
owner_team: payments
impact:
  windows:
    - id: I1
      start: 2026-07-14T13:57:40Z
      end: {end}
{more}---

## What happened

The pool had no free connection.
"""
ID = "2026-07-14-checkout"
NAME = f"coes/2026/{ID}.md"
ITEM = "  - {{id: {}, title: Bound connections per tenant, type: prevent, status: done, completed: 2026-08-01}}\n"
ITEMS = "action_items:\n" + ITEM.format("A1") + ITEM.format("A2")


def text(
    status: str = "published", name: str = ID, severity: str = "SEV3", end: str = "2026-07-14T14:29:00Z", more: str = ""
) -> str:
    return COE.format(id=name, status=status, severity=severity, end=end, more=more)


def git(root: Path, *words: str) -> str:
    settings = ("-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false")
    run = subprocess.run(
        ["git", *settings, "-C", str(root), *words], check=True, capture_output=True, text=True,
    )  # fmt: skip
    return run.stdout.strip()


def commit(root: Path, message: str = "change") -> str:
    git(root, "add", "-A")
    git(root, "commit", "--quiet", "--message", message)
    return git(root, "rev-parse", "HEAD")


def write(root: Path, content: str, name: str = NAME) -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(content, "utf-8")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "repository"
    root.mkdir()
    git(root, "init", "--quiet", "--initial-branch=main")
    (root / "coe.toml").write_text("policy.require = []\n")
    write(root, text())
    commit(root)
    git(root, "switch", "--quiet", "--create", "work")
    return root


def judged(root: Path, ref: str = "main", *more: str) -> list[tuple[str, str]]:
    words = ("check", "--base", ref, "--output-format", "json", "--exit-zero", "--select", "workflow", *more)
    run = coe(*words, cwd=root)
    assert (run.returncode, run.stderr) == (0, "")
    return [(one["rule"], one["field"]) for one in json.loads(run.stdout)["diagnostics"]]


def test_without_a_base_and_without_a_change_nothing_is_judged(repository: Path) -> None:
    assert judged(repository) == []
    write(repository, text("draft"))
    run = coe("check", "--select", "workflow", cwd=repository)
    assert (run.returncode, run.stdout) == (0, "1 file checked, nothing to report.\n")


@pytest.mark.parametrize("committed", [True, False])
def test_an_illegal_transition(repository: Path, committed: bool) -> None:
    write(repository, text("draft"))
    if committed:
        commit(repository)
    assert judged(repository) == [("illegal-transition", "status")]
    write(repository, text("closed"))
    assert judged(repository) == []


def test_the_policy_allows_more_changes_of_the_status(repository: Path) -> None:
    write(repository, text("draft"))
    allowed = '[[policy.transitions]]\nfrom = "published"\nto = "draft"\nseverities = ["{}"]\n'
    (repository / "coe.toml").write_text("policy.require = []\n" + allowed.format("SEV3"))
    assert judged(repository) == []
    (repository / "coe.toml").write_text("policy.require = []\n" + allowed.format("SEV1"))
    assert judged(repository) == [("illegal-transition", "status")]


def test_what_was_published_changes_with_a_note(repository: Path) -> None:
    write(repository, text(severity="SEV2", end="2026-07-14T15:00:00Z"))
    found = [("published-change-without-note", "severity"), ("published-change-without-note", "impact")]
    assert judged(repository) == found
    note = "revisions: [{at: 2026-08-03, text: Two more cells were affected.}]\n"
    write(repository, text(severity="SEV2", end="2026-07-14T15:00:00Z", more=note))
    assert judged(repository) == []
    commit(repository)
    write(repository, text(severity="SEV1", end="2026-07-14T15:00:00Z", more=note))
    assert judged(repository, "HEAD") == [("published-change-without-note", "severity")], "an old note is no note"


def test_the_same_facts_written_otherwise_are_no_change(repository: Path) -> None:
    write(repository, text(end="2026-07-14T16:29:00+02:00").replace("SEV3", '"SEV3"'))
    assert judged(repository) == []


def test_an_action_item_is_removed(repository: Path) -> None:
    write(repository, text(more=ITEMS))
    commit(repository)
    write(repository, text(more=ITEMS.replace("id: A2", "id: A3")))
    assert judged(repository, "HEAD") == [("action-item-removed", "action_items")]
    write(repository, text())
    assert judged(repository, "HEAD") == [("action-item-removed", "action_items")] * 2


def test_an_id_is_changed(repository: Path) -> None:
    write(repository, text(name="2026-07-14-pool"))
    assert judged(repository) == [("id-changed", "id")]


def test_a_file_is_renamed_with_its_id(repository: Path) -> None:
    git(repository, "mv", NAME, "coes/2026/2026-07-14-pool.md")
    write(repository, text(name="2026-07-14-pool"), "coes/2026/2026-07-14-pool.md")
    commit(repository)
    assert judged(repository) == [("id-changed", "id")]


def test_a_file_that_moves_is_known_by_its_id(repository: Path) -> None:
    (repository / NAME).unlink()
    write(repository, text("draft"), f"coes/{ID}.md")
    assert judged(repository) == [("illegal-transition", "status")], "git has not seen the new file yet"
    commit(repository)
    assert judged(repository) == [("illegal-transition", "status")]


def test_a_new_file_has_no_past(repository: Path) -> None:
    write(repository, text("closed", "2026-08-01-search"), "coes/2026/2026-08-01-search.md")
    commit(repository)
    assert judged(repository) == []


def test_what_others_did_meanwhile_is_no_part_of_the_change(repository: Path) -> None:
    git(repository, "switch", "--quiet", "main")
    write(repository, text("closed", more=ITEMS))
    commit(repository)
    git(repository, "switch", "--quiet", "work")
    assert judged(repository) == []
    write(repository, text(severity="SEV2"))
    assert judged(repository) == [("published-change-without-note", "severity")]


def test_a_repository_below_the_top_of_the_checkout(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    root = tmp_path / "incident notes"
    root.mkdir()
    (root / "coe.toml").write_text('policy.require = []\npaths.coes = "the coes"\n')
    name = f"the coes/{ID}.md"
    write(root, text(), name)
    write(tmp_path, text())
    commit(tmp_path)
    write(root, text("draft"), name)
    write(tmp_path, text("draft"))
    assert judged(root, "HEAD") == [("illegal-transition", "status")]
    assert judged(tmp_path, "HEAD", "incident notes") == [("illegal-transition", "status")]


def test_what_could_not_be_read_before_is_no_past(repository: Path) -> None:
    (repository / NAME).write_bytes(b"---\nid: [\xff\n---\n")
    commit(repository)
    write(repository, text("closed"))
    assert judged(repository, "HEAD") == []


def test_validate_takes_a_base_and_fixes_keep_it(repository: Path) -> None:
    write(repository, text("draft"))
    for words in (("validate", "--base", "main"), ("check", "--base", "main", "--fix")):
        run = coe(*words, "--output-format", "concise", cwd=repository)
        assert run.returncode == 1
        assert "[illegal-transition]" in run.stdout


@pytest.mark.parametrize("ref", ["none", "main:coes", "--help", "HEAD~5", ""])
def test_a_name_that_git_does_not_know(repository: Path, ref: str) -> None:
    run = coe("check", f"--base={ref}", cwd=repository)
    assert (run.returncode, run.stdout) == (2, "")
    assert "git knows no commit" in run.stderr
    assert "origin/main" in run.stderr


def test_no_repository(tmp_path: Path) -> None:
    write(tmp_path, text())
    run = coe("check", "--base", "main", cwd=tmp_path, GIT_CEILING_DIRECTORIES=str(tmp_path.parent))
    assert run.returncode == 2
    assert "is in no git repository" in run.stderr


def test_a_shallow_clone_says_how_to_fetch(repository: Path, tmp_path: Path) -> None:
    write(repository, text("closed"))
    commit(repository)
    write(repository, text("closed", more=ITEMS))
    commit(repository)
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "--quiet", "--depth=1", "--branch=work", f"file://{repository}", str(shallow))
    run = coe("check", "--base", "origin/main", cwd=shallow)
    assert run.returncode == 2
    assert "fetch-depth: 0" in run.stderr
    git(shallow, "fetch", "--quiet", "--depth=1", "origin", "main:refs/remotes/origin/main")
    run = coe("check", "--base", "origin/main", cwd=shallow)
    assert run.returncode == 2
    assert "shallow" in run.stderr
    assert "fetch-depth: 0" in run.stderr


def test_histories_without_a_common_commit(repository: Path) -> None:
    git(repository, "switch", "--quiet", "--orphan", "other")
    write(repository, text())
    commit(repository)
    run = coe("check", "--base", "main", cwd=repository)
    assert run.returncode == 2
    assert "no commit in common" in run.stderr


def test_a_hostile_configuration_of_git_runs_nothing(repository: Path, tmp_path: Path) -> None:
    trap, sprung = tmp_path / "trap.sh", tmp_path / "sprung"
    trap.write_text(f"#!/bin/sh\ntouch {sprung}\n")
    trap.chmod(0o755)
    for key in ("core.fsmonitor", "diff.external"):
        git(repository, "config", key, str(trap))
    write(repository, text("draft"))
    assert judged(repository) == [("illegal-transition", "status")]
    assert not sprung.exists()
