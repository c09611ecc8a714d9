"""`coe digest`."""

from __future__ import annotations

import enum
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coe.cli import app
from coe.cli.clock import given_day, today
from coe.cli.console import say
from coe.errors import CoeError

if TYPE_CHECKING:
    import datetime as dt

    from coe.corpus import Corpus
    from coe.review.digest import Digest
    from coe.review.week import Week
    from coe.weekly import Review


class Format(enum.StrEnum):
    """Formats of the digest."""

    markdown = "markdown"
    html = "html"
    json = "json"


@app.command("digest", short_help="Write the digest of a week for the weekly review.")
def digest_command(
    path: Annotated[Path | None, typer.Argument(help="The repository, or a path in it. [default: the current one]")] = None,
    week: Annotated[
        str | None, typer.Option("--week", metavar="WEEK", help="Week such as 2026-W47. [default: the week of --as-of]")
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar="DAY",
            help="Day on which due dates are judged. [default: the last day of --week, else SOURCE_DATE_EPOCH or today]",
        ),
    ] = None,
    output_format: Annotated[Format, typer.Option("--format", "-f", help="Format of the digest.")] = Format.markdown,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write the digest to a file.")] = None,
    history: Annotated[
        bool, typer.Option("--history", help="Also name COEs whose files git saw change in the week; needs the whole history.")
    ] = False,
) -> None:
    """Write the digest of a week for the weekly review.

    It is read from the files alone: the same commit, week and day give the same bytes on every machine. With --week
    and without --as-of the clock is not read.
    """
    from coe.config import find
    from coe.corpus import collect
    from coe.review.digest import digest
    from coe.review.history import edited_in

    start = path or Path()
    if not start.exists():
        raise CoeError(f"{start} does not exist", "Give the folder of a repository of COEs.")
    repository = find(start)
    chosen, day = _when(week, as_of, repository.config.review)
    corpus = collect(repository, Path.cwd())
    edited = edited_in(repository.root, chosen) if history else frozenset()
    made = digest(corpus, week=chosen, as_of=day, edited=edited)
    _tell_left_out(corpus)
    templates = repository.config.site.templates
    text = _rendered(made, output_format, repository.root / templates if templates else None)
    if output:
        from coe.write import write_text

        write_text(output, text)
    else:
        # Bytes, so that neither the locale nor the platform's line ends change the digest.
        sys.stdout.buffer.write(text.encode("utf-8"))


def _when(week: str | None, as_of: str | None, review: Review) -> tuple[Week, dt.date]:
    """Return the week and the day: each follows from the other where only one is given."""
    from coe.review.week import parse_week, week_of_day

    zone, starts = review.timezone, review.week_starts
    if week:
        chosen = parse_week(week, zone, starts)
        return chosen, given_day(as_of) if as_of else chosen.last
    day = given_day(as_of) if as_of else today(zone)
    return week_of_day(day, zone, starts), day


def _rendered(made: Digest, output_format: Format, shadow: Path | None) -> str:
    from coe.review import html, json_digest, markdown

    if output_format is Format.json:
        return json_digest.render(made)
    return html.page(made, shadow=shadow) if output_format is Format.html else markdown.render(made, shadow=shadow)


def _tell_left_out(corpus: Corpus) -> None:
    from coe.review.digest import left_out
    from coe.review.words import plain

    paths = left_out(corpus)
    if paths:
        some = ", ".join(plain(path) for path in paths[:5]) + (", …" if len(paths) > 5 else "")
        number = f"{len(paths)} document{'' if len(paths) == 1 else 's'}"
        say(f"{number} left out for flaws that `coe check` names: {some}")
