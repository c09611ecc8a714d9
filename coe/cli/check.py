"""`coe check`, `coe validate` and `coe lint`."""

from __future__ import annotations

import sys
from pathlib import Path

import typer

from coe.cli import app
from coe.cli.console import EXIT_FINDINGS, look
from coe.cli.job import Job
from coe.cli.options import Options, with_options
from coe.errors import CoeError

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
    from coe.check import Selection
    from coe.config import find
    from coe.diagnostic import Severity
    from coe.report import renderer
    from coe.report.outcome import Outcome

    selection = Selection(families, _words(options.select), _words(options.ignore))
    paths = options.paths or []
    stdin = Path("-") in paths
    if stdin and len(paths) > 1:
        raise CoeError("`-` stands alone", "Give `-` or paths, not both.")
    start = Path(options.stdin_filename) if stdin else paths[0] if paths else Path()
    if not stdin and not start.exists():
        raise CoeError(f"{start} does not exist", "Give a Markdown file or a folder that holds some.")
    repository = find(start if start.exists() else start.parent)
    job = Job(repository, selection, options.base)
    _KEPT.append(job)
    job.read_stdin(options.stdin_filename) if stdin else job.read_paths(paths)
    safeties = frozenset({"safe", "unsafe"} if options.unsafe_fixes else {"safe"})
    if options.diff or options.fix:
        changed = job.fixed(safeties)
        if options.diff:
            _write("".join(one.diff() for one in changed), None)
            raise typer.Exit(EXIT_FINDINGS if changed and not options.exit_zero else 0)
        job = job.write(changed)
        if stdin:
            return
    found = job.check()
    outcome = Outcome(tuple(found), len(job.targets))
    shown = look(options.color.value if not options.output_file else "never", sys.stdout)
    _write(renderer(options.output_format.value)(outcome, shown), options.output_file)
    threshold = Severity.of(options.fail_on.value)
    if not options.exit_zero and any(one.severity >= threshold for one in found):
        raise typer.Exit(EXIT_FINDINGS)


def _words(given: list[str] | None) -> tuple[str, ...]:
    return tuple(word.strip() for words in given or () for word in words.split(",") if word.strip())


def _write(text: str, file: Path | None) -> None:
    if file:
        from coe.write import write_text

        write_text(file, text)
    else:
        sys.stdout.write(text)
