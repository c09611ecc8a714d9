"""`coe new tenet`, `coe new program` and `coe new minutes`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from coe.cli.clock import given_day, today
from coe.cli.console import say, show
from coe.cli.new import FOLLOW_UPS, known, owner_of
from coe.errors import CoeError

if TYPE_CHECKING:
    from coe.config import Repository
    from coe.corpus import Corpus

_TAKES = {"tenet": {"output"}, "program": {"output", "team"}, "minutes": {"output", "date", "team"}}
_NEXT = {
    "tenet": "Next: write what it asks for; a weekly review adopts it with `status: adopted`.",
    "program": "Next: write when it is done; with `status: active`, say in `adoption` how far each service is.",
    "minutes": "Next: hold the review; COEs in review are listed in the file.",
}


def start(context: typer.Context, kind: str, name: str | None, repository: Repository) -> None:
    """Write a tenet, a program or minutes, and print the path."""
    from coe.corpus import collect
    from coe.read import shown_path
    from coe.scaffold.follow_up import place
    from coe.write import write_new

    _check_words(context, kind, name)
    options: dict[str, Any] = context.params
    corpus = collect(repository, Path.cwd())
    stem, text = _minutes(name, options, corpus) if kind == "minutes" else _proposal(kind, name or "", options, corpus)
    file = options["output"] or repository.root / place(kind, stem, repository.config.paths)
    shown = shown_path(file.resolve(), Path.cwd())
    if file.name != f"{stem}.md":
        raise CoeError(f"`{file.name}` must be named after its id, `{stem}`", f"Write --output {file.with_name(f'{stem}.md')}.")
    if os.path.lexists(file):
        raise CoeError(f"{shown} exists already", "Nothing was changed. Give another name.")
    write_new(file, text)
    show(shown)
    say(_NEXT[kind])


def _check_words(context: typer.Context, kind: str, name: str | None) -> None:
    """Refuse words and options that mean nothing here.

    Errors: `CoeError` saying what to write.
    """
    from coe.text import nearest

    if kind not in FOLLOW_UPS:
        guess = nearest(kind, FOLLOW_UPS) if len(kind) < 10 else None
        help_text = f"Did you mean `coe new {guess}`? The" if guess else "The"
        raise CoeError(f"`{name}` stands after the title", f"{help_text} title of a COE stands in quotes.")
    if name is None and kind != "minutes":
        raise CoeError(f"the name of the {kind} is missing", f"Write: coe new {kind} an-id, or its title in quotes.")
    for option in ("date", "severity", "service", "team", "kind"):
        source = context.get_parameter_source(option)
        if source and source.name == "COMMANDLINE" and option not in _TAKES[kind]:
            raise CoeError(
                f"--{option} is not for {kind if kind == 'minutes' else f'a {kind}'}",
                f"Leave it out: coe new {kind} {name or ''}".rstrip(),
            )


def _proposal(kind: str, name: str, options: dict[str, Any], corpus: Corpus) -> tuple[str, str]:
    """Return the id and the text of a tenet or a program."""
    from coe.scaffold import follow_up

    stem, title = follow_up.named(name, kind)
    if kind == "tenet":
        return stem, follow_up.tenet(stem, title, corpus, shadow=shadow_of(corpus))
    team = known("team", options["team"], corpus.catalog) if options["team"] else owner_of((), corpus.catalog, "sponsor_team")
    return stem, follow_up.program(stem, title, team, corpus, shadow=shadow_of(corpus))


def _minutes(name: str | None, options: dict[str, Any], corpus: Corpus) -> tuple[str, str]:
    """Return the week and the text of its minutes."""
    from dataclasses import replace

    from coe.cli.minutes import table_of
    from coe.review.agenda import held_on
    from coe.review.week import parse_week, week_at
    from coe.scaffold import follow_up

    review = corpus.repository.config.review
    day = given_day(options["date"]) if options["date"] else today(review.timezone)
    week = (
        parse_week(name, review.timezone, review.week_starts, cutoff=review.cutoff)
        if name
        else week_at(day, review.timezone, review.week_starts, cutoff=review.cutoff)
    )
    whole = replace(week, cutoff=None)
    if options["date"] and not whole.holds_day(day):
        raise CoeError(f"{day} is not in {week.name}", f"Give a day from {whole.first} to {whole.last}.")
    held = day if options["date"] else held_on(review, week, day)
    team = team_of(corpus, options["team"])
    text = follow_up.minutes(week.name, held.isoformat(), team, corpus, table=table_of(corpus, week), shadow=shadow_of(corpus))
    return week.name, text


def team_of(corpus: Corpus, given: str | None) -> str:
    """Return the team that was given, else the first of the catalog."""
    if given:
        return known("team", given, corpus.catalog)
    teams = corpus.catalog.teams if corpus.catalog else ()
    return teams[0].id if teams else "unknown-team"


def shadow_of(corpus: Corpus) -> Path | None:
    """Return the folder of the user's templates."""
    templates = corpus.repository.config.site.templates
    return corpus.repository.root / templates if templates else None
