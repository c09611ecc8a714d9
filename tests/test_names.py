"""Names through the command line: the policy, the fix, the history of real git repositories, and what is never told."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
from test_cli_check import coe

from coe.cache import folder
from coe.cache.folder import digest
from coe.cli import authors as adapter
from coe.corpus import Author

CATALOG = """\
teams: [{id: payments, name: Payments}]
services: [{id: checkout, name: Checkout, team: payments}]
roles: [{id: on-call-engineer, name: On-call engineer}]
people: [{names: [Anna Kern], handles: [akern], emails: [anna.kern@example.com], role: on-call-engineer}]
"""
COE = """\
---
id: 2026-07-14-checkout
title: Checkout errors in Europe
kind: incident
status: draft
severity: SEV2
summary: >-
  Anna Kern forgot to renew
  the certificate.
owner_team: payments
impact:
  windows:
    - id: I1
      start: 2026-07-14T13:57:40Z
timeline:
  - {id: E1, at: 2026-07-14T13:57:40Z, type: change, text: A change went out., actor: "Anna Kern"}
action_items:
  - {id: A1, title: Renew certificates by a job, type: prevent, status: open, owner: akern}
---

## What happened

At 14:02 Anna Kern restarted the proxy. Tomoko Watari helped.
"""
NAME = "coes/2026/2026-07-14-checkout.md"


def git(root: Path, *words: str, name: str = "Tomoko Watari", email: str = "12+twatari@users.noreply.example.com") -> None:
    settings = ("-c", f"user.name={name}", "-c", f"user.email={email}", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *settings, "-C", str(root), *words], check=True, capture_output=True)


def commit(root: Path, name: str = "Tomoko Watari", email: str = "12+twatari@users.noreply.example.com") -> None:
    git(root, "commit", "--quiet", "--allow-empty", "--message", "change", name=name, email=email)


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "coekit" / "authors"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "repository"
    (root / NAME).parent.mkdir(parents=True)
    (root / "coe.toml").write_text("[policy]\nrequire = []\n")
    (root / "catalog.yaml").write_text(CATALOG)
    (root / NAME).write_text(COE)
    git(root, "init", "--quiet", "--initial-branch=main")
    return root


def roles_only(root: Path) -> None:
    (root / "coe.toml").write_text('[lint]\nnames = "roles-only"\n[policy]\nrequire = []\n')


def told(root: Path, *words: str) -> list[tuple[str, str]]:
    run = coe("lint", "--output-format", "json", "--exit-zero", *words, cwd=root)
    assert (run.returncode, run.stderr) == (0, "")
    lines = (root / NAME).read_text().splitlines()
    return [
        (one["rule"], lines[one["range"]["start"]["line"] - 1][one["range"]["start"]["column"] - 1 :].split(".")[0][:9])
        for one in json.loads(run.stdout)["diagnostics"]
    ]


def test_names_beside_normal_work_are_allowed(repository: Path) -> None:
    commit(repository)
    assert [rule for rule, _ in told(repository)] == ["named-person"]


def test_where_roles_stand_for_people_nobody_is_named(repository: Path) -> None:
    commit(repository)
    roles_only(repository)
    assert sorted(told(repository, "--select", "personal-name")) == [
        ("personal-name", '"Anna Ker'),
        ("personal-name", "Anna Kern"),
        ("personal-name", "Anna Kern"),
        ("personal-name", "Tomoko Wa"),
        ("personal-name", "akern}"),
    ]


def test_a_fix_writes_roles_and_leaves_nothing_to_fix(repository: Path) -> None:
    commit(repository)
    roles_only(repository)
    before = (repository / NAME).read_text()
    assert coe("lint", "--fix", "--exit-zero", cwd=repository).returncode == 0
    assert (repository / NAME).read_text() == before, "a role for a name is no safe fix"
    diff = coe("lint", "--diff", "--unsafe-fixes", cwd=repository).stdout
    assert "+At 14:02 the on-call engineer restarted the proxy. Tomoko Watari helped." in diff
    assert coe("lint", "--fix", "--unsafe-fixes", "--exit-zero", cwd=repository).returncode == 0
    after = (repository / NAME).read_text()
    assert "  The on-call engineer forgot to renew\n" in after
    assert "actor: role:on-call-engineer}" in after
    assert "owner: role:on-call-engineer}" in after
    assert "Kern" not in after
    assert coe("validate", cwd=repository).returncode == 0, "the fields are still what the schema asks for"
    assert coe("lint", "--diff", "--unsafe-fixes", cwd=repository).stdout == ""


def test_the_catalog_wins_over_the_history(repository: Path) -> None:
    commit(repository, "Anna Kern", "kern@example.org")
    diff = coe("lint", "--diff", "--unsafe-fixes", cwd=repository).stdout
    assert "+  The on-call engineer forgot to renew" in diff


def test_authors_are_read_once_a_commit(repository: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(repository)
    commit(repository, "Bot", "7+helper[bot]@users.noreply.example.com")
    commit(repository, "dependabot[bot]", "support@example.com")
    commit(repository, "build-ci", "build@example.com")
    commit(repository, "Xanthe Berg", "xanthe@example.com")
    known = (Author("Xanthe Berg", "xanthe@example.com"), Author("Tomoko Watari", handle="twatari"))
    assert adapter.authors(repository / "coes") == known
    real, ran = adapter.git, []
    monkeypatch.setattr(adapter, "git", lambda root, *words: ran.append(words[0]) or real(root, *words))
    assert adapter.authors(repository) == known
    assert ran == [], "what is kept is not read again"
    commit(repository, "Mika Aalto", "mika@example.com")
    assert adapter.authors(repository)[0] == Author("Mika Aalto", "mika@example.com")
    assert len(list(cache.iterdir())) == 1


def test_the_map_of_names_is_honoured(repository: Path) -> None:
    commit(repository, "tw", "old@example.com")
    assert adapter.authors(repository) == (Author("tw", "old@example.com"),)
    (repository / ".mailmap").write_text("Tomoko Watari <tomoko@example.com> <old@example.com>\n")
    assert adapter.authors(repository) == (Author("Tomoko Watari", "tomoko@example.com"),)


@pytest.mark.parametrize(
    "broken",
    [b"", b"{", b"[]", b"\xff\xfe", b"null", b'{"version": 1}', b"[" * 100_000, b'{"version": 1, "state": "?", "authors": 3}'],
)
def test_a_broken_cache_is_read_again(repository: Path, cache: Path, broken: bytes) -> None:
    commit(repository)
    known = adapter.authors(repository)
    file = next(cache.iterdir())
    good = file.read_bytes()
    state = json.loads(good[32:])["state"]
    data = broken.replace(b'"?"', json.dumps(state).encode())
    file.write_bytes(data)
    assert adapter.authors(repository) == known
    assert file.read_bytes() == good
    file.write_bytes(digest(data, 32) + data)
    assert adapter.authors(repository) == known
    assert file.read_bytes() == good


def test_the_cache_is_bounded_and_may_be_missing(
    repository: Path, cache: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    commit(repository)
    cache.mkdir(parents=True)
    for number in range(60):
        (cache / str(number)).write_bytes(bytes(100))
        os.utime(cache / str(number), (number, number))
    monkeypatch.setattr(folder, "LIMIT", 5_000)
    known = adapter.authors(repository)
    assert sum(file.stat().st_size for file in cache.iterdir()) <= 5_000
    assert not (cache / "0").exists()
    assert (cache / "59").exists()
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert adapter.authors(repository) == known


def test_without_a_history_nobody_is_known(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert adapter.authors(repository) == (), "an unborn HEAD"
    commit(repository)
    commit(repository)
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{repository}", str(shallow))
    assert adapter.authors(shallow) == ()
    apart = tmp_path / "apart"
    apart.mkdir()
    assert adapter.authors(apart) == ()
    monkeypatch.setenv("PATH", str(apart))
    assert adapter.authors(repository) == ()
    run = coe("lint", "--exit-zero", cwd=repository)
    assert (run.returncode, run.stderr) == (0, ""), "no git is no reason to fail"


def test_a_signature_of_a_commit_runs_nothing(repository: Path, tmp_path: Path) -> None:
    commit(repository)
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
    trap.chmod(0o755)
    for key, value in (("log.showSignature", "true"), ("gpg.program", str(trap)), ("core.fsmonitor", str(trap))):
        git(repository, "config", key, value)
    assert adapter.authors(repository) == (Author("Tomoko Watari", handle="twatari"),)
    assert not (tmp_path / "ran").exists()


def test_only_the_language_needs_the_history(repository: Path, cache: Path) -> None:
    commit(repository)
    assert coe("validate", "--exit-zero", cwd=repository).returncode == 0
    assert not cache.exists()
    assert coe("check", "--exit-zero", cwd=repository).returncode == 0
    assert cache.exists()


def test_names_of_the_catalog_are_told_to_nobody(repository: Path) -> None:
    (repository / NAME).write_text(COE.replace("Anna Kern", "The engineer").replace("akern", "payments"))
    commit(repository)
    out = [
        coe(*words, cwd=repository)
        for words in (
            ("check", "--output-format", "json", "--exit-zero"),
            ("check", "--output-format", "sarif", "--exit-zero"),
            ("digest", "--week", "2026-W29", "--format", "json"),
            ("digest", "--week", "2026-W29", "--format", "markdown"),
            ("next", NAME),
            ("config", "show"),
        )
    ]
    assert all(run.returncode in (0, 1) for run in out), [run.stderr for run in out]
    said = "".join(run.stdout + run.stderr for run in out)
    assert "checkout" in said
    assert not any(word in said for word in ("Kern", "akern", "anna.kern", "twatari"))
