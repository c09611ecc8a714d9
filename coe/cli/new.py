"""`coe new`."""

from __future__ import annotations

import datetime as dt
import enum
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coe.cli import app
from coe.cli.console import say, show
from coe.errors import CoeError

if TYPE_CHECKING:
    from coe.config import Repository
    from coe.model.organization import Catalog


FOLLOW_UPS = ("tenet", "program", "minutes")
"""What else can be started. No title of a COE is that short, so the words mean nothing else."""


class Level(enum.StrEnum):
    """Severities, the largest impact first."""

    SEV1 = "SEV1"
    SEV2 = "SEV2"
    SEV3 = "SEV3"
    SEV4 = "SEV4"
    SEV5 = "SEV5"


class Kind(enum.StrEnum):
    """Kinds of events."""

    incident = "incident"
    near_miss = "near_miss"
    exercise = "exercise"


Title = Annotated[
    str | None,
    typer.Argument(
        metavar="TITLE",
        help="Of a COE: effect and place, in 10 to 120 characters. Or one of the words tenet, program, minutes. [default: ask]",
        show_default=False,
    ),
]
Name = Annotated[
    str | None,
    typer.Argument(
        metavar="NAME",
        help="After tenet or program: its id or title; after minutes: a week such as 2026-W47.",
        show_default=False,
    ),
]
Date = Annotated[str | None, typer.Option("--date", metavar="YYYY-MM-DD", help="Day of the event. [default: today]")]
SeverityOption = Annotated[
    Level, typer.Option("--severity", case_sensitive=False, metavar="SEV1…SEV5", help="Size of the impact.")
]
Services = Annotated[list[str] | None, typer.Option("--service", metavar="ID", help="Service of the catalog; may be repeated.")]
Team = Annotated[
    str | None, typer.Option("--team", metavar="ID", help="Team that owns the analysis. [default: from the catalog]")
]
KindOption = Annotated[Kind, typer.Option("--kind", help="Kind of event.")]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="PATH", help="File to write. [default: coes/YEAR/DATE-SLUG.md]")
]


@app.command("new", short_help="Start a COE, a tenet, a program or minutes.")
def new_command(
    context: typer.Context, title: Title = None, name: Name = None, date: Date = None,
    severity: SeverityOption = Level.SEV3, service: Services = None,
    team: Team = None, kind: KindOption = Kind.incident, output: Output = None,
) -> None:  # fmt: skip
    """Start a COE, a tenet, a program or minutes: write a draft to fill in, and print its path.

    coe new "Checkout errors in Europe"    a COE

    coe new tenet static-stability         a tenet; COEs that name it are its sources

    coe new program retry-budgets          a program

    coe new minutes 2026-W47               minutes; without a week, those of this one
    """
    from zoneinfo import ZoneInfo

    from coe.config import find
    from coe.read import shown_path
    from coe.scaffold.draft import Draft, clean_title, date_of, id_of, write_draft
    from coe.write import write_new

    repository = find(output.parent if output and output.parent.is_dir() else Path())
    if title in FOLLOW_UPS or name is not None:
        from coe.cli.new_follow_up import start

        start(context, str(title), name, repository)
        return
    zone = repository.config.review.timezone
    today = dt.datetime.now(ZoneInfo(zone)).date()
    day = _day(date, today) if date else (date_of(output.stem) if output else None) or today
    text = clean_title(title if title is not None else _ask())
    catalog = catalog_of(repository)
    services = tuple(known("service", name, catalog) for name in service or ())
    owner = known("team", team, catalog) if team else owner_of(services, catalog)
    stem = _stem(output, day) if output else id_of(day, text, kind.value)
    draft = Draft(stem, text, day, today, severity.value, kind.value, owner, services, zone)
    file = output or repository.root / repository.config.paths.coes / str(day.year) / f"{stem}.md"
    templates = repository.config.site.templates
    written = write_draft(draft, shadow=repository.root / templates if templates else None)
    shown = shown_path(file.resolve(), Path.cwd())
    if os.path.lexists(file):
        raise CoeError(f"{shown} exists already", "Nothing was changed. Give another title, or a file with --output.")
    write_new(file, written)
    show(shown)
    say("Next: write down the times while memory is fresh; the rest can wait until tomorrow.")
    say(f"Then: coe check {shown}. For the same file, `coe next` says what the review still needs.")
    if repository.file is None:
        say("There is no coe.toml here: `coe init` sets a repository up.")


def _ask() -> str:
    """Return the title that the reader types.

    Errors: `CoeError` when there is nobody to ask.
    """
    from coe.scaffold.draft import clean_title

    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise CoeError("a title is missing", 'Write: coe new "Checkout errors in Europe: connection pool exhausted"')
    while True:
        title: str = typer.prompt("What did customers meet, and where", err=True)
        try:
            return clean_title(title)
        except CoeError as error:
            say(f"{error.message}. {error.help}")


def _day(text: str, today: dt.date) -> dt.date:
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            raise ValueError(text)
        day = dt.date.fromisoformat(text)
    except ValueError:
        raise CoeError(f"`{text}` is not a day", f"Write --date {today.isoformat()}.") from None
    if not 1970 <= day.year <= today.year + 1:
        raise CoeError(f"{text} is not near any event", f"Write --date {today.isoformat()}.")
    return day


def _stem(output: Path, day: dt.date) -> str:
    from coe.scaffold.draft import date_of

    written = date_of(output.stem)
    if written is None or output.suffix != ".md":
        raise CoeError(
            f"`{output.name}` cannot be the name of a COE, whose id equals it",
            f"Write a date, words in small letters and .md: {day.isoformat()}-checkout-errors.md",
        )
    if written != day:
        raise CoeError(
            f"--date says {day.isoformat()}, the file's name {written.isoformat()}", "Give the same day, or one of them."
        )
    return output.stem


def catalog_of(repository: Repository) -> Catalog | None:
    """Return the catalog, absent when there is none or it cannot be typed."""
    from coe.corpus import analyse
    from coe.model.organization import Catalog
    from coe.read import read

    file = (repository.root / repository.config.paths.catalog).resolve()
    noun = analyse(read(file), repository).noun if file.is_file() else None
    return noun if isinstance(noun, Catalog) else None


def known(kind: str, name: str, catalog: Catalog | None) -> str:
    """Return the id of a team or a service as it was given.

    Errors: `CoeError` when it is no id, or the catalog has others.
    """
    from coe.text import nearest

    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) or len(name) > 120:
        raise CoeError(f"`{name}` cannot be the id of a {kind}", "Ids are words in small letters, joined by `-`.")
    known = [one.id for one in (catalog.teams if kind == "team" else catalog.services)] if catalog else []
    if known and name not in known:
        guess = nearest(name, known)
        raise CoeError(
            f"there is no {kind} `{name}` in the catalog",
            f"Did you mean `{guess}`?" if guess else f"There are {', '.join(known)}.",
        )
    return name


def owner_of(services: tuple[str, ...], catalog: Catalog | None, field: str = "owner_team") -> str:
    """Return the team of the first service that names one, else the first team of the catalog, and say so."""
    teams = {one.id: one.team for one in catalog.services} if catalog else {}
    owner = next((team for name in services if (team := teams.get(name))), None)
    if owner:
        return owner
    first = catalog.teams[0].id if catalog and catalog.teams else "unknown-team"
    if not catalog or len(catalog.teams) != 1:
        say(f"{field} is `{first}` for now; --team names another.")
    return first
