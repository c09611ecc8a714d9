"""Findings that a baseline knows: read, left out of a run, written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from coe.cli.console import say
from coe.errors import CoeError

if TYPE_CHECKING:
    from coe.baseline import Baseline
    from coe.cli.job import Job
    from coe.diagnostic import Diagnostic

_SHOWN = 10
"""Findings that are gone are named up to here."""


def known_to(file: Path) -> Baseline:
    """Return the baseline in a file.

    Errors: `CoeError` when there is no such file, or it is no baseline.
    """
    from coe.baseline import from_json
    from coe.read import read

    shown = _shown(file)
    if not file.exists():
        raise CoeError(f"{shown} does not exist", f"Write it first: `coe check --baseline {shown} --write-baseline`.")
    return from_json(read(file, shown=shown).text, shown)


def less_known(found: list[Diagnostic], file: Path, job: Job) -> list[Diagnostic]:
    """Return the findings of a run that a baseline does not know, and say which of those it knows are gone.

    Errors: as those of `known_to`.
    """
    baseline, shown = known_to(file), _shown(file)
    deleted = frozenset(one.path for one in baseline.known if not (job.repository.root / one.path).exists())
    asked, rules = _seen(job)
    gone = baseline.gone(found, asked | deleted, rules)
    _say_gone([f"gone: {one.path}: {one.message} [{one.rule}]" for one in gone], shown)
    left = baseline.less(found)
    if len(left) < len(found):
        say(f"{_findings(len(found) - len(left))} left out, known to {shown}.")
    return left


def write_known(found: list[Diagnostic], file: Path, job: Job) -> None:
    """Write the findings of a run to a baseline; what it knows of other files and rules stays in it.

    Errors: `CoeError` when it is no baseline, or cannot be written.
    """
    from coe.baseline import Baseline, as_json, baseline_of
    from coe.judge import relative
    from coe.write import write_text

    root = job.repository.root
    paths = {id(one.document.source): relative(one, root) for one in job.corpus.analyses}
    before = known_to(file) if file.exists() else Baseline(())
    new = baseline_of((paths[id(one.source)], one) for one in found)
    kept = (one for one in before.beyond(*_seen(job)) if (root / one.path).exists())
    whole = Baseline(tuple(sorted({*new.known, *kept})))
    write_text(file, as_json(whole))
    say(f"{_findings(len(whole.known))} written to {_shown(file)}.")


def _seen(job: Job) -> tuple[frozenset[str], frozenset[str]]:
    """Return the files that a run looked at, and the rules that it ran to their end."""
    from coe.judge import relative

    files = frozenset(relative(target, job.repository.root) for target in job.targets)
    return files, frozenset(rule.name for rule in job.rules) - {one.rule for one in job.crashes}


def _shown(file: Path) -> str:
    from coe.read import shown_path

    return shown_path(file.resolve(), Path.cwd())


def _say_gone(lines: list[str], shown: str) -> None:
    from coe.report.terminal import one_line

    for line in lines[:_SHOWN]:
        say(one_line(line))
    if len(lines) > _SHOWN:
        say(f"gone: {len(lines) - _SHOWN} more")
    if lines:
        say(f"{_findings(len(lines))} of {shown} no longer found: --write-baseline takes them out.")


def _findings(count: int) -> str:
    return f"{count} finding{'' if count == 1 else 's'}"
