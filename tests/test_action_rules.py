"""What the examples of the rules on action items cannot show: business days, policies, chains of moves, minutes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coe.check import check
from coe.config import Config, Repository, Review
from coe.corpus import Corpus, analyse
from coe.diagnostic import Diagnostic, Severity
from coe.policy import Policy
from coe.read import Source
from coe.rule import all_rules
from coe.rules.action.days import last_day

ROOT = Path("/repository")
HEAD = "id: 2026-07-14-checkout\ntitle: Checkout errors in Europe\nkind: incident\nowner_team: payments\n"
ITEM = {"id": "A1", "title": "Bound connections per tenant in the pool", "type": "prevent", "status": "open"}


def item(**fields: str) -> str:
    """Return an action item as flow YAML."""
    return "action_items:\n  - {" + ", ".join(f"{key}: {value}" for key, value in {**ITEM, **fields}.items()) + "}\n"


def found(
    rule: str,
    fields: str,
    *,
    severity: str = "SEV2",
    status: str = "in_review",
    start: str = "2026-07-14T14:00:00Z",
    config: Config | None = None,
) -> list[Diagnostic]:
    window = f"impact: {{windows: [{{id: I1, start: {start}}}]}}\n"
    text = f"---\n{HEAD}severity: {severity}\nstatus: {status}\n{window}{fields}---\n\nThe pool ran dry.\n"
    return seen(rule, "coes/2026/2026-07-14-checkout.md", text, config)


def seen(rule: str, path: str, text: str, config: Config | None = None) -> list[Diagnostic]:
    repository = Repository(ROOT, config or Config())
    analysis = analyse(Source(path, text, ROOT / path), repository)
    assert analysis.flaws == (), "the text must be valid but for what the rule is about"
    chosen = tuple(one for one in all_rules() if one.name == rule)
    assert len(chosen) == 1
    return check(Corpus(repository, (analysis,)), [analysis], chosen)


def in_minutes(rule: str, fields: str) -> list[Diagnostic]:
    head = "week: 2026-W30\ndate: 2026-07-24\nfacilitator: role:review-facilitator\n"
    return seen(rule, "reviews/2026-W30.md", f"---\n{head}{fields}---\n\nThe meeting.\n")


# Due dates and the policy


@pytest.mark.parametrize(
    ("start", "days", "expected"),
    [
        ("2026-07-14", 1, "2026-07-15"),  # a Tuesday
        ("2026-07-14", 4, "2026-07-20"),
        ("2026-07-14", 5, "2026-07-21"),
        ("2026-07-17", 1, "2026-07-20"),  # a Friday
        ("2026-07-18", 1, "2026-07-20"),  # a Saturday
        ("2026-07-19", 5, "2026-07-24"),  # a Sunday
        ("2026-07-14", 28, "2026-08-21"),
    ],
)
def test_business_days(start: str, days: int, expected: str) -> None:
    assert last_day(dt.date.fromisoformat(start), days, business_days=True) == dt.date.fromisoformat(expected)


@given(st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1)), st.integers(1, 400))
def test_business_days_as_counted_one_by_one(start: dt.date, days: int) -> None:
    day, left = start, days
    while left:
        day += dt.timedelta(days=1)
        left -= day.weekday() < 5
    assert last_day(start, days, business_days=True) == day


def test_a_deadline_stays_in_the_calendar() -> None:
    assert last_day(dt.date.max, 3650, business_days=True) == dt.date.max
    assert last_day(dt.date.max, 3650, business_days=False) == dt.date.max


@pytest.mark.parametrize(
    ("policy", "severity", "late"),
    [
        ({"SEV1": 7, "SEV2": 28}, "SEV2", False),
        ({"SEV1": 7, "SEV2": 28}, "SEV1", True),
        ({"SEV1": 7}, "SEV2", False),
    ],
)
def test_the_policy_is_by_severity(policy: dict[str, int], severity: str, late: bool) -> None:
    config = Config(policy=Policy.model_validate({"due-days": policy}))
    fields = item(priority="P1", due="2026-07-22")
    assert [one.field for one in found("due-date-late", fields, severity=severity, config=config)] == (
        ["action_items[0].due"] if late else []
    )


@pytest.mark.parametrize("due", ["2026-07-20", "2026-07-21"])
def test_business_days_give_the_weekend_back(due: str) -> None:
    fields = item(priority="P0", due=due)
    days = {"due-days": {"SEV2": 5}}
    assert found("due-date-late", fields, config=Config(policy=Policy.model_validate(days)))
    business = Config(policy=Policy.model_validate({**days, "business-days": True}))
    assert not found("due-date-late", fields, config=business)


def test_the_day_of_the_impact_is_that_of_the_review() -> None:
    """At 23:30 UTC the next day has begun in Berlin, so the deadline is a day later."""
    policy = Policy.model_validate({"due-days": {"SEV2": 1}})
    fields, start = item(priority="P1", due="2026-07-16"), "2026-07-14T23:30:00Z"
    assert found("due-date-late", fields, start=start, config=Config(policy=policy))
    berlin = Config(policy=policy, review=Review(timezone="Europe/Berlin"))
    assert not found("due-date-late", fields, start=start, config=berlin)


@pytest.mark.parametrize("state", ["done", "verified", "wont_do"])
def test_finished_work_is_not_late(state: str) -> None:
    assert not found("due-date-late", item(priority="P0", due="2027-07-16", status=state))
    assert not found("due-date-late", item(priority="P0", due="2027-07-16"), status="draft")


# Moves


def moves(*pairs: tuple[str, str]) -> str:
    return "[" + ", ".join(f"{{from: 2026-{a}, to: 2026-{b}, reason: The freeze.}}" for a, b in pairs) + "]"


@pytest.mark.parametrize(
    ("due", "extensions", "expected"),
    [
        ("2026-10-01", moves(("08-01", "09-01"), ("09-01", "10-01")), []),
        ("2026-10-01", moves(("08-01", "09-01"), ("09-02", "10-01")), [("extensions[1].from", Severity.ERROR)]),
        ("2026-09-01", moves(("08-01", "09-01"), ("09-01", "10-01")), [("due", Severity.ERROR)]),
        ("2026-08-01", moves(("09-01", "08-01")), [("extensions[0].to", Severity.WARNING)]),
        (None, moves(("08-01", "09-01")), [("extensions[0].to", Severity.ERROR)]),
    ],
)
def test_chains_of_moves(due: str | None, extensions: str, expected: list[tuple[str, Severity]]) -> None:
    fields = item(extensions=extensions, **({"due": due} if due else {}))
    told = [((one.field or "").removeprefix("action_items[0]."), one.severity) for one in found("moved-due-date", fields)]
    assert told == expected


# States


def test_a_must_weighs_more_than_a_priority() -> None:
    closed = {
        commitment: [
            one.severity for one in found("open-must-in-closed", item(priority="P0", commitment=commitment), status="closed")
        ]
        for commitment in ("must", "should")
    }
    assert closed == {"must": [Severity.ERROR], "should": [Severity.WARNING]}
    assert not found("open-must-in-closed", item(priority="P2", commitment="should", status="blocked"), status="closed")


@pytest.mark.parametrize("status", ["draft", "superseded", "withdrawn"])
@pytest.mark.parametrize(
    ("rule", "fields"),
    [
        ("done-without-completed", item(status="done")),
        ("completed-open", item(completed="2026-08-01")),
        ("only-soft-actions", item(type="process")),
        ("vague-action-title", item(title="Improve monitoring")),
        ("success-criteria-missing", item(priority="P0")),
    ],
)
def test_nobody_waits_for_these(status: str, rule: str, fields: str) -> None:
    assert not found(rule, fields, status=status)
    assert found(rule, fields, status="published")


def test_minutes_have_action_items_too() -> None:
    assert in_minutes("done-without-completed", item(status="done"))
    assert in_minutes("vague-action-title", item(title="Improve alerting"))
    assert in_minutes("date-order", item(created="2026-07-24", due="2026-07-20"))


@pytest.mark.parametrize("status", ["verified", "wont_do"])
def test_criteria_are_late_when_it_is_over(status: str) -> None:
    assert not found("success-criteria-missing", item(priority="P0", status=status), status="published")


# Titles


@pytest.mark.parametrize(
    ("title", "vague"),
    [
        ("Improve monitoring", True),
        ("Improve the monitoring and alerting.", True),
        ("Add more tests", True),
        ("Review our processes", True),
        ("Look into the retry storm", True),
        ("Consider a second pool", True),
        ("Improve monitoring of free connections", False),
        ("Add tests for the failover of the pool", False),
        ("Improve documentation and runbooks of the replication", False),
        ("Alarm on free connections below 10 %", False),
        ("Considerably raise the capacity of the pool", False),
        ("Test the restore every week", False),
    ],
)
def test_titles(title: str, vague: bool) -> None:
    assert bool(found("vague-action-title", item(title=title, due="2026-08-01"))) is vague
    assert not found("vague-action-title", item(title=title, status="done"))


# Order of days


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (item(created="2026-07-16", completed="2026-07-15", status="done"), Severity.ERROR),
        (item(created="2026-07-16", due="2026-07-15"), Severity.WARNING),
        (
            item(
                completed="2026-08-16",
                status="verified",
                verification="{at: 2026-08-02T10:00:00Z, by: payments, evidence: A drill.}",
            ),
            Severity.WARNING,
        ),
        ("created: 2026-07-13\n", None),
        ("created: 2026-07-12\n", Severity.ERROR),
        ("published: 2025-07-20\n", Severity.ERROR),
        ("created: 2026-07-16\npublished: 2026-07-15\n", Severity.ERROR),
        ("created: 0001-01-01\n", Severity.ERROR),
    ],
)
def test_order_of_days(fields: str, expected: Severity | None) -> None:
    assert [one.severity for one in found("date-order", fields)] == ([expected] if expected else [])
