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
    from collections.abc import Container

    from coe.corpus import Corpus
    from coe.review.digest import Digest
    from coe.review.markdown import Link, LinkKind
    from coe.review.week import Week
    from coe.site.address import Section
    from coe.weekly import Review


class Format(enum.StrEnum):
    """Formats of the digest."""

    markdown = "markdown"
    html = "html"
    json = "json"
    mail = "mail"
    slack = "slack"
    present = "present"
    ics = "ics"
    pdf = "pdf"


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
    since_last: Annotated[
        bool, typer.Option("--since-last", help="Begin on the day of the last review instead of with the week.")
    ] = False,
    spotlight: Annotated[
        str | None, typer.Option("--spotlight", metavar="ID", help="The COE to read at length. [default: by its score]")
    ] = None,
    output_format: Annotated[Format, typer.Option("--format", "-f", help="Format of the digest.")] = Format.markdown,
    site_url: Annotated[
        str | None,
        typer.Option("--site-url", metavar="URL", help="Where the site is, for links. [default: `site_url` of mkdocs.yml]"),
    ] = None,
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
    from coe.site.audience import readable

    if output_format is Format.pdf and output is None and sys.stdout.isatty():
        raise CoeError("a PDF is nothing for a terminal", "Write it to a file: --output review.pdf")
    start = path or Path()
    if not start.exists():
        raise CoeError(f"{start} does not exist", "Give the folder of a repository of COEs.")
    repository = find(start)
    chosen, day = _when(week, as_of, repository.config.review)
    corpus = readable(collect(repository, Path.cwd()))
    if since_last:
        chosen = _since_last(chosen, corpus)
    edited = edited_in(repository.root, chosen) if history else frozenset()
    made = digest(corpus, week=chosen, as_of=day, edited=edited, chosen=spotlight)
    _tell_left_out(corpus)
    data = _rendered(made, output_format, corpus, site_url)
    if output:
        from coe.write import write_bytes

        write_bytes(output, data)
    else:
        # Bytes, so that neither the locale nor the platform's line ends change the digest.
        sys.stdout.buffer.write(data)


def _when(week: str | None, as_of: str | None, review: Review) -> tuple[Week, dt.date]:
    """Return the week and the day: each follows from the other where only one is given."""
    from coe.review.week import parse_week, week_at

    zone, starts, cutoff = review.timezone, review.week_starts, review.cutoff
    if week:
        chosen = parse_week(week, zone, starts, cutoff=cutoff)
        return chosen, given_day(as_of) if as_of else chosen.last
    day = given_day(as_of) if as_of else today(zone)
    return week_at(day, zone, starts, cutoff=cutoff), day


def _since_last(week: Week, corpus: Corpus) -> Week:
    """Return the window from the day of the last review before this week to the end of the week.

    That day itself is in it, as something may have been published after the meeting.
    """
    from dataclasses import replace

    last = next((minutes for name, minutes in corpus.minutes.items() if name < week.name), None)
    if last is None:
        say(f"There is no review before {week.name}: the digest begins with the week.")
        return week
    return replace(week, since=last.date) if last.date < week.last else week


def _rendered(made: Digest, output_format: Format, corpus: Corpus, site_url: str | None) -> bytes:
    from coe.review import html, ics, json_digest, mail, markdown, present, slack

    config, root = corpus.repository.config, corpus.repository.root
    shadow = root / config.site.templates if config.site.templates else None
    link = _link(corpus, site_url)
    if output_format is Format.mail:
        return mail.render(made, link=link, sender=config.review.mail_from, to=tuple(config.review.mail_to), shadow=shadow)
    if output_format is Format.ics:
        return ics.render(made, link=link)
    if output_format is Format.pdf:
        from coe.cli.pdf import printed

        return printed(present.page(made, link=link, shadow=shadow))
    if output_format is Format.json:
        text = json_digest.render(made)
    elif output_format is Format.slack:
        text = slack.render(made, link=link)
    elif output_format is Format.present:
        text = present.page(made, link=link, shadow=shadow)
    elif output_format is Format.html:
        text = html.page(made, link=link, shadow=shadow)
    else:
        text = markdown.render(made, link=link, shadow=shadow)
    return text.encode("utf-8")


def _link(corpus: Corpus, site_url: str | None) -> Link | None:
    """Return what gives the address of a page on the site; absent when nobody says where the site is.

    Errors: `CoeError` for what is no address.
    """
    from coe.site.address import Addresses, page_path
    from coe.site.config import bare_addresses, user_settings

    settings, _ = user_settings(corpus.repository)
    base = site_url or settings.text("site_url") or ""
    if not base:
        return None
    if not base.startswith(("https://", "http://")):
        raise CoeError(f"`{base}` is not the address of a site", "Write it with https://, such as https://coes.example.com/")
    addresses = Addresses(bare=bare_addresses(settings))
    known: dict[str, tuple[Section, Container[str]]] = {
        "coe": ("coes", corpus.coes), "tenet": ("tenets", corpus.tenets), "program": ("programs", corpus.programs),
        "minutes": ("reviews", corpus.minutes),
    }  # fmt: skip
    lists: dict[str, Section] = {"coes": "coes", "actions": "actions"}

    def link(kind: LinkKind, name: str) -> str | None:
        if kind == "list":
            return f"{base.rstrip('/')}/{addresses.url(page_path(lists[name]))}"
        section, names = known[kind]
        return f"{base.rstrip('/')}/{addresses.url(page_path(section, name))}" if name in names else None

    return link


def _tell_left_out(corpus: Corpus) -> None:
    from coe.review.ground import left_out
    from coe.review.words import plain

    paths = left_out(corpus)
    if paths:
        some = ", ".join(plain(path) for path in paths[:5]) + (", …" if len(paths) > 5 else "")
        number = f"{len(paths)} document{'' if len(paths) == 1 else 's'}"
        say(f"{number} left out for flaws that `coe check` names: {some}")
