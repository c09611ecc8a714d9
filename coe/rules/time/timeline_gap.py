"""The rule `timeline-gap`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from coe.diagnostic import Path, Severity
from coe.model.coe import Coe
from coe.model.measures import duration_words
from coe.model.words import clock
from coe.rule import Bad, Finding, Good, rule
from coe.rules.time.stretch import NOTHING, Stretch, last_moment, slack, stretches

QUIET = dt.timedelta(minutes=15)
LONG = dt.timedelta(hours=24)
_TIMELINE = (
    "timeline:\n  - id: E1\n    at: {}\n    type: detection\n    text: The canary failed.\n"
    "  - id: E2\n    at: 2026-07-14T14:22:00Z{}\n    type: recovery\n    text: Traffic was shifted.\n"
)


class Told(NamedTuple):
    """A moment that the COE tells of: its time, until when it went on, how far off it may be, and where it stands."""

    at: dt.datetime
    until: dt.datetime
    slack: dt.timedelta
    path: Path


class Gap(NamedTuple):
    """A time inside the impact of which nothing is told, and where the moment before it stands."""

    start: dt.datetime
    end: dt.datetime
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
    told = _told(coe)
    for stretch in stretches(coe):
        if stretch.end - stretch.start > LONG:
            continue
        gaps = [gap for gap in _gaps(coe, stretch, told) if gap.end - gap.start > QUIET]
        if not gaps:
            continue
        longest = max(gaps, key=lambda gap: gap.end - gap.start)
        more = f", the longest of {len(gaps)} such gaps" if len(gaps) > 1 else ""
        length = duration_words(longest.end - longest.start)
        yield Finding(
            longest.path,
            f"customers are affected, and for {length} nothing is told, until {clock(longest.end)}{more}",
            "Add what was tried, looked at or waited for then: `type: investigation`; an event that went on has an `end`.",
        )


def _told(coe: Coe) -> list[Told]:
    events = [
        Told(event.at, last_moment(event), slack(event), ("timeline", index, "at")) for index, event in enumerate(coe.timeline)
    ]
    words = [Told(word.at, word.at, NOTHING, ("communications", index, "at")) for index, word in enumerate(coe.communications)]
    return sorted(events + words, key=lambda told: told.at)


def _gaps(coe: Coe, stretch: Stretch, told: list[Told]) -> Iterator[Gap]:
    """Yield the times inside a stretch that no moment covers, wherever within its slack it lies."""
    windows = enumerate(coe.impact.windows if coe.impact else ())
    first = next(index for index, window in windows if window.start == stretch.start)
    # Durations since the start are compared and never dates: a slack can be wider than the calendar.
    reach, whole = NOTHING, stretch.end - stretch.start
    path: Path = ("impact", "windows", first, "start")
    for one in told:
        begins = one.at - stretch.start - one.slack
        ends = one.until - stretch.start + one.slack
        if ends < NOTHING or begins > whole:
            continue
        if begins > reach:
            yield Gap(stretch.start + reach, stretch.start + begins, path)
        if ends >= reach:
            reach, path = min(ends, whole), one.path
    if whole > reach:
        yield Gap(stretch.start + reach, stretch.end, path)
