"""`coe digest` as people and pipelines run it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parents[2]


def run(*words: str, cwd: Path, **world: str) -> subprocess.CompletedProcess[bytes]:
    env = {"PATH": os.environ["PATH"], "HOME": str(cwd), "PYTHONPATH": str(HERE)} | world
    command = [sys.executable, "-m", "coe", "digest", *words]
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, check=False, timeout=60)


@pytest.fixture
def repository(kit: Any, tmp_path: Path) -> Path:
    files = kit.coe("2026-11-16-pool", title="Größere Fehler → checkout", action_items=[kit.item("A1", due="2026-11-20")])
    return kit.write(tmp_path / "repository", files)


@pytest.mark.parametrize("form", ["markdown", "html", "json"])
def test_the_same_bytes_everywhere(repository: Path, tmp_path: Path, form: str) -> None:
    worlds = (
        {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1", "PYTHONUTF8": "0"},
        {"TZ": "America/Anchorage", "LANG": "de_DE.ISO-8859-1", "PYTHONHASHSEED": "2", "PYTHONIOENCODING": "latin-1"},
    )
    words = ("--week", "2026-W47", "--format", form)
    first = run(*words, cwd=repository, **worlds[0])
    second = run(str(repository), *words, cwd=tmp_path, **worlds[1], SOURCE_DATE_EPOCH="0")
    assert (first.returncode, first.stderr) == (0, b"")
    assert first.stdout == second.stdout
    assert "Größere Fehler → checkout" in first.stdout.decode("utf-8")


def test_the_day_decides_what_is_overdue(repository: Path) -> None:
    for day, late in (("2026-11-20", 0), ("2026-11-21", 1)):
        made = run("--week", "2026-W47", "--as-of", day, "--format", "json", cwd=repository)
        data = json.loads(made.stdout)
        assert (data["as_of"], data["counts"]["overdue"]) == (day, late)


@pytest.mark.parametrize(
    ("words", "world", "week", "as_of"),
    [
        (("--week", "2026-W47"), {"SOURCE_DATE_EPOCH": "0"}, "2026-W47", "2026-11-22"),
        (("--as-of", "2027-01-01"), {}, "2026-W53", "2027-01-01"),
        ((), {"SOURCE_DATE_EPOCH": "1798815600"}, "2026-W53", "2027-01-02"),  # 15:00 UTC, the next day in Kiritimati
    ],
)
def test_what_is_not_given_follows(
    repository: Path, words: tuple[str, ...], world: dict[str, str], week: str, as_of: str
) -> None:
    (repository / "coe.toml").write_text('[review]\ntimezone = "Pacific/Kiritimati"\n')
    data = json.loads(run(*words, "--format", "json", cwd=repository, **world).stdout)
    assert (data["week"]["name"], data["as_of"]) == (week, as_of)


@pytest.mark.parametrize(
    ("words", "world", "message"),
    [
        (("--week", "2026-W60"), {}, "there is no week 2026-W60"),
        (("--week", "2025-W53"), {}, "there is no week 2025-W53"),
        (("--week", "next"), {}, "`next` is not a week"),
        (("--week", "2026-W47", "--as-of", "2026-02-30"), {}, "`2026-02-30` is not a day"),
        (("--as-of", "9999-12-31"), {}, "`9999-12-31` is not a day"),
        ((), {"SOURCE_DATE_EPOCH": "soon"}, "SOURCE_DATE_EPOCH is `soon`"),
        ((), {"SOURCE_DATE_EPOCH": "9" * 30}, "SOURCE_DATE_EPOCH is"),
        (("nowhere",), {}, "nowhere does not exist"),
        (("--week", "2026-W47", "--output", "nowhere/d.md"), {}, "cannot write nowhere/d.md"),
        (("--week", "2026-W47", "--history"), {}, "git cannot tell the history"),
    ],
)
def test_a_failed_run_says_what_to_do(repository: Path, words: tuple[str, ...], world: dict[str, str], message: str) -> None:
    made = run(*words, cwd=repository, **world)
    said = made.stderr.decode()
    assert (made.returncode, made.stdout) == (2, b"")
    assert message in said
    assert "help: " in said
    assert "Traceback" not in said


def test_an_unknown_format_is_a_usage_error(repository: Path) -> None:
    assert run("--format", "docx", cwd=repository).returncode == 2


def test_flawed_documents_are_named_and_left_out(repository: Path) -> None:
    (repository / "coes/2026/2026-11-17-broken.md").write_text("---\nid: [\n---\n")
    made = run("--week", "2026-W47", cwd=repository)
    assert made.returncode == 0
    assert made.stderr.decode() == ("1 document left out for flaws that `coe check` names: coes/2026/2026-11-17-broken.md\n")
    assert b"1 document is left out" in made.stdout


def test_a_folder_without_coes_has_a_digest(tmp_path: Path) -> None:
    made = run("--week", "2026-W47", cwd=tmp_path)
    assert (made.returncode, made.stderr) == (0, b"")
    assert b"There is no COE yet." in made.stdout


def test_a_file_is_written_whole(repository: Path, tmp_path: Path) -> None:
    made = run("--week", "2026-W47", "--output", str(tmp_path / "digest.md"), cwd=repository)
    assert (made.returncode, made.stdout) == (0, b"")
    assert (tmp_path / "digest.md").read_bytes() == run("--week", "2026-W47", cwd=repository).stdout


def test_a_folder_of_templates_shadows_ours(repository: Path) -> None:
    (repository / "coe.toml").write_text('[site]\ntemplates = "own"\n')
    (repository / "own/digest").mkdir(parents=True)
    template = repository / "own/digest/digest.md.j2"
    template.write_text("{{ digest.week.name }}: {{ digest.new | length }}\n")
    assert run("--week", "2026-W47", cwd=repository).stdout == b"2026-W47: 1\n"
    template.write_text("{{ digest.nothing }}")
    made = run("--week", "2026-W47", cwd=repository)
    assert made.returncode == 2
    assert b"digest.md.j2" in made.stderr


def git(root: Path, *words: str, at: str = "2026-11-10T12:00:00Z") -> None:
    world = {"GIT_COMMITTER_DATE": at, "GIT_AUTHOR_DATE": "2020-01-01T00:00:00Z", "GIT_CONFIG_GLOBAL": os.devnull}
    names = ("-c", "user.name=Example", "-c", "user.email=example@example.com")
    subprocess.run(["git", *names, "-C", str(root), *words], env=os.environ | world, check=True, capture_output=True)


def test_the_history_names_files_by_the_day_of_their_commit(kit: Any, repository: Path, tmp_path: Path) -> None:
    old = kit.coe("2026-09-01-pool") | kit.coe("2026-09-02-queue")
    kit.write(repository, old)
    git(repository, "init", "-q")
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "start")
    for name, at in (("2026-09-01-pool", "2026-11-22T23:59:59Z"), ("2026-09-02-queue", "2026-11-23T00:00:00Z")):
        file = repository / f"coes/2026/{name}.md"
        file.write_text(file.read_text() + "\nMore.\n")
        git(repository, "commit", "-qam", "more", at=at)
    words = ("--week", "2026-W47", "--history", "--format", "json")
    data = json.loads(run(*words, cwd=repository).stdout)
    assert [(one["id"], one["reasons"]) for one in data["changed"]] == [
        ("2026-09-01-pool", [{"kind": "edited", "about": None}])
    ]
    subprocess.run(["git", "clone", "-q", "--depth", "1", repository.as_uri(), tmp_path / "part"], check=True)
    made = run(*words, cwd=tmp_path / "part")
    assert made.returncode == 2
    assert b"shallow clone" in made.stderr
    assert run("--week", "2026-W47", cwd=tmp_path / "part").returncode == 0
