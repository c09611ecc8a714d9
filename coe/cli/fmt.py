"""`coe fmt`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coe.cli import app
from coe.cli.console import EXIT_FAILED, EXIT_FINDINGS, hand_back, say, show, show_diff
from coe.errors import CoeError

if TYPE_CHECKING:
    from coe.format.canonical import Formatted
    from coe.read import Source

Paths = Annotated[
    list[Path] | None, typer.Argument(help="Files and folders; `-` reads standard input. [default: the repository]")
]
StdinName = Annotated[str, typer.Option("--stdin-filename", metavar="PATH", help="The path that `-` stands for.")]
Check = Annotated[bool, typer.Option("--check", help="Name the files that would change, and change nothing.")]
Diff = Annotated[bool, typer.Option("--diff", help="Show what would change, and change nothing.")]


@app.command("fmt", short_help="Write front matter in its canonical form.")
def fmt_command(paths: Paths = None, stdin_filename: StdinName = "stdin.md", check: Check = False, diff: Diff = False) -> None:
    """Write front matter in its canonical form: the order of the fields, one value to a line, look-alikes quoted.

    Comments and everything below the front matter stay as they are. A file is written only when two readers of YAML
    see the same values before and after.
    """
    stdin = bool(paths) and Path("-") in (paths or [])
    if stdin and len(paths or []) > 1:
        raise CoeError("`-` stands alone", "Give `-` or paths, not both.")
    given = sys.stdin.buffer.read() if stdin else b""
    made = [one for one in (_from_stdin(stdin_filename, given) if stdin else _from_files(paths or [])) if one is not None]
    changed = [one for one in made if one.changed]
    for one in made:
        if one.left:
            say(f"{one.source.path}: left as it is: {one.left}")
    if diff:
        from coe.cli.diffs import diff_of
        from coe.cli.given import repository_of
        from coe.fix import Fixed

        root = Path.cwd() if stdin else repository_of(paths or []).root
        show_diff(diff_of((Fixed(one.source, one.text) for one in changed), (one.source.path for one in made), root))
    elif check:
        for one in changed:
            _show_path(one.source)
    elif stdin:
        hand_back(("\ufeff" if changed[0].source.bom else "") + changed[0].text if changed else given)
    else:
        _write(changed)
    if not stdin or check or diff:
        say(_summary(len(changed), len(made), would=check or diff))
    if any(one.broken for one in made):
        raise typer.Exit(EXIT_FAILED)
    if changed and (check or diff):
        raise typer.Exit(EXIT_FINDINGS)


def _from_stdin(name: str, given: bytes) -> list[Formatted | None]:
    from coe.config import find
    from coe.format.canonical import Formatted, format_source
    from coe.read import decode

    file = Path(name)
    source = decode(name, given, file=file.resolve())
    return [format_source(source, find(file if file.exists() else file.parent)) or Formatted(source, source.text)]


def _from_files(paths: list[Path]) -> list[Formatted | None]:
    """Return the files that paths stand for, formatted.

    Errors: `CoeError` when there is nothing to format, or a file cannot be read.
    """
    from coe.cli.given import repository_of
    from coe.format.canonical import format_source
    from coe.read import expand, read, shown_path

    repository = repository_of(paths)
    files = expand(paths or [repository.root])
    if not files:
        where = ", ".join(str(path) for path in paths) or str(repository.root)
        raise CoeError(f"no Markdown file in {where}", "`coe init` sets a repository up, `coe new` starts a COE.")
    return [format_source(read(file, shown=shown_path(file, Path.cwd())), repository) for file in files]


def _write(changed: list[Formatted]) -> None:
    from coe.cli.mended import put
    from coe.fix import Fixed

    put((Fixed(one.source, one.text) for one in changed), lambda one: _show_path(one.before))


def _show_path(source: Source) -> None:
    from coe.report.terminal import printable

    show(printable(source.path))


def _summary(changed: int, looked: int, *, would: bool) -> str:
    files = f"{changed} file{'' if changed == 1 else 's'}"
    return f"{files} {'would change' if would else 'changed'}, {looked - changed} left as they are."
