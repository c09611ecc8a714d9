"""`coe minutes`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coe.cli import app
from coe.cli.clock import today
from coe.cli.console import EXIT_FINDINGS, say, show, show_diff
from coe.cli.mended import put
from coe.errors import CoeError

if TYPE_CHECKING:
    from coe.corpus import Corpus
    from coe.fix import Fixed
    from coe.review.verdict import Move, Verdict, Wanted
    from coe.review.week import Week
    from coe.scaffold.follow_up import Table

APPLY = "apply"


@app.command("minutes", short_help="Start the minutes of a week, or apply what they decided.")
def minutes_command(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[apply] [WEEK]", help="A week such as 2026-W47. [default: this one]", show_default=False),
    ] = None,
    path: Annotated[
        Path, typer.Option("--repository", metavar="PATH", help="The repository.", show_default="this one")
    ] = Path(),
    spin: Annotated[bool, typer.Option("--spin", help="Draw with the wheel, and keep seed and result in the minutes.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="With apply: show what would change, and write nothing.")] = False,
) -> None:
    """Start the minutes of a week, or apply what they decided.

    coe minutes 2026-W47         write reviews/2026-W47.md from the digest: what is on the table

    coe minutes apply 2026-W47   after the meeting: COEs that were accepted are published, those that were returned are drafts
    again, and tenets and programs that decisions name get a proposed page

    A COE that lacks what its next status needs stays as it is, and the exit code is 1. A second run changes nothing.
    """
    from coe.config import find
    from coe.corpus import collect

    applies, name = _words(words or [])
    repository = find(path)
    if applies and spin:
        raise CoeError("--spin starts minutes, it is not for apply", "Write: coe wheel WEEK --record")
    if diff and not applies:
        raise CoeError("--diff is for apply", "Write: coe minutes apply WEEK --diff")
    corpus = collect(repository, Path.cwd())
    week = _week(name, corpus)
    if not applies:
        _start(corpus, week, spin=spin)
    elif _apply(corpus, week, diff=diff):
        raise typer.Exit(EXIT_FINDINGS)


def _words(words: list[str]) -> tuple[bool, str | None]:
    applies = bool(words) and words[0] == APPLY
    rest = words[1:] if applies else words
    if len(rest) > 1:
        raise CoeError(f"`{rest[1]}` stands after the week", "Write: coe minutes apply 2026-W47")
    return applies, rest[0] if rest else None


def _week(name: str | None, corpus: Corpus) -> Week:
    from coe.review.week import parse_week, week_at

    review = corpus.repository.config.review
    if name:
        return parse_week(name, review.timezone, review.week_starts, cutoff=review.cutoff)
    return week_at(today(review.timezone), review.timezone, review.week_starts, cutoff=review.cutoff)


def table_of(corpus: Corpus, week: Week, *, spin: bool = False) -> Table:
    """Return what the digest of a week puts on the table of its review."""
    from coe.cli.wheel import fresh_seed
    from coe.review.digest import digest
    from coe.review.wheel import wheel_of
    from coe.scaffold.follow_up import Table

    now = today(corpus.repository.config.review.timezone)
    made = digest(corpus, week=week, as_of=max(week.last, now))
    seed = fresh_seed() if spin else ""
    return Table(
        waiting=tuple(one.entry.coe.id for one in made.queue),
        spotlight=made.spotlight.entry.coe.id if made.spotlight else "",
        tenets=tuple(one.id for one in made.candidates if one.kind == "tenet"),
        wheel=(seed, wheel_of(corpus, week.name).pick(seed).id) if spin else None,
    )


def _start(corpus: Corpus, week: Week, *, spin: bool) -> None:
    """Write the minutes of a week to be held, and print their path."""
    from coe.cli.new_follow_up import shadow_of, team_of
    from coe.read import shown_path
    from coe.review.agenda import held_on
    from coe.scaffold import follow_up
    from coe.write import write_new

    review = corpus.repository.config.review
    day = today(review.timezone)
    held = held_on(review, week, day)
    table = table_of(corpus, week, spin=spin)
    file = corpus.repository.root / follow_up.place("minutes", week.name, corpus.repository.config.paths)
    write_new(
        file,
        follow_up.minutes(week.name, held.isoformat(), team_of(corpus, None), corpus, table=table, shadow=shadow_of(corpus)),
    )
    show(shown_path(file.resolve(), Path.cwd()))
    say(f"Next: hold the review; then `coe minutes apply {week.name}` does what it decided.")


def _apply(corpus: Corpus, week: Week, *, diff: bool) -> bool:
    """Do what the minutes of a week decided, and say whether something that they ask for could not be done."""
    from coe.review.verdict import verdict

    minutes = corpus.minutes.get(week.name)
    if minutes is None:
        broken = any(one.kind == "minutes" and Path(one.document.source.path).stem == week.name for one in corpus.analyses)
        help_text = "`coe check` says what is wrong with them." if broken else f"Start them: coe minutes {week.name}"
        raise CoeError(f"there are no minutes of {week.name} that can be read", help_text)
    found = verdict(corpus, minutes)
    changes = [(move, _moved(move)) for move in found.moves]
    pages = [(one, *_page(one, corpus)) for one in found.wanted]
    kept = _kept(corpus, week, found.moves)
    if diff:
        from coe.cli.diffs import diff_of
        from coe.read import shown_path

        edited = [*(fixed for _, fixed in changes), *([kept] if kept else [])]
        new = {shown_path(file, Path.cwd()): text for _, file, text in pages}
        show_diff(diff_of(edited, (fixed.before.path for fixed in edited), corpus.repository.root, new=new))
    else:
        _write(changes, pages)
        put([kept] if kept else [], lambda _: None)
    _tell(found)
    return any(one.is_held for one in found.stays)


def _moved(move: Move) -> Fixed:
    """Return the COE with its new status, and the day of the review where it was published there."""
    from coe.fix import Fixed
    from coe.format.edit import set_value
    from coe.model.validate import validate
    from coe.parse.document import parse

    source = move.analysis.document.source
    text = set_value(move.analysis, ("status",), move.to)
    if move.published:
        again = validate(parse(source.with_text(text)), "coe")
        text = set_value(again, ("published",), move.published.isoformat())
    return Fixed(source, text)


def _kept(corpus: Corpus, week: Week, moves: tuple[Move, ...]) -> Fixed | None:
    """Return the minutes with the day on which each of these was done; absent when nothing was."""
    from coe.fix import Fixed
    from coe.format.edit import set_value
    from coe.model.validate import validate
    from coe.parse.document import parse

    day = today(corpus.repository.config.review.timezone).isoformat()
    analysis = next(one for one in corpus.analyses if one.noun is corpus.minutes[week.name])
    source, text = analysis.document.source, ""
    for move in moves:
        text = set_value(analysis, ("reviewed", move.index, "applied"), day)
        analysis = validate(parse(source.with_text(text)), "minutes")
    return Fixed(source, text) if text else None


def _page(one: Wanted, corpus: Corpus) -> tuple[Path, str]:
    """Return the file and the text of a tenet or program that a decision calls for."""
    from coe.cli.new_follow_up import shadow_of
    from coe.scaffold import follow_up

    stem, title = follow_up.named(one.id, one.kind)
    decided, shadow = one.decision.text, shadow_of(corpus)
    if one.kind == "tenet":
        text = follow_up.tenet(stem, title, corpus, decided=decided, shadow=shadow)
    else:
        teams = corpus.catalog.teams if corpus.catalog else ()
        text = follow_up.program(stem, title, teams[0].id if teams else "unknown-team", corpus, decided=decided, shadow=shadow)
    return corpus.repository.root / follow_up.place(one.kind, stem, corpus.repository.config.paths), text


def _write(changes: list[tuple[Move, Fixed]], pages: list[tuple[Wanted, Path, str]]) -> None:
    from coe.read import shown_path
    from coe.write import write_new

    moves = {id(fixed): move for move, fixed in changes}

    def tell(one: Fixed) -> None:
        move = moves[id(one)]
        show(f"{one.before.path}: {move.coe.status} → {move.to}")

    put((fixed for _, fixed in changes), tell)
    for one, file, text in pages:
        write_new(file, text)
        show(f"{shown_path(file, Path.cwd())}: proposed by {one.decision.id}")


def _tell(found: Verdict) -> None:
    for line in _lines(found):
        say(line)


def _lines(found: Verdict) -> Iterator[str]:
    yield from (f"{one.coe}: {one.why}" for one in found.stays)
    if not found.moves and not found.wanted:
        yield "Nothing to change."
