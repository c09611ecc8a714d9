"""`coe actions`."""

from __future__ import annotations

import enum
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coe.cli import app
from coe.cli.clock import given_day, today
from coe.cli.console import look
from coe.cli.options import Color, ColorOption
from coe.errors import CoeError

if TYPE_CHECKING:
    from coe.site.publication import Publication


class Format(enum.StrEnum):
    """Formats of the register."""

    text = "text"
    json = "json"
    csv = "csv"


class Chosen(enum.StrEnum):
    """States by which action items are chosen; `left` is what is overdue, due soon or open."""

    left = "left"
    overdue = "overdue"
    due_soon = "due-soon"
    open = "open"
    done = "done"
    verified = "verified"
    wont_do = "wont-do"
    all = "all"


RepositoryPath = Annotated[Path, typer.Argument(help="The repository of COEs, or a folder in it.", show_default="this one")]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DAY", help="Day from which due dates are seen. [default: SOURCE_DATE_EPOCH or today]"),
]
Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file.")]


@app.command("actions", short_help="List the action items of all COEs and reviews.")
def actions_command(
    path: RepositoryPath = Path(),
    team: Annotated[str | None, typer.Option("--team", metavar="TEAM", help="Only those of a team, by its id.")] = None,
    state: Annotated[
        list[Chosen] | None, typer.Option("--state", help="Only those in a state; may be repeated. [default: left]")
    ] = None,
    due: Annotated[
        str | None, typer.Option("--due", metavar="DAY", help="Only those that are due on a day or before it.")
    ] = None,
    output_format: Annotated[Format, typer.Option("--format", "-f", help="Format of the list.")] = Format.text,
    output: Output = None,
    as_of: AsOf = None,
    color: ColorOption = Color.auto,
) -> None:
    """List the action items of all COEs and reviews, the most pressing first: the register that the site shows."""
    from coe.insight.actions import LEFT, STATES, chosen
    from coe.report.register import as_csv, as_json, as_text

    known = published(path, as_of)
    if team is not None:
        _require_team(team, known)
    groups = {Chosen.left: LEFT, Chosen.all: frozenset(STATES)}
    wanted = {one for word in state or [Chosen.left] for one in STATES if one in groups.get(word, {word.replace("-", "_")})}
    limit = given_day(due, "--due") if due else None
    rows = chosen(known.actions, team=team, states=wanted, due=limit)
    if output_format is Format.json:
        text = as_json(rows, as_of=known.as_of)
    elif output_format is Format.csv:
        text = as_csv(rows)
    else:
        text = as_text(rows, look("never" if output else color.value, sys.stdout), as_of=known.as_of)
    write(text, output)


def published(path: Path, as_of: str | None) -> Publication:
    """Return what the site of a repository shows: a command that counts says the same as the pages.

    Errors: `CoeError` when there is nothing at the path.
    """
    from coe.cli.settings import require_known_words
    from coe.config import find
    from coe.corpus import collect
    from coe.site.publication import Publication

    if not path.exists():
        raise CoeError(f"{path} does not exist", "Give the folder of a repository of COEs.")
    repository = find(path)
    require_known_words(repository)
    day = given_day(as_of) if as_of else today(repository.config.review.timezone)
    return Publication(collect(repository, Path.cwd()), day)


def write(text: str, output: Path | None) -> None:
    """Write a text to a file or to standard output, the same bytes on every platform."""
    if output:
        from coe.write import write_bytes

        write_bytes(output, text.encode("utf-8"))
    else:
        sys.stdout.buffer.write(text.encode("utf-8"))


def _require_team(team: str, known: Publication) -> None:
    from coe.text import nearest

    teams = {row.team for row in known.actions if row.team} | {one.id for one in known.catalog.teams}
    if team not in teams:
        guess = nearest(team, teams)
        told = f"Did you mean `{guess}`?" if guess else "Give the id of a team in the catalog."
        raise CoeError(f"there is no team `{team}`", told)
