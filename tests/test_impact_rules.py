"""What the examples of the rules on impact and response cannot show: policies, several windows, durations in prose."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coe.check import check
from coe.config import Config, Repository
from coe.corpus import Corpus, analyse
from coe.diagnostic import Diagnostic, Severity
from coe.policy import Policy
from coe.read import Source
from coe.rule import all_rules
from coe.rules.impact.spoken import spoken

ROOT = Path("/repository")
HEAD = "id: 2026-07-14-checkout\nkind: {}\nseverity: {}\nowner_team: payments\n"
WINDOW = "impact: {windows: [{id: I1, start: 2026-07-14T14:00:00Z, end: 2026-07-14T14:47:00Z}]}\n"


def found(
    rule: str,
    fields: str,
    *,
    body: str = "The pool ran dry.",
    kind: str = "incident",
    severity: str = "SEV2",
    status: str = "in_review",
    policy: Policy | None = None,
) -> list[Diagnostic]:
    title = "" if "title:" in fields else "title: Checkout errors in Europe\n"
    impact = "" if "impact:" in fields else WINDOW
    text = f"---\n{HEAD.format(kind, severity)}status: {status}\n{title}{impact}{fields}---\n\n{body}\n"
    path = "coes/2026/2026-07-14-checkout.md"
    repository = Repository(ROOT, Config(policy=policy or Policy()))
    analysis = analyse(Source(path, text, ROOT / path), repository)
    assert analysis.flaws == (), "the text must be valid but for what the rule is about"
    chosen = tuple(one for one in all_rules() if one.name == rule)
    assert len(chosen) == 1
    return check(Corpus(repository, (analysis,)), [analysis], chosen)


def words(at: dict[str, str], state: str = "identified") -> str:
    return "communications:\n" + "".join(
        f"  - {{at: {moment}, channel: mail, audience: {audience}, state: {state}}}\n" for moment, audience in at.items()
    )


# Communication and the policy


@pytest.mark.parametrize(
    ("severity", "minutes", "late"),
    [("SEV1", {"SEV1": 10}, True), ("SEV1", {"SEV1": 20}, False), ("SEV1", {"SEV2": 10}, False), ("SEV4", {"SEV4": 19}, True)],
)
def test_first_communication_by_severity(severity: str, minutes: dict[str, int], late: bool) -> None:
    policy = Policy.model_validate({"first-communication-minutes": minutes})
    said = words({"2026-07-14T16:20:00+02:00": "affected", "2026-07-14T15:00:00Z": "public"})
    seen = found("first-communication-late", said, severity=severity, policy=policy)
    assert [one.field for one in seen] == (["communications[0].at"] if late else [])


def test_a_word_before_the_impact_is_early() -> None:
    assert not found("first-communication-late", words({"2026-07-14T09:00:00Z": "public"}))


LONG = "impact: {windows: [{id: I1, start: 2026-07-14T14:00:00Z, end: 2026-07-14T20:00:00Z}]}\n"
PAUSE = (
    "impact:\n  windows:\n    - {id: I1, start: 2026-07-14T14:00:00Z, end: 2026-07-14T15:00:00Z}\n"
    "    - {id: I2, start: 2026-07-14T14:30:00Z, end: 2026-07-14T15:30:00Z}\n"
    "    - {id: I3, start: 2026-07-14T19:00:00Z, end: 2026-07-14T19:20:00Z}\n"
)


def test_gaps_count_inside_the_impact_only() -> None:
    at = {"2026-07-14T14:00:00Z": "public", "2026-07-14T19:20:00Z": "public"}
    assert not found("communication-gap", PAUSE + words(at)), "1 h 50 min of it lie inside windows, whatever overlaps"
    policy = Policy.model_validate({"communication-cadence-minutes": {"SEV2": 109}})
    seen = found("communication-gap", PAUSE + words(at), policy=policy)
    assert [one.field for one in seen] == ["communications[1].at"]
    assert "1 h 50 min" in seen[0].message


def test_messages_to_others_do_not_end_a_silence() -> None:
    at = {"2026-07-14T14:00:00Z": "public", "2026-07-14T17:00:00Z": "executive", "2026-07-14T19:00:00Z": "affected"}
    assert [one.field for one in found("communication-gap", LONG + words(at))] == ["communications[2].at"]


def test_nothing_is_due_after_resolved() -> None:
    assert not found("communication-gap", LONG + words({"2026-07-14T14:30:00Z": "public"}, "resolved"))
    assert found("communication-gap", LONG + words({"2026-07-14T14:30:00Z": "public"}, "monitoring"))


def test_an_open_window_is_judged_up_to_the_last_message() -> None:
    still = "impact: {windows: [{id: I1, start: 2026-07-14T14:00:00Z}]}\n"
    assert not found("communication-gap", still + words({"2026-07-14T14:30:00Z": "public"}))
    at = {"2026-07-14T14:30:00Z": "public", "2026-07-14T17:30:00Z": "public"}
    assert [one.field for one in found("communication-gap", still + words(at))] == ["communications[1].at"]


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("Correction: only one region is affected.", True),
        ("This post corrects the list of regions.", True),
        ("Our previous update was inaccurate.", True),
        ("We are correcting the earlier statement about data.", True),
        ("A correction was deployed to all regions.", False),
        ("We have corrected the DNS records; answers are correct again.", False),
        ("The last update of the pool was wrong about its size.", False),
        ("The first release was wrong.", False),
    ],
)
def test_corrections_in_the_text(text: str, reported: bool) -> None:
    fields = "at: 2026-07-14T14:10:00Z, channel: mail, audience: public, state: identified"
    message = f"communications:\n  - {{{fields}, text: '{text}'}}\n"
    assert [one.severity for one in found("correction-without-target", message)] == [Severity.WARNING] * reported


# Figures


@pytest.mark.parametrize(
    ("figures", "fields"),
    [
        ("customers_affected: {count: 0, percent: 3, basis: measured}", ["impact.customers_affected.percent"]),
        ("requests_failed: {count: 5, percent: 0.0, basis: measured}", ["impact.requests_failed.percent"]),
        ("requests_failed: {count: 0, percent: 0, basis: measured}", []),
        ("financial: {min: 5, max: 5, currency: EUR}", []),
        ("blast_radius: {unit: cell, affected: 12, total: 12}", []),
        (
            "customers_affected: {count: 11, basis: measured}\n  blast_radius: {unit: Customers, total: 10}",
            ["impact.customers_affected.count"],
        ),
        ("customers_affected: {count: 11, basis: measured}\n  blast_radius: {unit: cell, affected: 1, total: 10}", []),
        ("customers_affected: {percent: 33, basis: estimated}\n  blast_radius: {unit: customer, affected: 1, total: 3}", []),
        ("blast_radius: {unit: customer, affected: 0, total: 0}\n  customers_affected: {percent: 3, basis: unknown}", []),
    ],
)
def test_figures(figures: str, fields: list[str]) -> None:
    impact = f"impact:\n  windows: [{{id: I1, start: 2026-07-14T14:00:00Z}}]\n  {figures}\n"
    assert [one.field for one in found("counts-contradict", impact)] == fields


def test_an_estimated_share_may_be_far_off() -> None:
    impact = (
        "impact:\n  windows: [{id: I1, start: 2026-07-14T14:00:00Z}]\n"
        "  blast_radius: {unit: customers, affected: 10, total: 100}\n  customers_affected: {percent: 20, basis: %s}\n"
    )
    severities = [found("counts-contradict", impact % basis)[0].severity for basis in ("measured", "estimated", "unknown")]
    assert severities == [Severity.ERROR, Severity.WARNING, Severity.WARNING]


def test_large_amounts_are_written_out() -> None:
    money = "financial: {min: 25000000, max: 1500, currency: EUR}"
    (one,) = found("counts-contradict", f"impact:\n  windows: [{{id: I1, start: 2026-07-14T14:00:00Z}}]\n  {money}\n")
    assert one.help == "Swap the two: `min: 1500` and `max: 25000000`."


def test_an_exercise_may_have_a_window() -> None:
    assert not found("near-miss-with-impact", "", kind="exercise")
    assert found("near-miss-with-impact", "", kind="near_miss")


@pytest.mark.parametrize(("precision", "reported"), [("PT2M", True), ("PT10M", False)])
def test_detection_within_the_precision(precision: str, reported: bool) -> None:
    fields = (
        "detection: {method: canary, expected_within: PT10M}\ntimeline:\n  - {id: E1, at: 2026-07-14T14:14:00Z, "
        f"precision: {precision}, type: detection, milestone: detected, text: The canary failed.}}\n"
    )
    assert bool(found("detection-slow", fields)) is reported


# Durations in prose


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("for 47 minutes", 47 * 60),
        ("two and a half hours", 9000),
        ("two hours and a half", 9000),
        ("half an hour", 1800),
        ("half a day", 43200),
        ("an hour", 3600),
        ("1.5 hours", 5400),
        ("a 47-minute outage", 47 * 60),
        ("24 hours and\n    11 minutes", 24 * 3600 + 660),
        ("1 h 05 min", 3900),
        ("2h", 7200),
        ("1,200 seconds", 1200),
        ("three days", 3 * 86400),
    ],
)
def test_spoken_durations(text: str, seconds: int) -> None:
    assert [one.length.total_seconds() for one in spoken(text)] == [seconds]


@pytest.mark.parametrize(
    "text", ["at 14:05 hours", "version 1.2 minor", "three customers", "v2 hosts", "an hourly job", "-5 minutes"]
)
def test_what_is_no_duration(text: str) -> None:
    assert not list(spoken(text))


@pytest.mark.parametrize(
    "title",
    [
        "Checkout was down for 47 minutes in Europe",
        "Checkout was down for about an hour in Europe",
        "Checkout was down for nearly 50 minutes in Europe",
        "Checkout was down for more than 40 minutes in Europe",
        "Checkout was down for up to two hours in Europe",
        "Status page was down for two hours after a release",
        "Some tenants were down for 5 minutes after a release",
        "Timeouts of 2 hours took checkout down in Europe",
    ],
)
def test_a_title_that_fits(title: str) -> None:
    assert not found("stated-duration", f"title: {title}\n")


@pytest.mark.parametrize(
    ("body", "marked"),
    [
        ("The outage lasted for two hours.", ["two hours"]),
        ("Customers were affected for over 3 hours.", ["3 hours"]),
        ("It was a 5-minute outage, and a 2 hour long outage.", ["5-minute", "2 hour"]),
        ("There were 3 hours of downtime.", ["3 hours"]),
        ("For six hours, checkouts failed with HTTP 503.", ["six hours"]),
        ("The team searched for two hours. The outage lasted 47 minutes.", []),
        ("For two hours the team saw failed checkouts.", []),
        ("An earlier outage lasted 3 hours. The outage in 2024 lasted 3 hours.", []),
        ("The replica was down for three hours.", []),
        ("The log said `outage lasted 3 hours` and “the outage lasted 3 hours”.", []),
        ("Without the bound the outage would have lasted 3 hours.", []),
    ],
)
def test_durations_of_the_narrative(body: str, marked: list[str]) -> None:
    seen = found("stated-duration", "", body=body)
    assert [one.source.text[slice(*one.span)] for one in seen] == marked


def test_a_sentence_full_of_durations_is_lowered_once(monkeypatch: pytest.MonkeyPatch) -> None:
    lowered: list[str] = []

    def lower(text: str) -> str:
        lowered.append(text)
        return text.lower()

    monkeypatch.setattr("coe.rules.impact.stated_duration.lowered", lower)
    assert found("stated-duration", "", body="The outage lasted 3 hours, " * 100)
    assert len(lowered) == 1


@pytest.mark.parametrize(
    ("stated", "reported"),
    [("10 minutes", False), ("20 minutes", False), ("30 minutes", False), ("60 minutes", False), ("90 minutes", True)],
)
def test_several_windows_each_count(stated: str, reported: bool) -> None:
    windows = (
        "impact:\n  windows:\n    - {id: I1, start: 2026-07-14T14:00:00Z, end: 2026-07-14T14:10:00Z}\n"
        "    - {id: I2, start: 2026-07-14T14:40:00Z, end: 2026-07-14T15:00:00Z}\n"
    )
    assert bool(found("stated-duration", windows, body=f"The outage lasted {stated}.")) is reported


def test_metrics_are_meant_too_and_open_windows_tell_nothing() -> None:
    recovered = (
        "timeline:\n  - {id: E1, at: 2026-07-14T17:00:00Z, type: recovery, milestone: recovered, text: The queue is empty.}\n"
    )
    body = "The outage lasted three hours."
    assert found("stated-duration", "", body=body)
    assert not found("stated-duration", recovered, body=body)
    assert not found("stated-duration", "impact: {windows: [{id: I1, start: 2026-07-14T14:00:00Z}]}\n", body=body)
    assert not found("stated-duration", "", body=body, status="draft")


@given(st.text(alphabet="1a2, .-hourminutes for\nhalfn", max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read(text: str) -> None:
    for one in spoken(text):
        assert 0 <= one.start < one.end <= len(text)
        assert one.length >= dt.timedelta()
        assert one.fits(one.length)
