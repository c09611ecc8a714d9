"""Fixes never overlap, and are applied until nothing is left to change."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from coe.diagnostic import Diagnostic, Edit, Fix, Safety, Severity
from coe.fix import MAX_ROUNDS, Found, apply, converge
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
    def look(text: str) -> list[Diagnostic]:
        return [found((at, at + 2, "b"), text=text) for at in range(len(text) - 1) if text[at : at + 2] == "aa"]

    (fixed,) = converge([Source("a.md", "aaaa")], {0: look("aaaa")}, lambda texts: {0: look(texts[0])}, SAFE)
    assert fixed.after == "bb"
    assert look(fixed.after) == []


def test_fixes_that_never_settle_come_to_an_end() -> None:
    rounds: list[str] = []

    def recheck(texts: Mapping[int, str]) -> Found:
        rounds.append(texts[0])
        return {0: [found((0, 0, "x"), text=texts[0])]}

    (fixed,) = converge([Source("a.md", "")], {0: [found((0, 0, "x"), text="")]}, recheck, SAFE)
    assert rounds == ["x" * times for times in range(1, MAX_ROUNDS + 1)]
    assert fixed.after == rounds[-1]


def test_texts_are_looked_at_again_once_a_round_and_only_those_that_changed() -> None:
    rounds: list[dict[int, str]] = []

    def recheck(texts: Mapping[int, str]) -> Found:
        rounds.append(dict(texts))
        return {at: [found((0, 1, "c"), text=text)] if text == "b" else [] for at, text in texts.items()}

    sources = [Source(name, "a") for name in ("one.md", "two.md", "three.md")]
    first = {0: [found((0, 1, "b"), text="a")], 1: [found((0, 1, "c"), text="a")], 2: []}
    assert [one.after for one in converge(sources, first, recheck, SAFE)] == ["c", "c"]
    assert rounds == [{0: "b", 1: "c"}, {0: "c"}]
