"""Words before and behind a phrase that deny it, name it as a risk, guard against it or refuse it."""

from __future__ import annotations

import pytest

from coe.language.denial import is_denied, is_label, is_misreading, is_refused, is_risk


@pytest.mark.parametrize(
    ("before", "denied"),
    [
        ("this was not a", True),
        ("the button prevents", True),
        ("without a replica this was", False),
        ("this was a", False),
    ],
)
def test_denied(before: str, denied: bool) -> None:
    assert is_denied(before.split()) is denied


@pytest.mark.parametrize(
    ("before", "risk"),
    [
        ("this lowers the risk that someone", True),
        ("there is a chance of", True),
        ("it might appear that we", True),
        ("we took the risk , and", False),
        ("it appeared that we", False),
    ],
)
def test_a_risk_and_a_mere_look(before: str, risk: bool) -> None:
    assert is_risk(before.split()) is risk


@pytest.mark.parametrize(
    ("before", "guards"),
    [
        ("this should not be construed as having been caused by", True),
        ("it cannot be put down to", True),
        ("we do not blame tools or", True),
        ("this should be understood as", False),
        ("the alarm was not heard", False),
    ],
)
def test_a_guard_against_a_reading(before: str, guards: bool) -> None:
    assert is_misreading(before.split()) is guards


def test_a_label_is_spoken_of_and_a_saying_tells() -> None:
    assert is_label(["calling", "it"])
    assert is_label(["we", "asked", "whether"])
    assert not is_label(["the", "board", "said", "that"])


def test_advice_is_refused_where_it_does_not_help() -> None:
    assert is_refused(["is", "not", "a", "fix", "."])
    assert is_refused(["does", "not", "scale", "."])
    assert not is_refused([":", "the", "console", "does", "not", "ask", "."])
    assert not is_refused(["when", "the", "console", "asks", "."])
