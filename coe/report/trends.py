"""Trends → text for a terminal, and JSON of version 1: the same values as on the site."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from coe.insight.completion import WORDS, Due
from coe.insight.quantiles import MEDIAN_FROM, P90_FROM, Summary
from coe.insight.trends import Spread, Tally, Trends
from coe.report.outcome import Look
from coe.report.terminal import paint

VERSION = 1


def as_json(found: Trends) -> str:
    """Return the trends as one JSON object; durations are seconds, and what too few values bear is null."""
    return json.dumps(as_data(found), indent=2) + "\n"


def as_data(found: Trends, *, with_points: bool = True) -> dict[str, Any]:
    """Return the trends in the shape of version 1; without points, what COEs say together and not what each says."""
    counts, done = found.counts, found.completion
    return {
        "version": VERSION,
        "as_of": str(found.as_of),
        "unit": found.unit,
        "periods": [period.name for period in found.periods],
        "counts": {name: getattr(counts, name) for name in counts.__slots__},
        "severities": _tally(found.severities),
        "durations": [_spread(one, with_points=with_points) for one in found.spreads],
        "tallies": [_tally(one) for one in found.tallies],
        "completion": {
            **_due(done.whole),
            "by_period": [{"period": period.name, **_due(due)} for period, due in done.by_period],
            "moved": done.moved,
            "later": done.later,
            "without_date": done.without_date,
            "wont_do": done.wont_do,
        },
    }


def _tally(found: Tally) -> dict[str, Any]:
    rows = [{"word": row.word, "total": row.total, "by_period": list(row.counts)} for row in found.rows]
    return {"name": found.name, "title": found.title, "n": found.n, "of": found.of, "rows": rows}


def _summary(found: Summary) -> dict[str, Any]:
    return {name: _number(getattr(found, name)) for name in found.__slots__}


def _number(value: float | None) -> float | int | None:
    return int(value) if value is not None and float(value).is_integer() else value


def _spread(found: Spread, *, with_points: bool) -> dict[str, Any]:
    points = [{"coe": one.coe, "day": str(one.day), "seconds": _number(one.seconds)} for one in found.points]
    return {
        "name": found.name,
        "title": found.title,
        "of": found.of,
        **_summary(found.whole),
        "by_period": [{"period": period.name, **_summary(one)} for period, one in found.by_period],
        **({"points": points} if with_points else {}),
    }


def _due(found: Due) -> dict[str, Any]:
    return {
        "due": found.of,
        "done": found.done,
        "in_time": found.in_time,
        "late": found.late,
        "day_unknown": found.undated,
        "not_done": found.left,
        "percent": found.percent,
    }


def as_text(found: Trends, look: Look) -> str:
    """Return the trends as tables for a terminal; what too few values bear is said, not left empty."""
    return "\n".join(_blocks(found, look)).rstrip("\n") + "\n"


def _blocks(found: Trends, look: Look) -> Iterator[str]:
    counts = found.counts
    kinds = (
        _count(counts.incidents, "incident"),
        _count(counts.near_misses, "near miss", "es"),
        _count(counts.exercises, "exercise"),
    )
    drafts = f"{_count(counts.drafts, 'draft')} among them" if counts.drafts else "no draft among them"
    aside = f"; {counts.set_aside} superseded or withdrawn left out" if counts.set_aside else ""
    yield f"{', '.join(kinds)}; {drafts}{aside}; as of {found.as_of}\n"
    names = [period.name for period in found.periods]
    if not names:
        yield "There is no incident yet.\n"
    else:
        yield from _table(found.severities, names, look)
        yield _head("Durations: n of COEs that were asked, and what so many bear", look)
        yield from _durations(found.spreads)
        for one in found.tallies:
            yield from _table(one, names, look)
    done = found.completion
    yield _head("Action items that were due", look)
    if not done.whole.of:
        yield "  none yet\n"
    else:
        share = f" ({done.whole.percent} %)" if done.whole.percent is not None else ""
        told = ", ".join(f"{number} {word}" for word, number in zip(WORDS, done.whole.parts, strict=True))
        yield f"  {done.whole.done} of {done.whole.of} done{share}: {told}"
    yield f"  not counted: {done.later} due later, {done.without_date} without a due date, {done.wont_do} will not be done\n"


def _count(number: int, noun: str, ending: str = "s") -> str:
    return f"{number} {noun}{'' if number == 1 else ending}"


def _head(text: str, look: Look) -> str:
    return paint(text, "bold", on=look.color)


def _table(found: Tally, names: Sequence[str], look: Look) -> Iterator[str]:
    """Yield a tally as a table; on a narrow terminal the oldest columns are left out, and that is said."""
    yield _head(f"{found.title}: n = {found.n} of {found.of}", look)
    label = max((len(row.word) for row in found.rows), default=0)
    wide = max((len(name) for name in names), default=4) + 2
    room = max(1, (look.width - label - 10) // wide)
    first = max(0, len(names) - room)
    yield "  " + " " * label + "".join(f"{name:>{wide}}" for name in names[first:]) + "     all"
    for row in found.rows:
        cells = "".join(f"{number or '.':>{wide}}" for number in row.counts[first:])
        yield f"  {row.word.replace('_', ' '):{label}}{cells}{row.total:>8}"
    older = "1 older column is" if first == 1 else f"{first} older columns are"
    yield f"  ({older} in --format json)\n" if first else ""


def _durations(found: Sequence[Spread]) -> Iterator[str]:
    for one in found:
        whole = one.whole
        n = f"{whole.n} of {one.of}"
        middle = f"median {one.words(whole.median)}" if whole.median is not None else f"no median below n = {MEDIAN_FROM}"
        high = f"p90 {one.words(whole.p90)}" if whole.p90 is not None else f"no p90 below n = {P90_FROM}"
        span = (
            "no value" if whole.least is None or whole.most is None else f"{one.words(whole.least)} to {one.words(whole.most)}"
        )
        yield f"  {one.name:13}  n {n:>12}   {middle:24}  {high:22}  {span}"
    yield ""
