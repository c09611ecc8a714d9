"""What a change that takes away files, or names of the catalog, breaks elsewhere: for `--as-hook` and `--changed-since`."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from coe.cli.git import git
from coe.errors import CoeError

if TYPE_CHECKING:
    from coe.cli.job import Job
    from coe.diagnostic import Diagnostic
    from coe.model.validate import Analysis

FAMILY = "reference"
_ADVICE = "Install git, or leave out --as-hook."


def removed_by_commit() -> Mapping[Path, str]:
    """Return the files that the commit being made takes away below the working folder, each with the blob that it was.

    A hook of pre-commit on a push, or on the change of a branch in CI, is told by it which commits are meant.

    Errors: `CoeError` without git, and outside of a repository.
    """
    start, end = os.environ.get("PRE_COMMIT_FROM_REF"), os.environ.get("PRE_COMMIT_TO_REF")
    return removed(Path.cwd(), *((f"{start}...{end}",) if start and end else ("--cached",)))


def removed(folder: Path, *between: str) -> Mapping[Path, str]:
    """Return the files below a folder that git no longer has, each with the blob that it was; a renamed file is gone too.

    Errors: `CoeError` when git does not say it.
    """
    words = ("diff", "--raw", "-z", "--no-abbrev", "--no-renames", "--diff-filter=D", "--relative", "--ignore-submodules")
    code, out = git(folder, *words, *between, "--", advice=_ADVICE)
    if code:
        raise CoeError(f"git cannot say what a commit takes away in {folder}", "Run a hook in a git repository.")
    parts = out.decode("utf-8", "surrogateescape").split("\0")
    pairs = zip(parts[::2], parts[1::2], strict=False)
    return {Path(os.path.realpath(folder / name)): head.split()[2] for head, name in pairs}


def broken_elsewhere(job: Job) -> Iterator[Diagnostic]:
    """Yield what is wrong with references in documents that a run does not report on, and was not before the change."""
    from coe.check import conclude
    from coe.judge import Setting, own_findings

    rules = tuple(rule for rule in job.rules if rule.family == FAMILY)
    names = frozenset(rule.name for rule in rules)
    others = [(one, [row for row in rows if row.rule in names]) for one, rows in job.others()]
    now = [one for one in conclude(job.corpus, others, rules, crashes=[]) if one.rule in names]
    if not now:
        return
    sources = {id(one.source) for one in now}
    suspects = [one for one, _ in others if id(one.document.source) in sources]
    stayed = (one for one in job.corpus.analyses if one.document.source.file not in job.gone)
    corpus = replace(job.corpus, analyses=(*stayed, *_as_they_were(job)))
    setting = Setting(job.repository, rules, as_of=corpus.as_of, files=frozenset(job.gone))
    judged = [(one, own_findings(one, setting, crashes=[])) for one in suspects]
    before = {one.fingerprint for one in conclude(corpus, judged, rules, crashes=[])}
    yield from (one for one in now if one.fingerprint not in before)


def _as_they_were(job: Job) -> Iterator[Analysis]:
    """Yield the documents among files that are gone, and the catalog."""
    from coe.cli.base import blobs
    from coe.corpus import analyse, catalog_file, repository_folders
    from coe.read import decode, shown_path

    folders = repository_folders(job.repository)
    documents = {
        file: blob
        for file, blob in job.gone.items()
        if file == catalog_file(job.repository)
        or (file.suffix.lower() in (".md", ".markdown") and any(file.is_relative_to(folder) for folder in folders))
    }
    texts = blobs([blob for blob in documents.values() if blob], job.repository.root)
    for file, blob in documents.items():
        if blob in texts:
            yield analyse(decode(shown_path(file, Path.cwd()), texts[blob], file=file), job.repository)
