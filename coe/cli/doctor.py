"""`coe doctor`."""

from __future__ import annotations

import datetime as dt
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import typer

from coe.cli import app
from coe.cli.clock import today
from coe.cli.console import EXIT_FINDINGS, look
from coe.cli.options import Color, ColorOption

if TYPE_CHECKING:
    from coe.config import Repository

_LEAST_PYTHON = (3, 11)
_ENGINE, _ENGINE_END = "mkdocs-material", dt.date(2027, 5, 5)
_COLORS = {"ok": "green", "warn": "yellow", "fail": "red"}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing looked at: how it is, and what to do about it."""

    level: Literal["ok", "warn", "fail"]
    about: str
    todo: str | None = None


@app.command("doctor", short_help="Look at the installation and the repository.")
def doctor_command(color: ColorOption = Color.auto) -> None:
    """Look at the installation and the repository, and say what to do where something is missing."""
    from coe.report.terminal import paint, printable

    on = look(color.value, sys.stdout).color
    broken = False
    for line in _lines(Path.cwd()):
        broken = broken or line.level == "fail"
        sys.stdout.write(f"{paint(f'{line.level:4}', _COLORS[line.level], on=on)}  {printable(line.about)}\n")
        if line.todo:
            sys.stdout.write(f"      {printable(line.todo)}\n")
    if broken:
        raise typer.Exit(EXIT_FINDINGS)


def _lines(start: Path) -> Iterator[Line]:
    yield from _installation()
    repository, *problem = _repository(start)
    yield from problem
    if repository is not None:
        yield from _folders(repository)
        yield _catalog(repository)
        yield _zone(repository.config.review.timezone)
        yield from _other_engine(repository)
        yield _git(repository.root)
    yield _cache()


def _installation() -> Iterator[Line]:
    from coe import __version__

    yield Line("ok", f"coe {__version__} in {Path(__file__).parents[1]}")
    version = platform.python_version()
    if sys.version_info[:2] < _LEAST_PYTHON:
        yield Line("fail", f"Python {version}", "Use Python 3.11 or later.")
    else:
        yield Line("ok", f"{platform.python_implementation()} {version} in {sys.prefix}")
    needed, site, server = _requirements()
    yield from _packages("packages", needed, "fail", "Run: python -m pip install coekit")
    yield from _packages("site engine", site, "warn", 'To build the site, run: python -m pip install "coekit[site]"')
    yield from _packages("language server", server, "warn", 'For editors, run: python -m pip install "coekit[lsp]"')
    yield _fast_yaml()
    if _version(_ENGINE):
        yield _full_text()
        yield _engine_end(today("UTC"))


def _requirements() -> tuple[list[str], list[str], list[str]]:
    """Return the names of the packages that are always needed, of those for the site, and of those for editors."""
    try:
        lines = metadata.requires("coekit") or []
    except metadata.PackageNotFoundError:
        lines = []
    found: dict[str, list[str]] = {}
    for line in lines:
        extra = re.search(r"extra == ['\"]([^'\"]+)", line)
        found.setdefault(extra[1] if extra else "", []).append(re.split(r"[^A-Za-z0-9._-]", line, maxsplit=1)[0])
    return (
        found.get("", ["jinja2", "markdown-it-py", "pydantic", "pyyaml", "typer"]),
        found.get("site", ["click", "mkdocs", "mkdocs-material", "nh3", "pagefind"]),
        found.get("lsp", ["lsprotocol", "pygls"]),
    )


def _engine_end(day: dt.date) -> Line:
    """Return how long the site engine is still maintained, as its makers have announced."""
    if day >= _ENGINE_END:
        return Line(
            "warn",
            f"{_ENGINE} has had no maintenance since {_ENGINE_END}",
            "Look for a newer coekit, which may bring another engine.",
        )
    return Line("ok", f"{_ENGINE} is maintained until {_ENGINE_END}")


def _full_text() -> Line:
    """Return what indexes the full text of a site: the command of pagefind, which is a package beside its interface."""
    from coe.site.fulltext import PLAIN_LIMIT, full_text

    if full_text(0) == "pagefind":
        return Line("ok", "full text of the site: pagefind indexes it")
    return Line(
        "warn",
        f"full text of the site: pagefind has no binary here; up to {PLAIN_LIMIT:,} COEs it is loaded whole, else not searched",
        'Run: python -m pip install "coekit[site]"; if that brings none, there is none for this system.',
    )


def _other_engine(repository: Repository) -> Iterator[Line]:
    """Yield a line on the engine that the settings name, where it is not the one of the extra."""
    engine = repository.config.site.engine
    if engine == "mkdocs":
        return
    version = _version(engine)
    if version:
        yield Line("ok", f"{engine} {version} makes the pages, as the settings say")
    else:
        yield Line(
            "warn", f"the settings name the engine {engine}, which is not installed", f"Run: python -m pip install {engine}"
        )


def _packages(what: str, names: list[str], level: Literal["warn", "fail"], todo: str) -> Iterator[Line]:
    versions = {name: _version(name) for name in names}
    missing = [name for name, version in versions.items() if version is None]
    if missing:
        yield Line(level, f"{what}: {', '.join(missing)} not installed", todo)
    else:
        yield Line("ok", f"{what}: {', '.join(f'{name} {version}' for name, version in versions.items())}")


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _fast_yaml() -> Line:
    from coe.parse.yaml_reader import IS_FAST

    if IS_FAST:
        return Line("ok", "YAML is read by libyaml")
    return Line(
        "warn", "YAML is read in pure Python, many times slower", "Install PyYAML from a wheel, or with libyaml's headers."
    )


def _repository(start: Path) -> tuple[Repository | None, Line]:
    from coe.config import find
    from coe.errors import CoeError

    try:
        repository = find(start)
    except CoeError as error:
        return None, Line("fail", error.message, error.help)
    if repository.file is None:
        about = f"repository {repository.root}, without coe.toml: defaults apply"
        return repository, Line("warn", about, "Run: coe init")
    return repository, Line("ok", f"repository {repository.root}, configured in {repository.file.name}")


def _folders(repository: Repository) -> Iterator[Line]:
    from coe.read import markdown_files

    paths = repository.config.paths
    counts = []
    for name in (paths.coes, paths.tenets, paths.programs, paths.reviews):
        folder = repository.root / name
        files = [file for file in markdown_files(folder.resolve()) if file.stem.lower() not in ("readme", "index")]
        if folder.is_dir():
            counts.append(f"{name}: {_count(len(files), 'file')}")
        elif name == paths.coes:
            yield Line("warn", f"there is no folder {name}/", "Run: coe init, then coe new")
    if counts:
        yield Line("ok", ", ".join(counts))
    templates = repository.config.site.templates
    if templates and not (repository.root / templates).is_dir():
        yield Line(
            "warn", f"there is no folder {templates}/ for templates", "Make it, or delete `templates` from the settings."
        )


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _catalog(repository: Repository) -> Line:
    from coe.corpus import analyse
    from coe.read import read

    name = repository.config.paths.catalog
    file = (repository.root / name).resolve()
    if not file.is_file():
        return Line("warn", f"there is no {name}: references to teams, services and roles are not checked", "Run: coe init")
    analysis = analyse(read(file), repository)
    if analysis.noun is None:
        return Line("fail", f"{name} cannot be read as a catalog", f"Run: coe check {name}")
    sizes = ", ".join(_count(len(getattr(analysis.noun, f"{word}s")), word) for word in ("team", "service", "role"))
    return Line("ok", f"{name}: {sizes}")


def _zone(name: str) -> Line:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError):
        return Line("fail", f"there are no data for the time zone {name}", "Run: python -m pip install tzdata")
    return Line("ok", f"time zone {name}")


def _git(root: Path) -> Line:
    try:
        inside = _ask_git(root, "--is-inside-work-tree")
        shallow = _ask_git(root, "--is-shallow-repository")
    except (OSError, subprocess.TimeoutExpired):
        return Line("warn", "git does not run: what it ignores is checked as well", "Install git.")
    if inside != "true":
        return Line("warn", f"{root} is not in a git repository", "Run: git init")
    if shallow == "true":
        todo = "Run: git fetch --unshallow; in a workflow, check out with fetch-depth: 0"
        return Line("warn", "git repository with a part of its history: what changed when cannot be told", todo)
    return Line("ok", "git repository with its whole history")


def _cache() -> Line:
    from coe.cache.folder import LIMIT, folder, kept, load, save

    place = folder()
    if place is None:
        return Line("warn", "no folder to keep things between runs", "Set XDG_CACHE_HOME to an absolute path.")
    # Only a trial tells: of a folder of another user, of a full disk, and of one that cannot be written.
    save("doctor", "trial", b"kept")
    is_kept = load("doctor", "trial") == b"kept"
    shutil.rmtree(folder("doctor") or "", ignore_errors=True)
    if not is_kept:
        about = f"cache in {place}, where nothing can be kept: each run starts anew"
        todo = "Look whether it is a folder of your own with room on its disk, or set XDG_CACHE_HOME to another."
        return Line("warn", about, todo)
    found = kept()
    size = f"{sum(one for _, one, _ in found) / 1e6:.1f} of {LIMIT / 1e6:.0f} MB in {_count(len(found), 'file')}"
    return Line("ok", f"cache in {place}: {size}")


def _ask_git(root: Path, question: str) -> str:
    command = [
        "git",
        "-c",
        "core.fsmonitor=false",
        "-c",
        "safe.bareRepository=explicit",
        "-C",
        str(root),
        "rev-parse",
        question,
    ]
    run = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    return run.stdout.strip() if run.returncode == 0 else ""
