"""`coe minutes`, `coe minutes apply` and `coe wheel`, as they are run in a repository."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

CATALOG = """\
teams: [{id: payments, name: Payments}, {id: search, name: Search}]
services:
  - {id: checkout, name: Checkout, team: payments}
  - {id: find, name: Find, team: search}
  - {id: old-mail, name: Old mail, team: search, status: retired}
roles: [{id: review-facilitator, name: Review facilitator}]
"""
COE = """\
---
id: {name}
title: Errors in checkout after a change of the pool
kind: incident
status: {status}  # asked for by the authors
severity: SEV3
owner_team: payments
services: [{{id: checkout, relation: origin}}]
impact:
  windows: [{{id: I1, start: 2026-07-14T13:57:40Z, end: 2026-07-14T14:29:00Z}}]
---

The story.
"""
MINUTES = """\
---
week: 2026-W30
date: 2026-07-24
facilitator: role:review-facilitator
reviewed:
  - {coe: 2026-07-14-pool, outcome: accepted}
  - {coe: 2026-07-15-queue, outcome: returned}
  - {coe: 2026-07-16-cache, outcome: accepted_with_changes}
  - {coe: 2026-07-17-draft, outcome: accepted}
decisions:
  - {id: D1, text: Every pool has a bound per tenant., tenet: bounded-pools}
  - {id: D2, text: "# Retries get a budget.", program: retry-budgets}
  - {id: D3, text: The meeting starts on time.}
---
"""
LOOSE = "[policy]\nrequire = []\n"


def coe(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1784808000", "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "coe", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", env=environment, check=False)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    files = {"coe.toml": LOOSE, "catalog.yaml": CATALOG}
    for name, status in (("14-pool", "in_review"), ("15-queue", "in_review"), ("16-cache", "in_review"), ("17-draft", "draft")):
        files[f"coes/2026/2026-07-{name}.md"] = COE.format(name=f"2026-07-{name}", status=status)
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    return tmp_path


def keep(repository: Path, text: str = MINUTES) -> Path:
    file = repository / "reviews" / "2026-W30.md"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_minutes_start_with_what_the_digest_puts_on_the_table(repository: Path) -> None:
    run = coe(repository, "minutes", "2026-W30", "--spin")
    assert (run.returncode, run.stdout) == (0, "reviews/2026-W30.md\n"), run.stderr
    text = (repository / "reviews/2026-W30.md").read_text("utf-8")
    assert all(f"#  - coe: 2026-07-{name}\n" in text for name in ("14-pool", "15-queue", "16-cache"))
    assert "2026-07-17-draft" not in text
    assert "picked: " in text
    assert coe(repository, "wheel", "2026-W30").returncode == 0, "the draw that was kept can be done again"
    assert "exists already" in coe(repository, "minutes", "2026-W30").stderr
    found = coe(repository, "check", "reviews", "--output-format", "concise").stdout
    assert "error" not in found.replace("0 errors", ""), found


def test_apply_moves_what_was_decided_and_nothing_else(repository: Path) -> None:
    keep(repository)
    before = {file: file.read_text("utf-8") for file in repository.rglob("*.md")}
    run = coe(repository, "minutes", "apply", "2026-W30")
    assert run.returncode == 1, "a draft that was accepted could not be published"
    assert run.stdout.splitlines() == [
        "coes/2026/2026-07-14-pool.md: in_review → published",
        "coes/2026/2026-07-15-queue.md: in_review → draft",
        "tenets/bounded-pools.md: proposed by D1",
        "programs/retry-budgets.md: proposed by D2",
    ]
    assert "2026-07-16-cache: accepted with changes" in run.stderr
    assert "2026-07-17-draft: it is a draft" in run.stderr
    pool = repository / "coes/2026/2026-07-14-pool.md"
    changed = before[pool].replace("status: in_review  # asked", "status: published  # asked")
    assert pool.read_text("utf-8").replace("published: 2026-07-24\n", "") == changed
    assert "published: 2026-07-24\n" in pool.read_text("utf-8")
    for name in ("16-cache", "17-draft"):
        file = repository / f"coes/2026/2026-07-{name}.md"
        assert file.read_text("utf-8") == before[file]
    tenet = (repository / "tenets/bounded-pools.md").read_text("utf-8")
    assert 'statement: "Every pool has a bound per tenant."' in tenet
    assert "status: proposed" in tenet
    assert "\n\\# Retries get a budget.\n" in (repository / "programs/retry-budgets.md").read_text("utf-8")
    again = coe(repository, "minutes", "apply", "2026-W30")
    assert again.stdout == ""
    assert "Nothing to change." in again.stderr


def test_a_diff_shows_what_would_change_and_writes_nothing(repository: Path) -> None:
    keep(repository)
    before = {file: file.read_bytes() for file in repository.rglob("*") if file.is_file()}
    run = coe(repository, "minutes", "apply", "2026-W30", "--diff")
    assert "+status: published  # asked for by the authors" in run.stdout
    assert "+++ b/tenets/bounded-pools.md" in run.stdout
    assert {file: file.read_bytes() for file in repository.rglob("*") if file.is_file()} == before


def test_a_diff_made_in_a_folder_applies_with_its_new_files(repository: Path) -> None:
    keep(repository)
    run = coe(repository / "coes", "minutes", "apply", "2026-W30", "--diff")
    assert "The paths of the diff begin at ..: apply it there.\n" in run.stderr
    subprocess.run(["git", "apply"], cwd=repository, input=run.stdout.encode(), check=True)
    assert coe(repository, "minutes", "apply", "2026-W30").stdout == "", "all is done"
    assert (repository / "tenets/bounded-pools.md").read_text("utf-8").startswith("---\n")


def test_a_late_remark_does_not_return_a_coe_twice(repository: Path) -> None:
    file = keep(repository, MINUTES.replace("  - {coe: 2026-07-17-draft, outcome: accepted}\n", "").replace("\n", "\r\n"))
    before = file.read_bytes()
    coe(repository, "minutes", "apply", "2026-W30")
    kept = file.read_bytes()
    assert kept.replace(b", applied: 2026-07-23", b"").replace(b",applied: 2026-07-23", b"") == before
    assert kept.count(b"applied: 2026-07-23") == 2, "the one that was published and the one that was returned"
    queue = repository / "coes/2026/2026-07-15-queue.md"
    queue.write_text(queue.read_text("utf-8").replace("status: draft", "status: in_review"), encoding="utf-8")
    file.write_bytes(kept.replace(b"decisions:\r\n", b"decisions:\r\n  - {id: D4, text: Caches expire., tenet: caches}\r\n"))
    run = coe(repository, "minutes", "apply", "2026-W30")
    assert (run.returncode, run.stdout) == (0, "tenets/caches.md: proposed by D4\n"), run.stderr
    assert "2026-07-15-queue: done on 2026-07-23; it is in review" in run.stderr
    assert "status: in_review" in queue.read_text("utf-8"), "its authors have asked for another review"


def test_an_older_review_does_not_overrule_a_later_one(repository: Path) -> None:
    keep(repository, MINUTES.replace("  - {coe: 2026-07-17-draft, outcome: accepted}\n", ""))
    later = (
        MINUTES.replace("2026-W30", "2026-W31")
        .replace("2026-07-24", "2026-07-31")
        .replace("outcome: accepted}", "outcome: escalated}")
    )
    (repository / "reviews/2026-W31.md").write_text(later, encoding="utf-8")
    run = coe(repository, "minutes", "apply", "2026-W30")
    assert "in_review →" not in run.stdout
    assert "2026-07-14-pool: the review of 2026-W31 has seen it since; it is in review" in run.stderr


def test_the_gate_of_the_policy_holds_a_coe_back(repository: Path) -> None:
    (repository / "coe.toml").write_text(
        '[policy]\n[[policy.require]]\nstatus = "published"\nfields = ["summary", "published"]\n', encoding="utf-8"
    )
    keep(repository, MINUTES.replace("  - {coe: 2026-07-17-draft, outcome: accepted}\n", ""))
    run = coe(repository, "minutes", "apply", "2026-W30")
    assert run.returncode == 1
    assert "2026-07-14-pool: it lacks summary: see `coe next 2026-07-14-pool --for published`" in run.stderr
    assert "status: in_review" in (repository / "coes/2026/2026-07-14-pool.md").read_text("utf-8")


def test_line_ends_and_mode_of_a_coe_stay(repository: Path) -> None:
    keep(repository)
    pool = repository / "coes/2026/2026-07-14-pool.md"
    pool.write_bytes(pool.read_bytes().replace(b"\n", b"\r\n"))
    pool.chmod(0o640)
    coe(repository, "minutes", "apply", "2026-W30")
    data = pool.read_bytes()
    assert b"status: published" in data
    assert data.count(b"\r\n") == data.count(b"\n")
    assert pool.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("minutes", "apply", "2026-W31"), "there are no minutes of 2026-W31"),
        (("minutes", "2026-W54"), "there is no week 2026-W54"),
        (("minutes", "2026-W30", "2026-W31"), "`2026-W31` stands after the week"),
        (("minutes", "2026-W30", "--diff"), "--diff is for apply"),
        (("minutes", "apply", "2026-W30", "--spin"), "--spin starts minutes"),
        (("wheel", "--absent", "nobody"), "nobody is not on the wheel"),
        (("wheel", "--absent", "checkout", "--absent", "find"), "nobody is left on the wheel"),
        (("wheel", "2026-W33", "--record"), "there are no minutes of 2026-W33"),
    ],
)
def test_what_cannot_be_done_is_said(repository: Path, words: tuple[str, ...], said: str) -> None:
    run = coe(repository, *words)
    assert run.returncode == 2
    assert said in run.stderr
    assert "Traceback" not in run.stderr


def test_a_draw_is_kept_and_done_again(repository: Path) -> None:
    file = keep(repository)
    first = json.loads(coe(repository, "wheel", "2026-W30", "--seed", "00000000abcd", "--format", "json").stdout)
    assert first["picked"] == "checkout", "a small number draws the first of the roster"
    run = coe(repository, "wheel", "2026-W30", "--seed", "00000000abcd", "--absent", "checkout", "--record")
    assert run.stdout == "Find (find)\n", run.stderr
    assert "wheel:\n  seed:" in file.read_text("utf-8")
    assert "the draw gives it again" in coe(repository, "wheel", "2026-W30").stdout
    assert "hold a draw already" in coe(repository, "wheel", "2026-W30", "--record", "--seed", "x").stderr
    file.write_text(file.read_text("utf-8").replace("picked: find", "picked: checkout"), encoding="utf-8")
    assert coe(repository, "wheel", "2026-W30").returncode == 1, "a draw that does not fit its seed is told"
    odds = coe(repository, "wheel", "2026-W31", "--odds").stdout
    assert odds == "100.0%  find\n  0.0%  checkout\n", "who was drawn is not drawn again"


def test_a_retired_service_is_not_on_the_wheel(repository: Path) -> None:
    shares = json.loads(coe(repository, "wheel", "--odds", "--format", "json").stdout)["shares"]
    assert [share["id"] for share in shares] == ["checkout", "find"]


def test_with_a_cutoff_the_day_of_the_meeting_belongs_to_its_review(repository: Path) -> None:
    (repository / "coe.toml").write_text('[review]\ncutoff = "wednesday"\nmeets = "thursday 16:00"\n', encoding="utf-8")
    assert coe(repository, "digest").stdout.startswith("# Weekly review 2026-W30\n\n2026-07-16 to 2026-07-22"), "a Thursday"
    assert coe(repository, "minutes").stdout == "reviews/2026-W30.md\n"
    assert "date: 2026-07-23\n" in (repository / "reviews/2026-W30.md").read_text("utf-8")
    assert coe(repository, "new", "minutes", "2026-W31", "--date", "2026-07-30").returncode == 0
    assert coe(repository, "minutes", "2026-W33").returncode == 0
    assert "date: 2026-08-13\n" in (repository / "reviews/2026-W33.md").read_text("utf-8"), "the Thursday of that week"
