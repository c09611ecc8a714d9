"""The rule `timeline-gap`."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from coe.diagnostic import Path, Severity
from coe.model.coe import Coe
from coe.model.measures import duration_words
from coe.model.words import clock
from coe.rule import Bad, Finding, Good, rule
from coe.rules.time.stretch import last_moment, slack, stretches

QUIET = dt.timedelta(minutes=15)
LONG = dt.timedelta(hours=24)
_TIMELINE = (
    "timeline:\n  - id: E1\n    at: {}\n    type: detection\n    text: The canary failed.\n"
    "  - id: E2\n    at: 2026-07-14T14:22:00Z{}\n    type: recovery\n    text: Traffic was shifted.\n"
)


class Told(NamedTuple):
    """A time that the COE tells of, counted from the first impact: its moments overlap, `path` is the last of them."""

    start: dt.timedelta
    end: dt.timedelta
    path: Path


class Gap(NamedTuple):
    """A time inside the impact of which nothing is told: its length, its end, and where the moment before it stands."""

    length: dt.timedelta
    end: dt.timedelta
    path: Path


@rule(
    "TIM102",
    Severity.NOTE,
    Bad(_TIMELINE.format("«2026-07-14T13:59:00Z»", "")),
    Good(_TIMELINE.format("2026-07-14T14:08:00Z", "")),
    Good(_TIMELINE.format("2026-07-14T13:59:00Z", "\n    precision: PT20M")),
    Good("status: published\n" + _TIMELINE.format("2026-07-14T13:59:00Z", "")),
)
def timeline_gap(coe: Coe) -> Iterator[Finding]:
    """While customers are affected, the timeline tells something at least every 15 minutes; a gap hides a search or a wait.

    The gaps are where time went: who looked where, what was waited for, what was tried in vain. Ask while people still
    remember, which is why this speaks only during the review. Events with an `end` or a `precision` cover their
    whole interval, messages to customers count, and one finding names the longest gap of a stretch of impact. Impact of
    more than 24 hours is told in coarser steps, and a COE without a timeline says nothing of gaps.

    Source: "Creating a correction of errors document" (AWS Cloud Operations blog), section "Timeline". Where the line between
    a pause and a gap lies is a choice: 15 minutes here.
    """
    if coe.status != "in_review" or not coe.timeline:
        return
    affected = stretches(coe)
    first = affected[0].start if affected else coe.timeline[0].at
    windows = coe.impact.windows if coe.impact else ()
    places: dict[dt.datetime, Path] = {one.start: ("impact", "windows", at, "start") for at, one in enumerate(windows)}
    told = _told(coe, first)
    for stretch in affected:
        if stretch.end - stretch.start > LONG:
            continue
        begin = Told(stretch.start - first, stretch.end - first, places[stretch.start])
        gaps = [gap for gap in _gaps(begin, told) if gap.length > QUIET]
        if not gaps:
            continue
        longest = max(gaps, key=lambda gap: gap.length)
        more = f", the longest of {len(gaps)} such gaps" if len(gaps) > 1 else ""
        until = clock(first + longest.end)
        yield Finding(
            longest.path,
            f"customers are affected, and for {duration_words(longest.length)} nothing is told, until {until}{more}",
            "Add what was tried, looked at or waited for then: `type: investigation`; an event that went on has an `end`.",
        )


def _told(coe: Coe, first: dt.datetime) -> list[Told]:
    """Return the times that events and messages cover, wherever within its slack each lies, as a union in their order."""
    # Durations since the first impact, and no dates: a slack can be wider than the calendar.
    moments = [
        Told(event.at - first - slack(event), last_moment(event) - first + slack(event), ("timeline", index, "at"))
        for index, event in enumerate(coe.timeline)
    ]
    moments += [
        Told(word.at - first, word.at - first, ("communications", at, "at")) for at, word in enumerate(coe.communications)
    ]
    union: list[Told] = []
    for moment in sorted(moments, key=lambda moment: moment.start):
        if not union or moment.start > union[-1].end:
            union.append(moment)
        elif moment.end >= union[-1].end:
            union[-1] = Told(union[-1].start, moment.end, moment.path)
    return union


def _gaps(stretch: Told, told: list[Told]) -> Iterator[Gap]:
    """Yield the times inside a stretch of impact of which nothing is told."""
    reach, path = stretch.start, stretch.path
    for one in told[bisect_left(told, stretch.start, key=lambda one: one.end) :]:
        if one.start > stretch.end:
            break
        if one.start > reach:
            yield Gap(one.start - reach, one.start, path)
        reach, path = min(one.end, stretch.end), one.path
    if stretch.end > reach:
        yield Gap(stretch.end - reach, stretch.end, path)
