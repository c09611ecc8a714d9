"""What `check`, `validate` and `lint` can be told: one value, and the signature that typer makes options of."""

import enum
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from coe.cli.completing import rules


class Format(enum.StrEnum):
    """Formats of the report."""

    full = "full"
    concise = "concise"
    grouped = "grouped"
    json = "json"
    json_lines = "json-lines"
    github = "github"
    gitlab = "gitlab"
    junit = "junit"
    sarif = "sarif"
    rdjson = "rdjson"
    markdown = "markdown"


class RulesFormat(enum.StrEnum):
    """Formats of what is told of rules."""

    text = "text"
    json = "json"
    markdown = "markdown"


class FailOn(enum.StrEnum):
    """The least severity that counts as a finding."""

    note = "note"
    warning = "warning"
    error = "error"


class Color(enum.StrEnum):
    """When to use colours."""

    auto = "auto"
    always = "always"
    never = "never"


Paths = Annotated[
    list[Path] | None, typer.Argument(help="Files and folders; `-` reads standard input. [default: the repository]")
]
StdinName = Annotated[str, typer.Option("--stdin-filename", metavar="PATH", help="The path that `-` stands for.")]
OutputFormat = Annotated[Format, typer.Option("--output-format", help="Format of the report.")]
OutputFile = Annotated[Path | None, typer.Option("--output-file", "-o", help="Write the report to a file.")]
Select = Annotated[
    list[str] | None,
    typer.Option("--select", help="Only these rules, codes or families; may be repeated.", autocompletion=rules),
]
Ignore = Annotated[list[str] | None, typer.Option("--ignore", help="Not these; may be repeated.", autocompletion=rules)]
Fix = Annotated[bool, typer.Option("--fix", help="Apply safe fixes, then report what is left.")]
Unsafe = Annotated[bool, typer.Option("--unsafe-fixes", help="With --fix or --diff: also fixes that may change the meaning.")]
Diff = Annotated[bool, typer.Option("--diff", help="Show what --fix would change, as `git apply` takes it; change nothing.")]
AddAllow = Annotated[
    str | None,
    typer.Option("--add-allow", metavar="REASON", help="Write an allowance with this reason beside each finding, then report."),
]
BaselineFile = Annotated[
    Path | None, typer.Option("--baseline", metavar="FILE", help="Leave out the findings that this file knows.")
]
WriteBaseline = Annotated[
    bool, typer.Option("--write-baseline", help="Write what is found to the file of --baseline, coe-baseline.json by default.")
]
Statistics = Annotated[bool, typer.Option("--statistics", help="Show how many findings each rule has, and not the findings.")]
Base = Annotated[
    str | None, typer.Option("--base", metavar="REF", help="Also judge the change since REF, such as origin/main, through git.")
]
ChangedSince = Annotated[
    str | None,
    typer.Option("--changed-since", metavar="REF", help="Report only on files that differ from where the work left REF."),
]
AsHook = Annotated[
    bool,
    typer.Option(
        "--as-hook", help="The paths are the files of a commit, maybe none: report on them, and on what the rest of it breaks."
    ),
]
FailOnOption = Annotated[FailOn, typer.Option("--fail-on", help="Exit with 1 from this severity on.")]
ExitZero = Annotated[bool, typer.Option("--exit-zero", help="Exit with 0 even with findings.")]
NoCache = Annotated[bool, typer.Option("--no-cache", help="Neither use nor keep what earlier runs found.")]
Jobs = Annotated[
    int, typer.Option("--jobs", min=0, metavar="N", help="Read documents in N processes; 0 is as many as are worth it.")
]
Watch = Annotated[bool, typer.Option("--watch", help="Run again whenever a file changes, until Ctrl-C.")]
ColorOption = Annotated[Color, typer.Option("--color", help="When to use colours.")]


@dataclass(frozen=True)
class Options:
    """What one run is told; the order is that of the help page."""

    paths: Paths = None
    stdin_filename: StdinName = "stdin.md"
    output_format: OutputFormat = Format.full
    output_file: OutputFile = None
    select: Select = None
    ignore: Ignore = None
    fix: Fix = False
    unsafe_fixes: Unsafe = False
    diff: Diff = False
    add_allow: AddAllow = None
    baseline: BaselineFile = None
    write_baseline: WriteBaseline = False
    base: Base = None
    changed_since: ChangedSince = None
    as_hook: AsHook = False
    statistics: Statistics = False
    fail_on: FailOnOption = FailOn.warning
    exit_zero: ExitZero = False
    color: ColorOption = Color.auto
    no_cache: NoCache = False
    jobs: Jobs = 0
    watch: Watch = False


def with_options(*less: str) -> Callable[[Callable[[Options], None]], Callable[..., None]]:
    """Return a decorator that gives a command these options, but for some: typer reads them from its signature."""

    def make(run: Callable[[Options], None]) -> Callable[..., None]:
        def command(**given: object) -> None:
            run(Options(**given))  # type: ignore[arg-type]  # typer has made the values of the types above

        whole = inspect.signature(Options).parameters.values()
        kept = [one for one in whole if one.name not in less]
        command.__signature__ = inspect.Signature(kept)  # type: ignore[attr-defined]  # what typer reads; a function has it when set
        command.__annotations__ = {one.name: one.annotation for one in kept}
        command.__name__, command.__doc__ = run.__name__, run.__doc__
        return command

    return make
