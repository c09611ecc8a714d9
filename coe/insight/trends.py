"""COEs and action items → what they say together over time: counts, durations with the points behind them, and shares.

`coe stats` and the site print the same values. An event counts from its first draft on, or the latest period would always
look better than it was; all else that is told of an event waits until its analysis is in review.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias
from zoneinfo import ZoneInfo

from coe.insight.actions import SET_ASIDE, ActionRow, event_day
from coe.insight.completion import Completion, completion
from coe.insight.periods import Period, Unit, period_of, periods, unit_for
from coe.insight.quantiles import Summary, summary
from coe.model.coe import Coe, causes
from coe.model.measures import duration_words, milestones, seconds

MEASURES = {"TTD": "Time to detect", "TTE": "Time to engage", "TTM": "Time to mitigate", "TTR": "Time to resolve"}
"""The measures that are followed over time."""

Took: TypeAlias = Callable[[Coe], Mapping[str, float]]
"""Tells how long each metric of a COE took, by its name. Unit: seconds."""

LEAD_TIME = "COE lead time"
_DAY = 86400.0


@dataclass(frozen=True, slots=True)
class Dated:
    """A COE and the local day of its event."""

    coe: Coe
    day: dt.date


@dataclass(frozen=True, slots=True)
class Point:
    """One value of one COE. Unit: seconds."""

    coe: str
    title: str
    day: dt.date
    period: Period
    seconds: float


@dataclass(frozen=True, slots=True)
class Spread:
    """One duration across COEs: each value, and what can be said of all and of each period. `of` COEs were asked for it."""

    name: str
    title: str
    of: int
    points: tuple[Point, ...]
    whole: Summary
    by_period: tuple[tuple[Period, Summary], ...]

    def words(self, seconds: float) -> str:
        """Return one of its values for people: the lead time is told in whole days."""
        length = dt.timedelta(seconds=seconds)
        return f"{length.days} d" if self.name == LEAD_TIME else duration_words(length)


@dataclass(frozen=True, slots=True)
class Row:
    """One word and in how many COEs it stands: in all, and by period."""

    word: str
    total: int
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """In how many COEs a word stands, by period. `n` COEs say any, of `of`; one can say several."""

    name: str
    title: str
    n: int
    of: int
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many COEs there are, and why some are left out of what follows."""

    incidents: int
    near_misses: int
    exercises: int
    drafts: int
    set_aside: int
    undated: int


@dataclass(frozen=True, slots=True)
class Trends:
    """All of it; `periods` are the columns of every tally."""

    as_of: dt.date
    unit: Unit
    periods: tuple[Period, ...]
    counts: Counts
    severities: Tally
    spreads: tuple[Spread, ...]
    tallies: tuple[Tally, ...]
    completion: Completion


def trends(
    coes: Iterable[Coe],
    actions: Iterable[ActionRow],
    *,
    as_of: dt.date,
    zone: str,
    unit: Unit | None = None,
    took: Took = seconds,
) -> Trends:
    """Return what COEs and action items say together on a day; without a unit, the one in which it is readable."""
    known = list(coes)
    dated = dated_coes(known, zone)
    events = [one for one in dated if one.coe.kind != "exercise"]
    days = [one.day for one in events]
    unit = unit or (unit_for(min(days), max(*days, as_of)) if days else "year")
    columns = periods(days, unit, until=as_of)
    incidents = [one for one in events if one.coe.kind == "incident"]
    told = [one for one in events if one.coe.status != "draft"]
    return Trends(
        as_of,
        unit,
        columns,
        _counts(known, dated),
        tally("severity", "Incidents by severity", incidents, columns, lambda coe: (coe.severity,), fixed=_LEVELS),
        spreads([one for one in told if one.coe.kind == "incident"], columns, zone=zone, took=took),
        _tallies(told, columns),
        completion(actions, as_of=as_of),
    )


_LEVELS = ("SEV1", "SEV2", "SEV3", "SEV4", "SEV5")


def dated_coes(coes: Iterable[Coe], zone: str) -> list[Dated]:
    """Return the COEs that count with their days, the oldest first: without what was superseded or withdrawn."""
    place = ZoneInfo(zone)
    found = [Dated(coe, day) for coe in coes if coe.status not in SET_ASIDE and (day := event_day(coe, place))]
    return sorted(found, key=lambda one: (one.day, one.coe.id))


def _counts(known: Sequence[Coe], dated: Sequence[Dated]) -> Counts:
    kinds = [one.coe.kind for one in dated]
    aside = sum(coe.status in SET_ASIDE for coe in known)
    return Counts(
        incidents=kinds.count("incident"),
        near_misses=kinds.count("near_miss"),
        exercises=kinds.count("exercise"),
        drafts=sum(one.coe.status == "draft" for one in dated),
        set_aside=aside,
        undated=len(known) - aside - len(dated),
    )


def spreads(told: Sequence[Dated], columns: Sequence[Period], *, zone: str, took: Took = seconds) -> tuple[Spread, ...]:
    """Return the measures and the lead time of COEs, of all and by period."""
    place = ZoneInfo(zone)
    found: dict[str, list[tuple[Dated, float]]] = {name: [] for name in (*MEASURES, LEAD_TIME)}
    for one in told:
        for name, value in took(one.coe).items():
            if name in MEASURES:
                found[name].append((one, value))
        lead = lead_days(one.coe, place)
        if lead is not None:
            found[LEAD_TIME].append((one, lead * _DAY))
    titles = MEASURES | {LEAD_TIME: "From resolved to the published COE"}
    return tuple(_spread((name, titles[name]), values, columns, len(told)) for name, values in found.items())


def summaries(told: Sequence[Coe], *, took: Took = seconds) -> tuple[Spread, ...]:
    """Return the measures of COEs of which any is known, as a whole and no more."""
    known = [took(coe) for coe in told]
    found = ((name, title, [one[name] for one in known if name in one]) for name, title in MEASURES.items())
    return tuple(Spread(name, title, len(told), (), summary(values), ()) for name, title, values in found if values)


def lead_days(coe: Coe, place: ZoneInfo) -> int | None:
    """Return the days from `resolved` to the published COE, absent where one of them is not known."""
    resolved = milestones(coe).get("resolved")
    return (coe.published - resolved.at.astimezone(place).date()).days if resolved and coe.published else None


def _spread(names: tuple[str, str], values: list[tuple[Dated, float]], columns: Sequence[Period], of: int) -> Spread:
    unit = columns[0].unit if columns else "year"
    points = tuple(Point(one.coe.id, one.coe.title, one.day, period_of(one.day, unit), value) for one, value in values)
    by_period: dict[Period, list[float]] = {column: [] for column in columns}
    for point in points:
        by_period.setdefault(point.period, []).append(point.seconds)
    rows = tuple((column, summary(found)) for column, found in by_period.items() if column in set(columns))
    return Spread(*names, of, points, summary(point.seconds for point in points), rows)


def tally(
    name: str,
    title: str,
    events: Sequence[Dated],
    columns: Sequence[Period],
    words: Callable[[Coe], Iterable[str]],
    *,
    fixed: tuple[str, ...] = (),
) -> Tally:
    """Return in how many COEs each word stands; `fixed` words keep their order and their place, the others go by number."""
    place = {column: index for index, column in enumerate(columns)}
    unit = columns[0].unit if columns else "year"
    found: dict[str, list[int]] = {word: [0] * len(columns) for word in fixed}
    totals: dict[str, int] = dict.fromkeys(fixed, 0)
    n = 0
    for one in events:
        said = set(words(one.coe))
        n += bool(said)
        for word in said:
            totals[word] = totals.get(word, 0) + 1
            column = place.get(period_of(one.day, unit))
            if column is not None:
                found.setdefault(word, [0] * len(columns))[column] += 1
    order = fixed or sorted(totals, key=lambda word: (-totals[word], word))
    return Tally(name, title, n, len(events), tuple(Row(word, totals[word], tuple(found.get(word, ()))) for word in order))


def _tallies(told: Sequence[Dated], columns: Sequence[Period]) -> tuple[Tally, ...]:
    wanted: tuple[tuple[str, str, Callable[[Coe], Iterable[str]]], ...] = (
        ("detection", "How events were detected", lambda coe: (coe.detection.method,) if coe.detection else ()),
        ("trigger", "What set them off", lambda coe: (coe.trigger.type,) if coe.trigger else ()),
        ("cause", "Kinds of causes", lambda coe: (cause.category for _, cause in causes(coe))),
        ("mitigation", "What helped to end them", _helped),
    )
    return tuple(tally(name, title, told, columns, words) for name, title, words in wanted)


def _helped(coe: Coe) -> Iterable[str]:
    return (step.type for step in coe.mitigation if step.outcome in ("effective", "partial"))
