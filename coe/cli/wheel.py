"""`coe wheel`."""

from __future__ import annotations

import enum
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coe.cli import app
from coe.cli.clock import today
from coe.cli.console import EXIT_FINDINGS, say, show
from coe.errors import CoeError

if TYPE_CHECKING:
    from coe.corpus import Corpus
    from coe.format.proof import Value
    from coe.model.organization import Minutes
    from coe.review.week import Week
    from coe.review.wheel import Share, Wheel


class Format(enum.StrEnum):
    """Formats of the draw."""

    text = "text"
    json = "json"


@app.command("wheel", short_help="Draw who reports in the weekly review.")
def wheel_command(
    week: Annotated[
        str | None, typer.Argument(metavar="WEEK", help="A week such as 2026-W47. [default: this one]", show_default=False)
    ] = None,
    path: Annotated[
        Path, typer.Option("--repository", metavar="PATH", help="The repository.", show_default="this one")
    ] = Path(),
    seed: Annotated[
        str | None,
        typer.Option("--seed", metavar="TEXT", help="Draw with this seed. [default: a fresh one]", show_default=False),
    ] = None,
    absent: Annotated[
        list[str] | None, typer.Option("--absent", metavar="ID", help="Not there this week; may be repeated.")
    ] = None,
    record: Annotated[bool, typer.Option("--record", help="Keep seed and result in the minutes of the week.")] = False,
    odds: Annotated[bool, typer.Option("--odds", help="Say how likely each name is, and draw nothing.")] = False,
    output_format: Annotated[Format, typer.Option("--format", help="Format of the draw.")] = Format.text,
) -> None:
    """Draw who reports in the weekly review: a service or a team of the catalog.

    Who is drawn gives its weight to all others, so those who waited longest are the likeliest and nobody is drawn twice
    in a row. When the minutes of the week keep a draw, it is done again from its seed, and the exit code is 1 when the
    result is another.
    """
    from coe.config import find
    from coe.corpus import collect
    from coe.review.week import parse_week, week_at
    from coe.review.wheel import wheel_of

    corpus = collect(find(path), Path.cwd())
    review = corpus.repository.config.review
    chosen = (
        parse_week(week, review.timezone, review.week_starts, cutoff=review.cutoff)
        if week
        else week_at(today(review.timezone), review.timezone, review.week_starts, cutoff=review.cutoff)
    )
    minutes = corpus.minutes.get(chosen.name)
    if minutes and minutes.wheel and not (odds or record or seed or absent):
        _replay(corpus, minutes)
        return
    turned = wheel_of(corpus, chosen.name, tuple(absent or ()))
    if odds:
        _odds(turned, output_format)
        return
    drawn_with = (seed or "").strip() or fresh_seed()
    picked = turned.pick(drawn_with)
    if record:
        _record(corpus, chosen, drawn_with, picked, turned)
    _show(chosen, drawn_with, picked, turned, output_format)
    if not record and output_format is Format.text:
        away = "".join(f" --absent {name}" for name in turned.absent)
        say(f"To keep it: coe wheel {chosen.name} --seed {drawn_with}{away} --record")


def fresh_seed() -> str:
    """Return a seed that nobody could know before."""
    import secrets

    from coe.review.wheel import BITS

    return f"{secrets.randbits(BITS):0{BITS // 4}x}"


def _replay(corpus: Corpus, minutes: Minutes) -> None:
    """Do the draw in minutes again, and say whether it gives what they say."""
    from coe.review.wheel import replayed

    kept = minutes.wheel
    again = replayed(corpus, minutes)
    if kept is None or again is None:
        return
    if again.id == kept.picked:
        show(f"{again.name} ({again.id}), drawn in {minutes.week} with the seed {kept.seed}: the draw gives it again.")
        return
    say(f"{minutes.week}: the minutes say {kept.picked}, the seed {kept.seed} gives {again.id} now.")
    say("The roster may have changed since: look at the catalog, and at earlier minutes, as they were then.")
    raise typer.Exit(EXIT_FINDINGS)


def _show(week: Week, seed: str, picked: Share, turned: Wheel, output_format: Format) -> None:
    if output_format is Format.json:
        import json

        data = {
            "version": 1,
            "week": week.name,
            "seed": seed,
            "picked": picked.id,
            "name": picked.name,
            "absent": list(turned.absent),
        }
        sys.stdout.write(json.dumps(data, indent=2, ensure_ascii=False) + "\n")
        return
    show(f"{picked.name} ({picked.id})")
    names = len(turned.shares)
    say(f"{week.name}, seed {seed}, chance {picked.chance:.1%} among {names} name{'' if names == 1 else 's'}")


def _odds(turned: Wheel, output_format: Format) -> None:
    if output_format is Format.json:
        import json

        shares = [{"id": one.id, "name": one.name, "weight": str(one.weight), "upto": one.upto} for one in turned.shares]
        sys.stdout.write(
            json.dumps({"version": 1, "shares": shares, "absent": list(turned.absent)}, indent=2, ensure_ascii=False) + "\n"
        )
        return
    for one in sorted(turned.shares, key=lambda share: (-share.weight, share.id)):
        show(f"{one.chance:6.1%}  {one.id}")


def _record(corpus: Corpus, week: Week, seed: str, picked: Share, turned: Wheel) -> None:
    """Write the draw into the minutes of its week.

    Errors: `CoeError` when there are none, or they hold a draw already.
    """
    from coe.cli.edited import written
    from coe.format.edit import set_value

    analysis = next(
        (one for one in corpus.analyses if one.kind == "minutes" and getattr(one.noun, "week", "") == week.name), None
    )
    if analysis is None:
        raise CoeError(f"there are no minutes of {week.name}", f"Start them: coe minutes {week.name}")
    if corpus.minutes[week.name].wheel:
        raise CoeError(
            f"the minutes of {week.name} hold a draw already", "A draw is not done over; take it out of the file first."
        )
    value: dict[str, Value] = {"seed": seed, "picked": picked.id}
    if turned.absent:
        value["absent"] = list(turned.absent)
    written(analysis, set_value(analysis, ("wheel",), value))
