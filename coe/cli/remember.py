"""A run → the record of it, so that the same run over the same files is answered at once."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, fields
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from coe.cache.answer import COMMANDS
from coe.cache.folder import save
from coe.cache.record import PART, Record, Seen, name_of, seen
from coe.cache.state import content, listed, mark
from coe.cli.console import SAID

if TYPE_CHECKING:
    from coe.cli.job import Job
    from coe.cli.options import Options

_PLAIN = frozenset(
    {"paths", "output_format", "select", "ignore", "statistics", "fail_on", "exit_zero", "color", "jobs", "stdin_filename"}
)
"""Options of runs that read files and write a report, and nothing else."""
_ELSEWHERE = frozenset({"github"})
"""Formats that also write elsewhere."""
_LIBRARIES = ("yaml", "yaml._yaml", "markdown_it", "pydantic.version", "pydantic_core._pydantic_core", "tzdata")
_LATE = ("yaml", "markdown_it")
"""Those of them that are loaded only for what is not written as nearly all documents are."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """When a run began, its words, and what it could take for its configuration."""

    at: float
    words: tuple[str, ...]
    files: dict[str, str]
    marks: dict[str, str]

    def holds(self) -> bool:
        """Say whether none of these files was written since; one that was changed and changed back was read in between."""
        is_same = all(mark(path, float("inf")) == was for path, was in self.marks.items())
        return is_same and all(content(path) == was for path, was in self.files.items())


def begin(options: Options) -> Beginning | None:
    """Return the beginning of a run that can be recorded, absent for one that does or reads more than files tell."""
    words = tuple(sys.argv[1:])
    is_plain = all(getattr(options, one.name) == one.default for one in fields(options) if one.name not in _PLAIN)
    paths = options.paths or []
    if not words or words[0] not in COMMANDS or not is_plain or Path("-") in paths:
        return None
    if options.output_format.value in _ELSEWHERE:
        return None
    starts = [Path(_real(os.fspath(path))) for path in paths or [Path()]]
    at = time.time()
    around = dict.fromkeys(start if start.is_dir() else start.parent for start in starts)
    files = dict(pair for folder in around for pair in _configurations(folder))
    return Beginning(at, words, files, {path: mark(path, float("inf")) for path, was in files.items() if was not in ("-", "d")})


def _configurations(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the files that could hold the configuration, with their contents by name, up to the first that must."""
    for here in (folder, *folder.parents):
        for name in ("coe.toml", "pyproject.toml", ".git"):
            path = os.fspath(here / name)
            yield path, content(path)
        if (here / "coe.toml").is_file() or (here / ".git").exists():
            return


def remember(beginning: Beginning, job: Job, output: str, status: int) -> None:
    """Keep what a run depended on and what it wrote; not when anything changed while it ran, or it said more."""
    if SAID or not beginning.holds():
        return
    folders = list(dict.fromkeys(map(os.fspath, job.folders())))
    # Git is not asked again: an answer that holds no more once it is looked for is none.
    found, names = listed(folders, job.listing)
    sources = {os.fspath(source.file): source for source in job.sources if source.file}
    due = (*found, *map(os.fspath, job.single()))
    if set(sources) != set(due) and set(map(_real, sources)) != set(map(_real, due)):
        return
    texts = {path: source.digest or "" for path, source in sources.items()}
    if not all(texts.values()):
        return
    catalog = os.fspath((job.repository.root / job.repository.config.paths.catalog).resolve())
    read = {**beginning.files, catalog: "-", **texts}
    since, until = _day(job)
    top = os.fspath(job.repository.root)
    record = Record(
        since=since,
        until=until,
        top=top,
        history=(job.history[1] if job.history else "-") if job.reads_history else "",
        folders=dict(zip(folders, names, strict=True)),
        presences={path: "+" if there else "-" for path, there in job.asked.items()},
        files=(*seen(read.items(), beginning.at), *(_seen_library(path, beginning.at) for path in _tools(job))),
        status=status,
        output=output,
    )
    save(PART, name_of(beginning.words), record.dumped())


def _seen_library(path: str, since: float) -> Seen:
    """Return a file of several megabytes: where its mark tells that it is unchanged, its content is not looked into."""
    held = mark(path, since)
    return Seen(path, "" if held else content(path), held)


def _real(path: str) -> str:
    return os.path.realpath(path)


def _tools(job: Job) -> Iterator[str]:
    """Yield the files that tell which libraries and which data on time zones a run used."""
    import zoneinfo

    yield from (path for name in _LIBRARIES if (path := getattr(sys.modules.get(name), "__file__", None)))
    for name in _LATE:  # maybe loaded by a process that helped
        if name not in sys.modules and (spec := find_spec(name)) and spec.origin:
            yield spec.origin
    zone = job.repository.config.review.timezone
    for folder in zoneinfo.TZPATH:
        yield from (os.path.join(folder, "tzdata.zi"), os.path.join(folder, *zone.split("/")))  # noqa: PTH118


def _day(job: Job) -> tuple[float, float]:
    """Return since when and until when it is the day of a run."""
    import datetime as dt
    from zoneinfo import ZoneInfo

    if os.environ.get("SOURCE_DATE_EPOCH") or job.corpus.as_of is None:
        return float("-inf"), float("inf")
    midnight = dt.datetime.combine(job.corpus.as_of, dt.time(), ZoneInfo(job.repository.config.review.timezone))
    return midnight.timestamp(), (midnight + dt.timedelta(days=1)).timestamp()
