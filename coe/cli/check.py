"""`coe check`, `coe validate` and `coe lint`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import typer

from coe.cli import app
from coe.cli.console import EXIT_FAILED, EXIT_FINDINGS, look, show_diff
from coe.cli.contradiction import require_one_meaning
from coe.cli.job import Job
from coe.cli.options import Format, Options, with_options
from coe.cli.summary import append_step_summary
from coe.errors import CoeError

if TYPE_CHECKING:
    from coe.cli.remember import Beginning
    from coe.cli.watch import Watched
    from coe.config import Repository
    from coe.diagnostic import Diagnostic
    from coe.report.outcome import Look, Outcome

_KEPT: list[Job] = []
"""The run itself, kept until the process ends: it is not worth freeing."""
LANGUAGE = frozenset({"language", "allowance"})


@app.command("check", short_help="Check schema, semantics and language.")
@with_options()
def check_command(options: Options) -> None:
    """Check schema, semantics and language of COEs and of what belongs to them."""
    _run(None, options)


@app.command("validate", short_help="Check schema and semantics, not the language.")
@with_options()
def validate_command(options: Options) -> None:
    """Check schema and semantics, not the language."""
    from coe.rule import families

    _run(frozenset(families()) - {"language"}, options)


@app.command("lint", short_help="Check for blameless language, in any Markdown file.")
@with_options("base")
def lint_command(options: Options) -> None:
    """Check for blameless language, in any Markdown file."""
    _run(LANGUAGE, options)


def _run(families: frozenset[str] | None, options: Options) -> None:
    require_one_meaning(options)
    if options.as_hook and not options.paths and not _taken_away(options):
        return  # The commit has nothing of ours, and breaks nothing: that is to be known at once.
    if options.watch:
        from coe.cli.watch import watch

        more = [file for file in (options.baseline,) if file]

        def again() -> Watched:
            return _once(families, options)[1].watched(more)

        watch(again, places=(*(options.paths or [Path()]), *more))
        return
    status, job = _once(families, options)
    _KEPT.append(job)
    if status:
        raise typer.Exit(status)


def _once(families: frozenset[str] | None, options: Options) -> tuple[int, Job]:
    """Run, and return the status to end with; a run in which a rule crashed has failed, whatever the others found."""
    status, job = _run_once(families, options)
    if not job.crashes:
        return status, job
    from coe.cli.crashes import tell

    tell(job.crashes)
    return EXIT_FAILED, job


def _run_once(families: frozenset[str] | None, options: Options) -> tuple[int, Job]:
    from coe.report.outcome import Outcome

    beginning = _beginning(options)
    job = _job(families, options)
    if options.diff or options.fix:
        from coe.cli.mended import fixed, written

        changed = fixed(job, frozenset({"safe", "unsafe"} if options.unsafe_fixes else {"safe"}))
        if options.diff:
            from coe.cli.diffs import diff_of

            diff = diff_of(changed, (one.document.source.path for one in job.targets), job.repository.root)
            status = EXIT_FINDINGS if changed and not options.exit_zero else 0
            _write(diff, options.output_file, show=show_diff)
            return status, job
        job = written(job, changed)
    if options.add_allow is not None:
        from coe.cli.known import known_to
        from coe.cli.mended import allowed, written

        known = known_to(options.baseline) if options.baseline else None
        job = written(job, allowed(job, options.add_allow, known))
    found = _found(job, options)
    seen = {id(one.document.source) for one in job.targets} | {id(one.source) for one in found}
    outcome = Outcome(tuple(found), len(seen))
    # Where the document itself is written to standard output, what is left of the findings is told beside it.
    out = sys.stderr if job.stdin is not None and (options.fix or options.add_allow is not None) else sys.stdout
    text, status = _report(outcome, options, out)
    _write(text, options.output_file, show=out.write)
    if options.output_format is Format.github:
        append_step_summary(outcome)
    if beginning and not job.crashes:
        from coe.cli.remember import remember

        remember(beginning, job, text, status)
    return status, job


def _beginning(options: Options) -> Beginning | None:
    """Return the beginning of a run that can be recorded, absent for one that keeps nothing or does more."""
    if options.no_cache:
        return None
    from coe.cli.remember import begin

    return begin(options)


def _found(job: Job, options: Options) -> list[Diagnostic]:
    """Return what a run found, less what is known to the baseline that it was given or has written."""
    found = job.check()
    if not options.baseline and not options.write_baseline:
        return found
    from coe.baseline import FILE_NAME
    from coe.cli.known import less_known, write_known

    file = options.baseline or job.repository.root / FILE_NAME
    if not options.write_baseline:
        return less_known(found, file, job)
    write_known(found, file, job)
    return []


def _job(families: frozenset[str] | None, options: Options) -> Job:
    """Return the run that the options ask for, with what it is about read."""
    from coe.check import Selection
    from coe.cli.given import nearest, repository_of
    from coe.cli.survey import How

    selection = Selection(families, _words(options.select), _words(options.ignore))
    how = How(not options.no_cache, options.jobs)
    paths = options.paths or []
    if Path("-") in paths:
        if len(paths) > 1:
            raise CoeError("`-` stands alone", "Give `-` or paths, not both.")
        job = Job(_around(Path(options.stdin_filename)), selection, options.base, how)
        job.read_stdin(options.stdin_filename)
        return job
    gone = _taken_away(options)
    job = Job(repository_of(paths or [nearest(file) for file in gone]), selection, options.base, how)
    job.read_commit(paths, gone) if options.as_hook else job.read_paths(paths)
    if options.changed_since is not None:
        job.keep_changed(options.changed_since)
    return job


def _taken_away(options: Options) -> Mapping[Path, str]:
    """Return the files that the commit takes away for which the run is a hook."""
    if not options.as_hook:
        return {}
    from coe.cli.removed import removed_by_commit

    return removed_by_commit()


def _around(name: Path) -> Repository:
    """Return the repository around a file that need not exist."""
    from coe.config import find

    return find(name if name.exists() else name.parent)


def _report(outcome: Outcome, options: Options, out: TextIO) -> tuple[str, int]:
    """Return the report, and the status to end with: 1 when it holds what counts as a finding."""
    from coe.diagnostic import Severity

    shown = look(options.color.value if not options.output_file else "never", out)
    render = _renderer(options)
    threshold = Severity.of(options.fail_on.value)
    counts = not options.exit_zero and any(one.severity >= threshold for one in outcome.diagnostics)
    return render(outcome, shown), EXIT_FINDINGS if counts else 0


def _renderer(options: Options) -> Callable[[Outcome, Look], str]:
    from coe.report import renderer

    if options.statistics:
        from coe.report import statistics

        return statistics.render
    return renderer(options.output_format.value)


def _words(given: list[str] | None) -> tuple[str, ...]:
    return tuple(word.strip() for words in given or () for word in words.split(",") if word.strip())


def _write(text: str, file: Path | None, *, show: Callable[[str], object]) -> None:
    """Write the report to a file or, when there is none, to where it is shown."""
    if file and file != Path("-"):
        from coe.write import write_text

        write_text(file, text)
        return
    show(text)
    sys.stdout.flush()
