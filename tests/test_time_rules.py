"""What the examples of the rules of time cannot show: precision, several windows and their union, clocks that change."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coe.check import check
from coe.config import Config, Repository, Review
from coe.corpus import Corpus, analyse
from coe.diagnostic import Diagnostic, Severity
from coe.read import Source
from coe.rule import all_rules

ROOT = Path("/repository")
PATH = "coes/2026/2026-07-14-checkout.md"
HEAD = "id: 2026-07-14-checkout\ntitle: Checkout errors in Europe\nseverity: SEV2\nowner_team: payments\n"
TIME = tuple(rule for rule in all_rules() if rule.family == "time")
LATER = dt.date(2026, 11, 2)


def found(
    fields: str, name: str = "", *, status: str = "in_review", as_of: dt.date | None = LATER, zone: str = "UTC"
) -> list[Diagnostic]:
    """Return what the rules of time, or one of them, say of a COE with these fields."""
    kind = "" if "kind:" in fields else "kind: incident\n"
    impact = "" if "impact:" in fields or "near_miss" in fields else windows(("13:57:40", "14:29:00"))
    text = f"---\n{HEAD}{kind}status: {status}\n{impact}{fields}---\n\nThe pool ran out of connections.\n"
    repository = Repository(ROOT, Config(review=Review(timezone=zone)))
    analysis = analyse(Source(PATH, text, ROOT / PATH), repository)
    assert analysis.flaws == (), "the text must be valid but for what the rule is about"
    rules = tuple(rule for rule in TIME if name in ("", rule.name))
    assert rules
    return check(Corpus(repository, (analysis,), as_of), [analysis], rules)


def moment(written: str) -> str:
    return written if "T" in written else f"2026-07-14T{written}Z"


def windows(*pairs: tuple[str, str]) -> str:
    items = "".join(
        f"    - {{id: I{index}, start: '{moment(start)}'" + (f", end: '{moment(end)}'" if end else "") + "}\n"
        for index, (start, end) in enumerate(pairs, 1)
    )
    return f"impact:\n  windows:\n{items}"


def event(at: str, more: str = "", kind: str = "note", name: str = "") -> str:
    ident = name or "E" + "".join(filter(str.isalnum, at + more + kind))[:40]
    return f"  - {{id: {ident}, at: '{moment(at)}', type: {kind}, text: Something happened.{', ' if more else ''}{more}}}\n"


def timeline(*events: str) -> str:
    return "timeline:\n" + "".join(events)


# Gaps


@pytest.mark.parametrize(
    ("events", "said"),
    [
        ([event("13:57:40"), event("14:12:40"), event("14:27:40")], False),  # 15 minutes are not more than 15
        ([event("13:57:40"), event("14:12:41"), event("14:27:40")], True),
        ([event("13:57:40", "end: '2026-07-14T14:20:00Z'")], False),
        ([event("13:57:40"), event("14:12:50", "precision: PT20S"), event("14:27:40")], False),
        ([event("13:00:00"), event("15:00:00")], True),  # what lies outside covers nothing
        ([event("13:00:00", "end: '2026-07-14T15:00:00Z'")], False),
        ([event("14:00:00", "precision: P4000000D")], False),  # wider than the calendar
        ([], False),  # no timeline says nothing of gaps
    ],
)
def test_gaps_are_longer_than_fifteen_minutes_and_know_precision(events: list[str], said: bool) -> None:
    assert bool(found(timeline(*events) if events else "", "timeline-gap")) is said


def test_overlapping_windows_are_one_stretch_and_the_time_between_stretches_is_no_gap() -> None:
    split = windows(("13:00:00", "13:20:00"), ("13:10:00", "13:30:00"), ("15:00:00", "15:10:00"))
    told = [event(at) for at in ("13:00:00", "13:14:00", "13:28:00", "15:05:00")]
    assert found(split + timeline(*told), "timeline-gap") == []
    (one,) = found(split + timeline(told[0], told[2], told[3]), "timeline-gap")
    assert "28 min" in one.message
    assert "such gaps" not in one.message


def test_one_finding_names_the_longest_gap_where_it_begins() -> None:
    hours = windows(("10:00:00", "14:00:00"))
    (one,) = found(hours + timeline(event("10:30:00"), event("13:50:00")), "timeline-gap")
    assert one.field == "timeline[0].at"
    assert "3 h 20 min" in one.message
    assert "2 such gaps" in one.message


def test_messages_fill_gaps() -> None:
    talk = "communications: [{at: '2026-07-14T14:10:00Z', channel: status-page, audience: public, state: investigating}]\n"
    told = timeline(event("13:57:40"), event("14:20:00"))
    assert found(told, "timeline-gap")
    assert found(told + talk, "timeline-gap") == []


def test_a_day_of_impact_is_told_in_coarser_steps_and_an_open_window_has_no_length() -> None:
    told = timeline(event("10:00:00"))
    assert found(windows(("10:00:00", "2026-07-15T10:00:00Z")) + told, "timeline-gap")
    assert found(windows(("10:00:00", "2026-07-15T10:00:01Z")) + told, "timeline-gap") == []
    assert found(windows(("10:00:00", "")) + told, "timeline-gap") == []


@settings(max_examples=60, deadline=None)
@given(
    starts=st.lists(st.integers(0, 600), min_size=1, max_size=5),
    told=st.lists(st.integers(-100, 800), min_size=1, max_size=12),
)
def test_a_gap_is_said_exactly_where_the_minutes_of_some_stretch_are_untold(starts: list[int], told: list[int]) -> None:
    """Compare with a plain count over the minutes that any window holds."""

    def written(minute: int) -> str:
        return (dt.datetime(2026, 7, 14, 6, tzinfo=dt.UTC) + dt.timedelta(minutes=minute)).isoformat()

    impact = windows(*((written(start), written(start + 40)) for start in starts))
    events = [event(written(minute), name=f"E{index}") for index, minute in enumerate(told)]
    affected = {minute for start in starts for minute in range(start, start + 40)}
    longest = run = 0
    for minute in range(-1, 700):
        run = run + 1 if minute in affected else 0
        longest = max(longest, run)
        if minute + 1 in told:
            run = 0
    assert bool(found(impact + timeline(*events), "timeline-gap")) is (longest > 15)


# Far events, late ends, relapses


def test_events_are_measured_against_the_union_of_the_windows() -> None:
    two = windows(("2026-05-01T10:00:00Z", "2026-05-01T11:00:00Z"), ("2026-07-14T10:00:00Z", "2026-07-14T11:00:00Z"))
    assert found(two + timeline(event("2026-06-10T10:00:00Z", kind="action")), "event-outside-impact") == []
    assert found(two + timeline(event("2026-08-13T10:59:00Z", kind="action")), "event-outside-impact") == []
    assert found(two + timeline(event("2026-08-13T11:01:00Z", kind="action")), "event-outside-impact")
    assert found(two + timeline(event("2026-03-01T11:01:00Z", kind="action")), "event-outside-impact")


def test_what_led_to_it_and_what_followed_may_lie_far_away() -> None:
    old = [event("2024-01-01T00:00:00Z", kind=kind) for kind in ("change", "decision", "note")]
    introduced = event("2024-01-01T00:00:00Z", "milestone: introduced", kind="action")
    later = [event("2026-10-01T00:00:00Z", kind=kind) for kind in ("communication", "change")]
    assert found(timeline(*old, introduced, *later), "event-outside-impact") == []


def test_nothing_lies_after_an_impact_that_goes_on_or_that_nobody_knows() -> None:
    late = timeline(event("2026-10-01T00:00:00Z", kind="action"))
    assert found(windows(("13:57:40", "")) + late, "event-outside-impact") == []
    assert found("kind: near_miss\n" + late) == []


def resolved(at: str, more: str = "") -> str:
    return event(at, f"milestone: resolved{more}", kind="recovery")


def test_resolution_is_counted_from_the_last_end_and_knows_precision() -> None:
    two = windows(("2026-07-10T10:00:00Z", "2026-07-10T11:00:00Z"), ("2026-07-14T10:00:00Z", "2026-07-14T11:00:00Z"))
    assert found(two + timeline(resolved("2026-07-15T11:00:00Z")), "late-resolution") == []
    assert found(two + timeline(resolved("2026-07-15T11:00:01Z")), "late-resolution")
    assert found(two + timeline(resolved("2026-07-15T11:30:00Z", ", precision: PT1H")), "late-resolution") == []


def test_the_last_resolution_counts() -> None:
    again = timeline(resolved("2026-07-14T15:00:00Z"), resolved("2026-07-20T15:00:00Z"))
    (one,) = found(again, "late-resolution")
    assert one.field == "timeline[1].at"


TWICE = windows(("10:00:00", "11:00:00"), ("12:00:00", "13:00:00"))


@pytest.mark.parametrize(
    ("events", "said"),
    [
        ([event("11:00:00", "milestone: mitigated"), event("11:10:00", "milestone: resolved")], ["mitigated", "resolved"]),
        ([event("11:00:00", "milestone: mitigated"), event("13:10:00", "milestone: resolved")], ["mitigated"]),
        ([event("11:00:00", "milestone: mitigated"), event("13:00:00", "milestone: mitigated")], []),
        ([event("12:00:00", "milestone: mitigated")], []),
        ([event("11:55:00", "milestone: mitigated, precision: PT10M")], []),
        ([event("09:00:00", "milestone: mitigated")], []),  # impossible, which milestone-order says
    ],
)
def test_a_relapse_is_one_finding_about_all_ends_before_it(events: list[str], said: list[str]) -> None:
    messages = [one.message for one in found(TWICE + timeline(*events), "relapse")]
    assert len(messages) == bool(said)
    assert all(f"`{name}`" in messages[0] for name in said)


def test_a_relapse_that_goes_on_has_no_end_to_tell() -> None:
    still = windows(("10:00:00", "11:00:00"), ("12:00:00", ""))
    told = timeline(event("11:00:00", "milestone: mitigated"))
    assert found(still + told, "relapse") == []
    assert found(still + told, "impact-end-missing")


# The future


@pytest.mark.parametrize(
    ("zone", "at", "said"),
    [
        ("UTC", "2026-11-02T23:59:59Z", False),
        ("UTC", "2026-11-03T00:00:00Z", True),
        ("UTC", "2026-11-03T00:30:00+01:00", False),
        ("Pacific/Auckland", "2026-11-02T11:30:00Z", True),
        ("America/Los_Angeles", "2026-11-03T07:59:00Z", False),
        ("America/Los_Angeles", "2026-11-03T08:00:00Z", True),  # clocks went back the day before
    ],
)
def test_the_day_ends_where_reviews_are_held(zone: str, at: str, said: bool) -> None:
    one = found(timeline(event(at)), "future-time", zone=zone, status="draft")
    assert [two.severity for two in one] == [Severity.ERROR] * said


def test_without_a_day_nothing_is_in_the_future_and_precision_counts() -> None:
    told = timeline(event("2062-01-01T00:00:00Z"))
    assert found(told, "future-time", as_of=None) == []
    assert found(told, "future-time", as_of=dt.date.max) == []
    assert found(timeline(event("2026-11-03T06:00:00Z", "precision: P1D")), "future-time") == []


def test_every_kind_of_moment_is_looked_at() -> None:
    late = "2026-12-01T00:00:00Z"
    fields = (
        f"created: 2026-12-01\nseverity_history: [{{at: '{late}', level: SEV2}}]\n"
        f"communications: [{{at: '{late}', channel: mail, audience: public, state: resolved}}]\n"
        f"engagement: {{tech_call: {{opened: '{late}'}}}}\n"
        "root_causes: [{id: C1, category: technical, statement: No bound., introduced: 2026-12-01}]\n"
        + timeline(event(late, f"end: '{late}'"))
    )
    said = {one.field for one in found(windows((late, late.replace("00Z", "01Z"))) + fields, "future-time")}
    assert said == {
        "created", "severity_history[0].at", "communications[0].at", "engagement.tech_call.opened",
        "root_causes[0].introduced", "timeline[0].at", "timeline[0].end", "impact.windows[0].start", "impact.windows[0].end",
    }  # fmt: skip


# Clocks


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00", False),  # the hour that Berlin has twice
        ("2026-10-25T02:30:00+02:00", "2026-10-25T03:30:00+02:00", False),  # one offset says nothing
        ("2026-03-29T01:59:00+01:00", "2026-03-29T03:00:00+02:00", False),
        ("2026-11-01T01:59:00-04:00", "2026-11-01T01:00:00-05:00", False),  # New York
        ("2026-10-04T01:59:00+10:00", "2026-10-04T03:00:00+11:00", False),  # Sydney
        ("2026-10-04T01:59:00+10:00", "2026-10-04T01:30:00+11:00", True),  # an hour back where clocks go forward
        ("2026-01-14T10:00:00+01:00", "2026-01-14T12:00:00+02:00", True),  # summer in winter
        ("2026-07-14T10:00:00-07:00", "2026-07-14T10:10:00-08:00", True),
        ("2026-07-14T10:00:00+02:00", "2026-07-14T08:10:00Z", False),  # UTC fits every place
        ("2026-07-14T10:00:00+02:00", "2026-07-14T04:10:00-04:00", False),  # two continents
    ],
)
def test_offsets_an_hour_apart_need_a_change_of_clocks(first: str, second: str, said: bool) -> None:
    told = timeline(event(first, name="E1"), event(second, name="E2"))
    day = first[:10]
    assert bool(found(windows((f"{day}T00:00:00Z", f"{day}T23:00:00Z")) + told, "clock-change")) is said


def test_clocks_that_change_inside_the_impact_change_no_duration() -> None:
    """The window has 40 minutes, though the clock on the wall went back from 3 to 2 in between."""
    night = windows(("2026-10-25T02:40:00+02:00", "2026-10-25T02:20:00+01:00"))
    told = [
        event("2026-10-25T02:40:00+02:00", kind="impact"),
        event("2026-10-25T02:50:00+02:00", "milestone: detected", kind="detection"),
        event("2026-10-25T02:05:00+01:00"),
        event("2026-10-25T02:20:00+01:00", "milestone: mitigated", kind="recovery"),
    ]
    assert found(night + timeline(*told)) == []
    (gap,) = found(night + timeline(told[0], told[1], told[3]), "timeline-gap")
    assert "30 min" in gap.message


def test_a_leap_second_is_a_time_like_any_other() -> None:
    night = windows(("2016-12-31T23:59:60Z", "2017-01-01T00:10:00Z"))
    told = [
        event("2016-12-31T23:59:60Z", kind="impact", name="E1"),
        event("2017-01-01T00:00:00Z", "milestone: detected", kind="detection", name="E2"),
    ]
    assert found(night + timeline(*told)) == []


# The beginning, and facts told twice


def test_a_timeline_may_begin_with_the_detection_where_precision_allows_it() -> None:
    told = timeline(event("13:59:00", "milestone: detected", kind="detection"))
    close = timeline(event("13:59:00", "milestone: detected, precision: PT3M", kind="detection"))
    assert found(told, "timeline-starts-at-detection")
    assert found(close, "timeline-starts-at-detection") == []
    assert found(told, "timeline-starts-at-detection", status="draft") == []


def test_what_stands_beside_the_detection_counts_as_told() -> None:
    told = timeline(event("14:05:00", kind="impact"), event("14:05:00", "milestone: detected", kind="detection"))
    assert found(told, "timeline-starts-at-detection") == []


def sourced(at: str, system: str, more: str = "", name: str = "E1") -> str:
    return event(at, f"source: {{system: {system}, ref: R1}}{more}", kind="detection", name=name)


def test_one_second_is_one_second_in_every_offset() -> None:
    one = sourced("2026-07-14T14:03:07Z", "pagerduty")
    assert found(timeline(one, sourced("2026-07-14T16:03:07.250+02:00", "slack", name="E2")), "same-second-two-sources")
    coarse = sourced("2026-07-14T14:03:07Z", "slack", ", precision: PT1M", name="E2")
    assert found(timeline(one, coarse), "same-second-two-sources") == []
    apart = [
        sourced("2026-07-14T14:03:07Z", system, f", milestone: {milestone}", name=name)
        for system, milestone, name in (("cloudwatch", "detected", "E1"), ("pagerduty", "paged", "E2"))
    ]
    assert found(timeline(*apart), "same-second-two-sources") == []


def test_drafts_hear_of_impossible_times_only() -> None:
    fields = windows(("10:00:00", "11:00:00"), ("12:00:00", "")) + timeline(
        event("10:30:00", "milestone: detected", kind="detection"),
        event("2026-07-20T11:00:00Z", "milestone: resolved", kind="recovery"),
        event("2024-07-20T11:00:00Z", kind="action"),
        event("2062-07-20T11:00:00Z", kind="change"),
    )
    assert {one.rule for one in found(fields, status="draft")} == {"future-time"}
