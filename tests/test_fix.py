"""Fixes never overlap, and are applied until nothing is left to change."""

from __future__ import annotations

import pytest

from coe.diagnostic import Diagnostic, Edit, Fix, Safety, Severity
from coe.fix import MAX_ROUNDS, apply, converge
from coe.read import Source
from coe.text import Span

TEXT = "abcdef"
SAFE: frozenset[Safety] = frozenset({"safe"})


def found(*edits: tuple[int, int, str], safety: Safety = "safe", rule: str = "rule", text: str = TEXT) -> Diagnostic:
    fix = Fix(safety, tuple(Edit(Span(start, end), new) for start, end, new in edits))
    return Diagnostic(rule, "TST101", Severity.WARNING, "message", Source("a.md", text), Span(0, 1), fix=fix)


@pytest.mark.parametrize(
    ("fixes", "expected"),
    [
        ([found((0, 3, "X")), found((2, 5, "Y"))], "Xdef"),
        ([found((2, 5, "Y")), found((0, 3, "X"))], "Xdef"),
        ([found((0, 6, "X")), found((2, 3, "Y"))], "X"),
        ([found((1, 2, "X")), found((1, 2, "Y"), rule="second")], "aXcdef"),
        ([found((3, 3, "X")), found((3, 3, "X"), rule="second")], "abcXdef"),
        ([found((0, 2, "X")), found((2, 4, "Y"))], "XYef"),
        ([found((0, 1, "X"), (4, 5, "X")), found((4, 6, "Y"))], "XbcdXf"),
        ([found((0, 1, "X"), safety="unsafe")], TEXT),
    ],
)
def test_of_two_fixes_that_overlap_the_first_is_taken(fixes: list[Diagnostic], expected: str) -> None:
    assert apply(TEXT, fixes, SAFE) == expected


def test_what_overlapped_is_fixed_in_the_next_round() -> None:
    def recheck(text: str) -> list[Diagnostic]:
        return [found((at, at + 2, "b"), text=text) for at in range(len(text) - 1) if text[at : at + 2] == "aa"]

    fixed = converge(Source("a.md", "aaaa"), recheck, SAFE)
    assert fixed is not None
    assert fixed.after == "bb"
    assert recheck(fixed.after) == []


def test_fixes_that_never_settle_come_to_an_end() -> None:
    rounds: list[str] = []

    def recheck(text: str) -> list[Diagnostic]:
        rounds.append(text)
        return [found((0, 0, "x"), text=text)]

    fixed = converge(Source("a.md", ""), recheck, SAFE)
    assert fixed is not None
    assert len(rounds) == MAX_ROUNDS
