"""Every rule finds exactly what its own examples mark, and its fixes make of them what they say."""

from __future__ import annotations

import pytest

from coe.check import check
from coe.diagnostic import Diagnostic
from coe.example import example, unmark, whole_text
from coe.fix import apply
from coe.rule import Bad, Good, Rule, all_rules
from coe.text import Span

CASES = [
    pytest.param(rule, shown, id=f"{rule.name}-{index}") for rule in all_rules() for index, shown in enumerate(rule.examples)
]


def findings(rule: Rule, shown: Good | Bad, text: str | None = None) -> tuple[list[Diagnostic], tuple[Span, ...], str]:
    made = example(rule, shown, text=text)
    found = [one for one in check(made.corpus, [made.analysis], (rule,)) if one.rule == rule.name]
    return found, made.marks, made.analysis.document.text


@pytest.mark.parametrize(("rule", "shown"), CASES)
def test_examples(rule: Rule, shown: Good | Bad) -> None:
    found, marks, text = findings(rule, shown)
    marked = sorted({text[start:end] for start, end in marks})
    assert sorted((one.span.start, one.span.end) for one in found) == sorted(marks), (
        f"marked {marked}, found {[(text[one.span.start : one.span.end], one.message) for one in found]}"
    )
    assert isinstance(shown, Good) is not bool(marks), "a Good text marks nothing, a Bad one marks what is found"


@pytest.mark.parametrize(("rule", "shown"), [case for case in CASES if getattr(case.values[1], "fixed", None) is not None])
def test_fixes(rule: Rule, shown: Bad) -> None:
    found, _, text = findings(rule, shown)
    new = apply(text, found, frozenset({"safe", "unsafe"}))
    assert new == unmark(whole_text(rule, shown.fixed or "")[1])[0]
    again, _, _ = findings(rule, shown, new)
    assert not [one for one in again if one.fix], "a second run must have nothing left to change"


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.name)
def test_shape(rule: Rule) -> None:
    assert rule.summary.endswith((".", "?")), "the docstring begins with a sentence"
    assert len(rule.summary) <= 200
    assert "Source: " in rule.explanation, "the docstring of the rule or of its family says where it comes from"
    assert any(isinstance(shown, Good) for shown in rule.examples)
    untestable = {"unreadable", "unused-allowance"}  # bytes, and a finding of the check itself: tested elsewhere
    assert rule.name in untestable or any(isinstance(shown, Bad) for shown in rule.examples)


def test_names_and_codes_are_unique() -> None:
    names = [rule.name for rule in all_rules()]
    codes = [rule.code for rule in all_rules()]
    assert len(set(names)) == len(names) > 10
    assert len(set(codes)) == len(codes)
