"""Values → figures: a drawing with its title and description, and the same values as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from coe.insight.completion import WORDS, Completion
from coe.insight.periods import Period
from coe.insight.trends import LEAD_TIME, Spread, Tally
from coe.render import Markup, render
from coe.site import words
from coe.site.bars import Part, bars
from coe.site.dots import LINKED, dots, note
from coe.site.matrix import matrix
from coe.site.view import View

SEVERITIES = tuple(Part(f"sev{number}", f"SEV{number}", number - 1) for number in range(1, 6))
_DONE = tuple(
    Part(key, name, index) for index, (key, name) in enumerate(zip(("in-time", "late", "undated", "left"), WORDS, strict=True))
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; a COE's cell leads to it."""

    text: str
    coe: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart: its id on the page, its heading, what it shows, the drawing, and the table of its values.

    `note` says how many values there are; `lacks` stands in the place of a drawing that so few do not bear.
    """

    id: str
    title: str
    about: str
    drawing: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    lacks: str = ""
    term: str = ""


def _drawn(view: View, template: str, name: str, title: str, description: str, chart: Any, **more: Any) -> str:
    values = {"id": name, "title": title, "description": description, "c": chart, "view": view, "small": False, **more}
    return Markup(render(template, values, shadow=view.site.templates))


def _row(*texts: object) -> tuple[Cell, ...]:
    return tuple(Cell(str(text)) for text in texts)


def severity_figure(view: View, found: Tally, periods: Sequence[Period], *, small: bool = False) -> Figure:
    """Return how many incidents there were, by severity."""
    names = [period.name for period in periods]
    used = [(part, row) for part, row in zip(SEVERITIES, found.rows, strict=True) if row.total]
    chart = bars(names, [part for part, _ in used], [row.counts for _, row in used], height=56.0 if small else 170.0)
    by_level = ", ".join(f"{row.total} {row.word}" for _, row in used)
    about = f"{words.count(found.of, 'COE')} from {names[0]} to {names[-1]}: {by_level}." if used else ""
    drawing = _drawn(view, "site/chart-bars.svg", "severity", found.title, about, chart, small=small) if used else ""
    columns = zip(names, zip(*(row.counts for row in found.rows), strict=True), strict=True)
    rows = tuple(_row(name, *counts, sum(counts)) for name, counts in columns)
    head = ("Period", *(row.word for row in found.rows), "All")
    return Figure("severity", found.title, about, drawing, head, rows, lacks="" if used else "There is no incident yet.")


def spread_figure(view: View, spread: Spread, name: str) -> Figure:
    """Return a duration across COEs, with the values behind it."""
    chart = dots(spread)
    said = note(spread)
    title = f"{spread.title} ({spread.name})" if spread.name != LEAD_TIME else LEAD_TIME
    about = f"{spread.title}: one dot for each COE whose moments are both known. {said}"
    drawing = _drawn(view, "site/chart-dots.svg", name, title, about, chart) if chart else ""
    if len(spread.points) <= LINKED:
        head: tuple[str, ...] = ("Day", "COE", "Value")
        rows: tuple[tuple[Cell, ...], ...] = tuple(
            (Cell(str(one.day)), Cell(one.title, one.coe), Cell(spread.words(one.seconds))) for one in spread.points
        )
    else:
        head = ("Period", "n", "Median", "90th percentile", "Shortest", "Longest")
        rows = tuple(
            _row(period.name, one.n, *(_told(spread, value) for value in (one.median, one.p90, one.least, one.most)))
            for period, one in spread.by_period
        )
    lacks = "" if chart else f"n = 0 of {spread.of}: no COE tells both moments."
    term = spread.name if spread.name != LEAD_TIME else "lead-time"
    return Figure(name, title, about, drawing, head, rows, note=said if chart else "", lacks=lacks, term=term)


def _told(spread: Spread, value: float | None) -> str:
    return spread.words(value) if value is not None else "\u2013"


def tally_figure(view: View, found: Tally, periods: tuple[Period, ...]) -> Figure:
    """Return in how many COEs each word stands, over time."""
    chart = matrix(found, periods)
    about = f"{found.title}, in {found.n} of {words.count(found.of, 'COE')} that are in review or later."
    drawing = _drawn(view, "site/chart-matrix.svg", found.name, found.title, about, chart) if chart else ""
    head = (found.name.capitalize(), *(period.name for period in periods), "All")
    rows = tuple(_row(words.label(row.word), *row.counts, row.total) for row in found.rows)
    said = f"n = {found.n} of {found.of}. A COE that names several counts for each." if found.n else ""
    return Figure(found.name, found.title, about, drawing, head, rows, said, "" if chart else "No COE tells it yet.")


def completion_figure(view: View, found: Completion) -> Figure:
    """Return how many of the action items that were due are done."""
    title = "Action items that were due"
    whole = found.whole
    share = f" ({whole.percent} %)" if whole.percent is not None else ""
    said = f"{whole.done} of {whole.of} done{share}" if whole.of else ""
    names = [period.name for period, _ in found.by_period]
    used = [index for index in range(len(_DONE)) if whole.parts[index]]
    rows = [[due.parts[index] for _, due in found.by_period] for index in used]
    chart = bars(names, [_DONE[index] for index in used], rows) if whole.of else None
    about = f"{title}, by the period of the due date: {said}."
    drawing = _drawn(view, "site/chart-bars.svg", "completion", title, about, chart) if chart else ""
    head = ("Due in", *(word.capitalize() for word in WORDS), "Done")
    table = tuple(
        _row(period.name, *due.parts, f"{due.done} of {due.of}" + (f" ({due.percent} %)" if due.percent is not None else ""))
        for period, due in found.by_period
    )
    apart = [
        (found.moved, "with a moved due date, of which the last counts"), (found.later, "due later"),
        (found.without_date, "without a due date"), (found.wont_do, "will not be done"),
    ]  # fmt: skip
    rest = "; ".join(f"{number} {text}" for number, text in apart if number)
    lead = f"{said}." if said else ""
    return Figure(
        "completion", title, about, drawing, head, table, f"{lead} {rest}.".strip() if rest else lead,
        "" if chart else f"No action item has been due yet. {rest}.",
    )  # fmt: skip
