"""Typed errors say what was found, what is allowed and where."""

from __future__ import annotations

import datetime as dt

import pytest

from coe.model.scalars import parse_duration, parse_timestamp
from coe.model.validate import Analysis, validate
from coe.parse.document import parse
from coe.read import decode

HEAD = """\
id: 2026-07-14-checkout
title: Checkout errors in Europe
kind: incident
status: draft
severity: SEV2
owner_team: payments
"""
IMPACT = "impact:\n  windows:\n    - id: I1\n      start: 2026-07-14T13:57:40Z\n"


def analysed(fields: str, *, newline: str = "\n") -> Analysis:
    text = f"---\n{fields}---\n\nBody.\n".replace("\n", newline)
    return validate(parse(decode("a.md", text.encode())), "coe")


def told(analysis: Analysis) -> list[tuple[str, int, int, str, str]]:
    places = analysis.document.source.lines
    return [
        (flaw.rule, *places.position(flaw.span.start)[:2], flaw.message, flaw.help or "")
        for flaw in (*analysis.document.flaws, *analysis.flaws)
    ]


def test_the_least_draft() -> None:
    analysis = analysed(HEAD + IMPACT)
    assert told(analysis) == []
    assert analysis.coe
    assert analysis.coe.impact
    assert analysis.coe.impact.windows[0].start == dt.datetime(2026, 7, 14, 13, 57, 40, tzinfo=dt.UTC)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("fields", "rule", "line", "column", "message", "help_text"),
    [
        ("severty: SEV2", "unknown-key", 8, 1, "`severty` is not a known field", "Did you mean `severity`?"),
        ("tags: {a: b}", "wrong-value", 8, 7, "`tags` must be a list, found fields", "tags: [connection-pool]"),
        (
            "tags: [Two Words]",
            "wrong-value",
            8,
            8,
            "`tags[0]` is `Two Words`; due is lower-case words joined by `-`",
            "- connection-pool",
        ),
        ("summary: [a]", "wrong-value", 8, 10, "`summary` must be text, found a list", "summary:"),
        ("visibility: secret", "wrong-value", 8, 13, "`visibility` is `secret`", "Allowed: public, internal, restricted."),
        ("published: 2026-02-30", "wrong-value", 8, 12, "`2026-02-30` does not exist", "published: 2026-07-24"),
        ("published: 24.7.2026", "wrong-value", 8, 12, "not a day written YYYY-MM-DD", "published: 2026-07-24"),
        ("created:", "empty-value", 8, 1, "`created` has no value", "delete the key"),
        (
            "detection: {expected_within: 5m, method: canary}",
            "wrong-value",
            8,
            30,
            "ISO 8601 duration",
            "expected_within: PT5M",
        ),
        ("detection: {method: alarm}", "wrong-value", 8, 21, "`detection.method` is `alarm`", "metric_alarm"),
        ("detection: {}", "missing-field", 8, 1, "`method` is missing", "Add `method: canary`"),
        ("trigger: {type: config, automated: yes}", "wrong-value", 8, 36, "neither `true` nor `false`", "automated: true"),
        ("root_causes:\n  - id: 1", "wrong-value", 9, 9, "`root_causes[0].id` is `1`; due is a letter", "id: C1"),
    ],
)
def test_flaws(newline: str, fields: str, rule: str, line: int, column: int, message: str, help_text: str) -> None:
    found = told(analysed(f"{HEAD}{fields}\n{IMPACT}", newline=newline))
    match = [one for one in found if one[:3] == (rule, line, column)]
    assert match, found
    assert message in match[0][3]
    assert help_text in match[0][4]


def test_a_slip_in_a_name_is_told_once() -> None:
    found = told(analysed(HEAD.replace("owner_team", "ownerteam") + IMPACT))
    assert [(one[0], one[1]) for one in found] == [("unknown-key", 7)]


def test_several_flaws_are_told_together() -> None:
    found = told(analysed(HEAD.replace("SEV2", "high") + IMPACT.replace("Z", "") + "timeline: none\n"))
    assert [one[0] for one in found] == ["wrong-value", "naive-time", "wrong-value"]


def test_own_fields_are_kept_at_every_depth() -> None:
    analysis = analysed(HEAD + "x-cost: {center: 812}\n" + IMPACT + "      x-note: seen by the canary\n")
    assert told(analysis) == []
    assert analysis.coe
    assert analysis.coe.model_extra == {"x-cost": {"center": "812"}}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-07-14T13:57:40Z", dt.datetime(2026, 7, 14, 13, 57, 40, tzinfo=dt.UTC)),
        ("2026-07-14t13:57:40.123456789z", dt.datetime(2026, 7, 14, 13, 57, 40, 123456, tzinfo=dt.UTC)),
        ("2026-07-14 15:57+02:00", dt.datetime(2026, 7, 14, 13, 57, tzinfo=dt.UTC)),
        ("2026-07-14T19:27:40+0530", dt.datetime(2026, 7, 14, 13, 57, 40, tzinfo=dt.UTC)),
        ("2016-12-31T23:59:60Z", dt.datetime(2016, 12, 31, 23, 59, 59, 999999, tzinfo=dt.UTC)),
    ],
)
def test_times(text: str, expected: dt.datetime) -> None:
    assert parse_timestamp(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-07-14T25:00:00Z",
        "2026-07-14T10:00:00+99:99",
    ],
)
def test_times_that_do_not_exist(text: str) -> None:
    found = told(analysed(HEAD + IMPACT.replace("2026-07-14T13:57:40Z", text)))
    assert [one[0] for one in found] == ["wrong-value"]
    assert text in found[0][3]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (HEAD + IMPACT + "created: {}-08-03\n", "`created`: `{}-08-03` is not a day written YYYY-MM-DD"),
        (HEAD + IMPACT.replace("2026", "{}"), "`impact.windows[0].start`: `{}-07-14T13:57:40Z` is not a time"),
        (HEAD + IMPACT + "  support_contacts: {}\n", "`impact.support_contacts`: `{}` is not a whole number from 0 up"),
        (
            HEAD.replace("2026", "{}") + IMPACT,
            "`id` is `{}-07-14-checkout`; due is the date of the event and lower-case words, joined by `-`",
        ),
    ],
)
def test_digits_of_other_scripts_are_no_digits(fields: str, message: str) -> None:
    year = "2026".translate({ord("0") + number: chr(0x0660 + number) for number in range(10)})
    assert [one[3] for one in told(analysed(fields.format(year)))] == [message.format(year)]


def test_durations() -> None:
    assert parse_duration("P1DT2H3M4S") == dt.timedelta(days=1, hours=2, minutes=3, seconds=4)
    assert parse_duration("P2W") == dt.timedelta(weeks=2)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("2026-13-40-checkout", "`2026-13-40` does not exist: a month is 01 to 12"),
        ("2026-02-30-checkout", "February 2026 has 28 days"),
    ],
)
def test_the_id_of_a_coe_begins_with_a_day_that_exists(name: str, words: str) -> None:
    [(rule, _, _, message, _)] = told(analysed(HEAD.replace("2026-07-14-checkout", name) + IMPACT))
    assert rule == "wrong-value"
    assert words in message
