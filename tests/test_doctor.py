"""`coe doctor`: what is there, what is missing, and what to do about it."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

from coe import __version__
from coe.cli import doctor
from coe.config import find

LINE = re.compile(r"(ok|warn|fail)\s+(.*)")


def coe(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "coe", *arguments], check=False, cwd=folder, capture_output=True, encoding="utf-8"
    )


def levels(text: str) -> dict[str, str]:
    return {match[2]: match[1] for line in text.splitlines() if (match := LINE.fullmatch(line))}


def level(text: str, about: str) -> str:
    (found,) = [level for line, level in levels(text).items() if about in line]
    return found


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    assert coe(tmp_path, "init").returncode == 0
    return tmp_path


def test_a_new_repository_is_well(repository: Path) -> None:
    run = coe(repository, "doctor")
    assert (run.returncode, run.stderr) == (0, "")
    text = run.stdout
    assert "fail" not in levels(text).values()
    assert level(text, f"coe {__version__} in ") == "ok"
    assert level(text, f"repository {repository.resolve()}, configured in coe.toml") == "ok"
    assert level(text, "coes: 0 files") == "ok"
    assert level(text, "catalog.yaml: 1 team, 1 service, 5 roles") == "ok"
    assert level(text, "time zone UTC") == "ok"
    assert level(text, "git repository with its whole history") == "ok"
    assert f"typer {metadata.version('typer')}" in text
    assert "YAML is read" in text


def test_an_empty_folder_is_no_failure(tmp_path: Path) -> None:
    run = coe(tmp_path, "doctor")
    assert run.returncode == 0
    assert level(run.stdout, "without coe.toml") == "warn"
    assert level(run.stdout, "there is no folder coes/") == "warn"
    assert level(run.stdout, "there is no catalog.yaml") == "warn"
    assert level(run.stdout, "is not in a git repository") == "warn"
    assert "Run: coe init" in run.stdout


def test_a_broken_configuration_fails(repository: Path) -> None:
    (repository / "coe.toml").write_text("[lint]\nignroe = []\n")
    run = coe(repository, "doctor")
    assert run.returncode == 1
    assert level(run.stdout, "unknown key `lint.ignroe`") == "fail"
    assert "Did you mean `ignore`?" in run.stdout
    assert run.stderr == ""


def test_a_broken_catalog_fails(repository: Path) -> None:
    (repository / "catalog.yaml").write_text("teams: 7\n")
    run = coe(repository, "doctor")
    assert run.returncode == 1
    assert level(run.stdout, "catalog.yaml cannot be read") == "fail"
    assert "Run: coe check catalog.yaml" in run.stdout


def test_a_shallow_clone_is_told(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    author = ["-c", "user.name=Role", "-c", "user.email=role@example.com", "-c", "commit.gpgsign=false"]
    git = ["git", "-C", str(repository), *author]
    subprocess.run([*git, "add", "."], check=True)
    for message in ("one", "two"):
        subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", message], check=True)
    clone = tmp_path_factory.mktemp("clone")
    subprocess.run(["git", "clone", "-q", "--depth", "1", repository.as_uri(), str(clone)], check=True)
    run = coe(clone, "doctor")
    assert run.returncode == 0
    assert level(run.stdout, "a part of its history") == "warn"
    assert "fetch-depth: 0" in run.stdout


def test_without_git(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert level(coe(repository, "doctor").stdout, "git does not run") == "warn"


def test_missing_packages_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_requirements", lambda: (["typer", "no-such-package"], ["no-such-engine"], ["pygls"]))
    lines = {line.about: line for line in doctor._installation()}
    assert lines["packages: no-such-package not installed"].level == "fail"
    site = lines["site engine: no-such-engine not installed"]
    assert site.level == "warn"
    assert 'pip install "coekit[site]"' in (site.todo or "")


def test_requirements_are_those_of_the_distribution() -> None:
    needed, site, server = doctor._requirements()
    assert {"typer", "pydantic", "jinja2"} <= set(needed)
    assert {"mkdocs-material", "nh3", "pagefind"} <= set(site)
    assert "pygls" in server
    assert not set(needed) & {*site, *server}


def test_a_missing_indexer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coe.site.fulltext.full_text", lambda _: "plain")
    assert doctor._full_text().level == "warn"
    monkeypatch.setattr("coe.site.fulltext.full_text", lambda _: "pagefind")
    assert doctor._full_text().level == "ok"


@pytest.mark.parametrize(("installed", "expected"), [("0.0.73", "ok"), (None, "warn")])
def test_the_engine_of_the_settings_is_looked_for(
    repository: Path, monkeypatch: pytest.MonkeyPatch, installed: str | None, expected: str
) -> None:
    assert list(doctor._other_engine(find(repository))) == []
    settings = repository / "coe.toml"
    settings.write_text(settings.read_text("utf-8").replace("[site]\n", '[site]\nengine = "zensical"\n'), "utf-8")
    monkeypatch.setattr(doctor, "_version", lambda _: installed)
    [line] = doctor._other_engine(find(repository))
    assert line.level == expected
    assert "zensical" in (line.todo or line.about)


def test_without_libyaml(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coe.parse.yaml_reader.IS_FAST", False)
    assert doctor._fast_yaml().level == "warn"


@pytest.mark.parametrize(("day", "expected"), [("2026-11-22", "ok"), ("2027-05-05", "warn"), ("2030-01-01", "warn")])
def test_the_end_of_the_site_engine_is_told(repository: Path, monkeypatch: pytest.MonkeyPatch, day: str, expected: str) -> None:
    seconds = int(dt.datetime.fromisoformat(f"{day}T12:00:00+00:00").timestamp())
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(seconds))
    assert (
        level(coe(repository, "doctor").stdout, "mkdocs-material is maintained" if expected == "ok" else "no maintenance")
        == expected
    )


def test_a_cache_in_which_nothing_can_be_kept_is_told(
    repository: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path_factory.mktemp("cache")
    (place / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(place / "file"))
    run = coe(repository, "doctor")
    assert run.returncode == 0
    assert level(run.stdout, "where nothing can be kept: each run starts anew") == "warn"
    monkeypatch.setenv("XDG_CACHE_HOME", str(place))
    assert level(coe(repository, "doctor").stdout, f"cache in {place / 'coekit'}: 0.0 of 100 MB in 0 files") == "ok"
    (place / "coekit" / "doctor").symlink_to(tmp_path_factory.mktemp("elsewhere"))
    assert level(coe(repository, "doctor").stdout, "where nothing can be kept") == "warn"
