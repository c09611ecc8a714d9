"""`coe next`."""

from __future__ import annotations

import enum
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coe.cli import app
from coe.cli.completing import documents, file_of
from coe.cli.console import EXIT_FINDINGS, show
from coe.errors import CoeError

if TYPE_CHECKING:
    from coe.model.coe import Coe, Status
    from coe.model.gate import Missing
    from coe.model.validate import Analysis

VERSION = 1


class Format(enum.StrEnum):
    """Formats of the list."""

    text = "text"
    json = "json"


class Target(enum.StrEnum):
    """Statuses that need something."""

    in_review = "in_review"
    published = "published"
    closed = "closed"


@app.command("next", short_help="Say what a COE lacks for its next status.")
def next_command(
    file: Annotated[Path, typer.Argument(help="A COE, or its id.", autocompletion=documents)],
    status: Annotated[
        Target | None, typer.Option("--for", metavar="STATUS", help="in_review, published or closed. [default: the next one]")
    ] = None,
    output_format: Annotated[Format, typer.Option("--format", help="Format of the list.")] = Format.text,
) -> None:
    """Say what a COE lacks for its next status, in the order in which to write it.

    Exits with 0 when nothing is missing and with 1 when something is. What each status needs is the policy in coe.toml;
    `coe check` asks for the same once the status is set.
    """
    from coe.config import find
    from coe.corpus import analyse
    from coe.model.gate import missing, next_status
    from coe.read import read, shown_path

    file = file_of(file)
    if not file.is_file():
        raise CoeError(f"{file} is no file", "Give the file of one COE.")
    repository = find(file)
    analysis = analyse(read(file.resolve(), shown=shown_path(file.resolve(), Path.cwd())), repository)
    coe = _typed(analysis)
    target: Status | None = status.value if status else next_status(coe.status)
    lacking = missing(coe, repository.config.policy, target) if target else ()
    if output_format is Format.json:
        sys.stdout.write(_json(analysis, coe, target, lacking))
    else:
        show(_text(analysis, coe, target, lacking))
    if lacking:
        raise typer.Exit(EXIT_FINDINGS)


def _typed(analysis: Analysis) -> Coe:
    """Return the COE in a document.

    Errors: `CoeError` when it is something else, or its fields cannot be read yet.
    """
    path = analysis.document.source.path
    if analysis.kind != "coe":
        raise CoeError(f"{path} is no COE", "Give a file of the folder of COEs; `coe new` starts one.")
    if analysis.coe is None:
        flaws = (*analysis.document.source.flaws, *analysis.document.flaws, *analysis.flaws)
        first = f": {flaws[0].message}" if flaws else ""
        raise CoeError(f"{path} cannot be read as a COE{first}", f"Mend what `coe check {path}` names first.")
    return analysis.coe


def _text(analysis: Analysis, coe: Coe, target: Status | None, lacking: tuple[Missing, ...]) -> str:
    path = analysis.document.source.path
    if target is None:
        return f"{path}: `{coe.status}` is the end of the way.\n"
    if not lacking:
        return f"{path}: nothing is missing for {target}. Write `status: {target}`.\n" if coe.status != target else (
            f"{path}: nothing is missing for {target}.\n"
        )  # fmt: skip
    count = f"{len(lacking)} field{'' if len(lacking) == 1 else 's'}"
    lines = [f"{path}: {count} to write for {target}", ""]
    for number, one in enumerate(lacking, 1):
        lines += [f"{number:>2}. {one.field}", f"    {one.why}", f"      {one.example}"]
    return "\n".join(lines) + "\n"


def _json(analysis: Analysis, coe: Coe, target: Status | None, lacking: tuple[Missing, ...]) -> str:
    import json

    from coe.diagnostic import dotted

    data = {
        "version": VERSION,
        "path": analysis.document.source.path,
        "status": coe.status,
        "for": target,
        "missing": [
            {"field": one.field, "add_at": dotted(one.path), "status": one.status, "why": one.why, "example": one.example}
            for one in lacking
        ],
    }
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"
