"""`coe check --as-hook` in commits of real git repositories: with documents, without, and with fewer than before."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from test_cli_check import ROOT, coe
from test_workflow import commit, git, text, write

FIRST, SECOND, OTHER = "2026-07-14-checkout", "2026-07-15-search", "2026-07-16-orders"


def place(name: str) -> str:
    return f"coes/2026/{name}.md"


def related(name: str) -> str:
    return f"related: [{{id: {name}, type: related}}]\n"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a repository of three COEs, of which one refers to the first, and one to none that is there."""
    git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    write(tmp_path, "policy.require = []\n", "coe.toml")
    write(tmp_path, text(status="draft", name=FIRST), place(FIRST))
    write(tmp_path, text(status="draft", name=SECOND, more=related(FIRST)) + f"\n[it]({FIRST}.md)\n", place(SECOND))
    write(tmp_path, text(status="draft", name=OTHER, more=related("2020-01-01-nowhere")), place(OTHER))
    write(tmp_path, "print(1)\n", "code.py")
    commit(tmp_path)
    return tmp_path


def found(root: Path, *words: str, **env: str) -> list[str]:
    """Return what a run as a hook reports, without the places in the files."""
    run = coe("check", "--as-hook", "--output-format", "json", *words, cwd=root, **env)
    assert run.stderr == ""
    assert run.returncode == (1 if run.stdout and json.loads(run.stdout)["diagnostics"] else 0)
    return [f"{Path(one['path']).stem} {one['rule']}" for one in json.loads(run.stdout or '{"diagnostics": []}')["diagnostics"]]


def committing(root: Path, hook: str) -> tuple[int, str] | None:
    """Return exit code and report of a hook as pre-commit runs it for what is staged; nothing when it passes it over."""
    told = next(one for one in yaml.safe_load((Path(ROOT) / ".pre-commit-hooks.yaml").read_text("utf-8")) if one["id"] == hook)
    staged = git(root, "diff", "--cached", "--name-only", "--diff-filter=d", "-z").split("\0")
    names = [name for name in staged if name and re.search(told.get("files", r"\.md$"), name)]
    if not names and not told.get("always_run"):
        return None
    run = coe(*told["entry"].split()[1:], *told["args"], *names, cwd=root)
    return run.returncode, run.stdout


LOST = [f"{SECOND} unknown-coe", f"{SECOND} broken-link"]


@pytest.mark.parametrize("change", [(), ("code.py",)])
def test_a_commit_without_documents_is_quiet(repository: Path, change: tuple[str, ...]) -> None:
    write(repository, "print(2)\n", "code.py")
    git(repository, "add", *change, ".")
    run = coe("check", "--as-hook", cwd=repository)
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


def test_a_commit_that_deletes_a_coe_reports_who_refers_to_it_and_nothing_older(repository: Path) -> None:
    git(repository, "rm", "--quiet", place(FIRST))
    assert found(repository) == LOST
    run = coe("check", "--as-hook", cwd=repository)
    assert run.stdout.splitlines()[-1] == "1 file checked: 2 errors."


def test_a_hook_hears_of_a_commit_that_only_deletes(repository: Path) -> None:
    git(repository, "rm", "--quiet", place(FIRST))
    code, report = committing(repository, "coe-check") or (0, "")
    assert (code, report.splitlines()[-1]) == (1, "1 file checked: 2 errors.")
    assert committing(repository, "coe-lint") is committing(repository, "coe-fmt") is None


def test_hooks_get_what_a_commit_changes(repository: Path) -> None:
    flawed = text(status="draft", name=OTHER, severity="high").replace("title:", "title:  ")
    write(repository, flawed + "\nThe engineer should have checked.\n", place(OTHER))
    git(repository, "add", ".")
    code, report = committing(repository, "coe-check") or (0, "")
    assert (code, "wrong-value" in report, "counterfactual" in report) == (1, True, True)
    code, report = committing(repository, "coe-lint") or (0, "")
    assert (code, "wrong-value" in report, "counterfactual" in report) == (1, False, True)
    assert (committing(repository, "coe-fmt") or (1, ""))[0] == 0
    assert "title:  " not in (repository / place(OTHER)).read_text("utf-8")


def test_a_deletion_beside_a_change_reports_both(repository: Path) -> None:
    git(repository, "rm", "--quiet", place(FIRST))
    write(repository, text(status="draft", name=OTHER, severity="high"), place(OTHER))
    git(repository, "add", ".")
    assert sorted(found(repository, place(OTHER))) == sorted([*LOST, f"{OTHER} wrong-value"])


def test_what_the_commit_mends_along_is_not_reported(repository: Path) -> None:
    git(repository, "rm", "--quiet", place(FIRST))
    write(repository, text(status="draft", name=SECOND), place(SECOND))
    git(repository, "add", ".")
    assert found(repository, place(SECOND)) == []


def test_a_renamed_coe_is_gone_under_its_old_name(repository: Path) -> None:
    new = "2026-07-14-checkout-pool"
    git(repository, "mv", place(FIRST), place(new))
    write(repository, text(status="draft", name=new), place(new))
    git(repository, "add", ".")
    assert found(repository, place(new)) == LOST


def test_a_coe_that_moves_to_another_folder_keeps_its_id(repository: Path) -> None:
    (repository / "coes" / "old").mkdir()
    git(repository, "mv", place(FIRST), f"coes/old/{FIRST}.md")
    assert found(repository, f"coes/old/{FIRST}.md") == [f"{SECOND} broken-link"]


def test_a_picture_that_goes_leaves_a_broken_link(repository: Path) -> None:
    write(repository, "not a picture", "coes/2026/graph.png")
    write(repository, text(status="draft", name=OTHER) + "\n![graph](graph.png)\n", place(OTHER))
    commit(repository)
    git(repository, "rm", "--quiet", "coes/2026/graph.png")
    assert found(repository) == [f"{OTHER} broken-link"]


def test_a_catalog_that_goes_concerns_the_whole_repository(repository: Path) -> None:
    write(repository, "teams:\n  - {id: payments, name: Payments}\n", "catalog.yaml")
    commit(repository)
    git(repository, "rm", "--quiet", "catalog.yaml")
    assert found(repository) == [f"{OTHER} unknown-coe"]


def test_a_commit_that_deletes_everything_is_no_failure(repository: Path) -> None:
    git(repository, "rm", "--quiet", "-r", ".")
    assert found(repository) == []


def test_the_baseline_of_a_repository_covers_what_a_deletion_breaks(repository: Path) -> None:
    git(repository, "rm", "--quiet", place(FIRST))
    assert coe("check", "--baseline", "known.json", "--write-baseline", cwd=repository).returncode == 0
    run = coe("check", "--as-hook", "--baseline", "known.json", cwd=repository)
    assert (run.returncode, run.stderr) == (0, "2 findings left out, known to known.json.\n")


def test_a_push_is_about_its_commits(repository: Path) -> None:
    git(repository, "rm", "--quiet", place(FIRST))
    commit(repository)
    assert found(repository) == []
    assert found(repository, PRE_COMMIT_FROM_REF="HEAD~1", PRE_COMMIT_TO_REF="HEAD") == LOST


def test_a_first_commit_takes_nothing_away(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    write(tmp_path, text(status="draft", name=FIRST), place(FIRST))
    git(tmp_path, "add", ".")
    assert found(tmp_path, place(FIRST)) == []


def test_outside_of_git_a_hook_says_so(tmp_path: Path) -> None:
    run = coe("check", "--as-hook", cwd=tmp_path, GIT_CEILING_DIRECTORIES=str(tmp_path.parent))
    assert run.returncode == 2
    assert run.stderr.endswith("  help: Run a hook in a git repository.\n")


def test_a_change_that_deletes_a_coe_reports_who_refers_to_it(repository: Path) -> None:
    git(repository, "checkout", "--quiet", "-b", "work")
    git(repository, "rm", "--quiet", place(FIRST))
    commit(repository)
    run = coe("check", "--changed-since", "main", "--output-format", "concise", cwd=repository)
    assert [line.rpartition("[")[2] for line in run.stdout.splitlines()] == ["unknown-coe]", "broken-link]"]
    assert coe("check", "--changed-since", "main", place(OTHER), cwd=repository).returncode == 0


def test_the_hook_of_a_linked_worktree_checks_a_repository_in_a_folder(tmp_path: Path) -> None:
    """git names the repository to such a hook by GIT_DIR, which would make each folder its top."""
    main, linked = tmp_path / "main", tmp_path / "linked"
    write(main, "", "teams/coe.toml")
    write(main, "The engineer forgot it.\n", "teams/ignored.md")
    write(main, "The engineer forgot it.\n", "teams/old.md")
    write(main, "ignored.md\n", ".gitignore")
    git(main, "init", "--quiet", "--initial-branch", "main")
    commit(main)
    git(main, "worktree", "add", "--quiet", str(linked))
    write(linked, "The engineer forgot it.\n", "teams/new.md")
    write(linked, "The engineer forgot it.\n", "teams/ignored.md")
    git(linked, "add", ".")
    told = git(linked, "rev-parse", "--absolute-git-dir")
    words = ("lint", "--changed-since", "HEAD", "teams", "--output-format", "concise")
    run = coe(*words, cwd=linked, GIT_DIR=told, GIT_INDEX_FILE=f"{told}/index")
    assert [line.split(":")[0] for line in run.stdout.splitlines()] == ["teams/new.md"]
    assert run.stderr == ""
