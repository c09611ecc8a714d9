"""The register of actions → how many of the action items that were due are done: n of N, by the period of the due date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coe.insight.actions import ActionRow
from coe.insight.periods import Period, period_of, periods, unit_for
from coe.insight.quantiles import share

WORDS = ("by the due date", "after it", "done, day unknown", "not done")


@dataclass(frozen=True, slots=True)
class Due:
    """Action items that were due: how many by the due date, later, on an unknown day, and how many are not done."""

    in_time: int = 0
    late: int = 0
    undated: int = 0
    left: int = 0

    @property
    def parts(self) -> tuple[int, int, int, int]:
        """Return the four numbers in the order of `WORDS`."""
        return self.in_time, self.late, self.undated, self.left

    @property
    def done(self) -> int:
        """Return how many are done."""
        return self.in_time + self.late + self.undated

    @property
    def of(self) -> int:
        """Return how many were due."""
        return self.done + self.left

    @property
    def percent(self) -> int | None:
        """Return the share that is done, absent where there are too few for one."""
        return share(self.done, self.of)


@dataclass(frozen=True, slots=True)
class Completion:
    """What was due up to a day, in all and by period; and what is not counted, with the reason.

    `moved` counts those among them whose due date was moved: the last date is the one that counts.
    """

    whole: Due
    by_period: tuple[tuple[Period, Due], ...]
    moved: int
    without_date: int
    later: int
    wont_do: int


def completion(rows: Iterable[ActionRow], *, as_of: dt.date) -> Completion:
    """Return how many of the action items that were due on a day or before it are done."""
    known = list(rows)
    asked = [row for row in known if row.state != "wont_do"]
    due = [(row, row.item.due) for row in asked if row.item.due and row.item.due <= as_of]
    days = [day for _, day in due]
    unit = unit_for(min(days), as_of) if days else "year"
    groups: dict[Period, list[ActionRow]] = {column: [] for column in periods(days, unit, until=as_of)}
    for row, day in due:
        groups.setdefault(period_of(day, unit), []).append(row)
    return Completion(
        whole=_due([row for row, _ in due]),
        by_period=tuple((column, _due(found)) for column, found in sorted(groups.items())),
        moved=sum(bool(row.item.extensions) for row, _ in due),
        without_date=sum(row.item.due is None for row in asked),
        later=sum(row.item.due is not None and row.item.due > as_of for row in asked),
        wont_do=len(known) - len(asked),
    )


def _due(rows: Sequence[ActionRow]) -> Due:
    in_time = late = undated = left = 0
    for row in rows:
        if row.is_left:
            left += 1
        elif row.finished is None:
            undated += 1
        elif row.item.due and row.finished <= row.item.due:
            in_time += 1
        else:
            late += 1
    return Due(in_time, late, undated, left)
