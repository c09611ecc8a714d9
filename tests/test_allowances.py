"""Allowances: what they cover, in the body and in YAML, and what is said of those that are wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from test_cli_check import coe

from coe.check import check
from coe.config import Config, Repository
from coe.corpus import Corpus, analyse
from coe.diagnostic import Diagnostic
from coe.parse.allow import MAX_ALLOWANCES
from coe.read import Source
from coe.rule import all_rules

ROOT = Path("/repository")
PATH = "coes/2026/2026-07-14-checkout.md"
HEAD = """\
id: 2026-07-14-checkout
title: Checkout errors in Europe
kind: incident
status: in_review
severity: SEV2
owner_team: payments
impact: {windows: [{id: I1, start: 2026-07-14T14:00:00Z}]}
"""
RULES = frozenset(
    {"placeholder", "factor-without-action", "action-item-incomplete", "allowance-without-reason", "unknown-allowance"}
)


def found(body: str, fields: str = "", *, only: frozenset[str] = RULES | {"unused-allowance"}) -> list[Diagnostic]:
    repository = Repository(ROOT, Config())
    analysis = analyse(Source(PATH, f"---\n{HEAD}{fields}---\n\n{body}\n", ROOT / PATH), repository)
    assert analysis.flaws == ()
    return check(Corpus(repository, (analysis,)), [analysis], tuple(rule for rule in all_rules() if rule.name in only))


def names(body: str, fields: str = "") -> list[str]:
    return [one.rule for one in found(body, fields)]


def words(body: str, fields: str = "") -> list[str]:
    return [one.source.text[one.span.start : one.span.end] for one in found(body, fields)]


# In the body

ALLOW = "<!-- coe: allow placeholder: the word of the vendor -->"


@pytest.mark.parametrize(
    "body",
    [
        f"{ALLOW}\n\nThe share is TBD.",
        f"{ALLOW}\nThe share is TBD.",
        f"The share is TBD. {ALLOW}",
        f"The share {ALLOW}\nis TBD.",
        f"{ALLOW}\n\n## Of the share: TBD",
        f"{ALLOW}\n\n- the share: TBD\n- the rest: TBD",
        f"{ALLOW}\n\n| share |\n|---|\n| TBD |",
        "<!-- coe: allow STR104: the code of a rule is a name too -->\n\nThe share is TBD.",
        "<!--coe:allow placeholder:the word of the vendor-->\n\nThe share is TBD.",
        "<!-- coe: allow placeholder: a reason: with a colon,\n     and of two lines -->\n\nThe share is TBD.",
    ],
)
def test_the_next_block_is_covered(body: str) -> None:
    assert names(body) == []


def test_only_the_next_block_is_covered() -> None:
    assert names(f"{ALLOW}\n\nThe share is TBD.\n\nThe rest is TBD.") == ["placeholder"]
    assert names(f"The share is TBD.\n\n{ALLOW}\n\nThe rest is TBD.") == ["placeholder"]
    assert words(f"{ALLOW}\n\nThe share is TBD.\n\nThe rest is TODO.") == ["TODO"]


def test_only_the_rule_that_is_named_is_allowed() -> None:
    other = ALLOW.replace("placeholder", "factor-without-action")
    assert names(f"{other}\n\nThe share is TBD.") == ["unused-allowance", "placeholder"]


def test_a_whole_file() -> None:
    whole = ALLOW.replace("allow", "allow-file")
    body = f"The share is TBD.\n\nThe rest is TODO.\n\n{whole}"
    assert names(body, "summary: TODO\n") == []


@pytest.mark.parametrize(
    "shown",
    [
        f"```\n{ALLOW}\n```",
        f"    {ALLOW}",
        f"Write `{ALLOW}` above it.",
        f"```\n{ALLOW.replace('allow', 'allow-file')}\n```",
    ],
)
def test_an_allowance_that_is_shown_in_code_is_text(shown: str) -> None:
    assert names(f"{shown}\n\nThe share is TBD.") == ["placeholder"]


def test_an_opening_in_code_does_not_swallow_the_next_allowance() -> None:
    assert names(f"An allowance begins with `<!-- coe: allow`.\n\n{ALLOW}\n\nThe share is TBD.") == []


@pytest.mark.parametrize("broken", ["<!-- coe: allow placeholder: no end", "<!-- coe: permit placeholder: why -->"])
def test_what_is_no_allowance_allows_nothing(broken: str) -> None:
    assert "placeholder" in names(f"The share is TBD.\n\n{broken}")


# In YAML

CAUSE = "root_causes:\n  - id: C1\n    category: technical\n    statement: The pool has no bound.\n"
WHY = "# coe: allow factor-without-action: the sources name none"


def test_a_comment_on_its_own_line_covers_the_entry_below() -> None:
    assert names("Text.", CAUSE) == ["factor-without-action"]
    assert names("Text.", f"{WHY}\n{CAUSE}") == []
    assert names("Text.", CAUSE.replace("  - id: C1", f"  {WHY}\n  - id: C1")) == []
    assert names("Text.", f"{WHY}\n\n# another comment\n{CAUSE}") == []


def test_a_comment_on_its_own_line_covers_that_entry_alone() -> None:
    second = "  - id: C2\n    category: technical\n    statement: No alarm watches it.\n"
    fields = CAUSE.replace("  - id: C1", f"  {WHY}\n  - id: C1") + second
    assert words("Text.", fields) == ["id: C2"]
    fields = CAUSE + second.replace("  - id: C2", f"  {WHY}\n  - id: C2")
    assert words("Text.", fields) == ["id: C1"]
    assert names("Text.", f"{WHY}\n{CAUSE}{second}") == []
    assert names("Text.", f"{WHY}\ntags: [pool]\n{CAUSE}") == ["unused-allowance", "factor-without-action"]


def test_a_comment_behind_a_value_covers_its_line() -> None:
    assert names("Text.", CAUSE.replace("id: C1", f"id: C1 {WHY}")) == []
    assert names("Text.", CAUSE.replace("technical", f"technical {WHY}")) == ["factor-without-action", "unused-allowance"]


def test_a_whole_file_from_yaml() -> None:
    whole = WHY.replace("allow", "allow-file")
    assert names("Text.", f"{CAUSE}{whole}\n") == []
    assert names("The share is TBD.", f"{whole.replace('factor-without-action', 'placeholder')}\n") == []


@pytest.mark.parametrize(
    "fields",
    [
        "summary: 'Quoted # coe: allow placeholder: why'\nobservations: [{id: O1, text: TODO}]\n",
        "summary: >-\n  # coe: allow-file placeholder: why\n  is text here\nobservations: [{id: O1, text: TODO}]\n",
    ],
)
def test_an_allowance_inside_a_value_is_text(fields: str) -> None:
    assert names("Text.", fields) == ["placeholder"]


def test_yaml_of_windows() -> None:
    repository = Repository(ROOT, Config())
    text = f"---\n{HEAD}{WHY}\n{CAUSE}---\n\nThe share is TBD.\n\n{ALLOW}\n".replace("\n", "\r\n")
    analysis = analyse(Source(PATH, text, ROOT / PATH), repository)
    rules = tuple(rule for rule in all_rules() if rule.name in RULES)
    assert [one.rule for one in check(Corpus(repository, (analysis,)), [analysis], rules)] == ["placeholder"]
    assert [one.reason for one in analysis.document.allowances] == ["the sources name none", "the word of the vendor"]


# Allowances that are wrong


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- coe: allow placeholder -->",
        "<!-- coe: allow placeholder: -->",
        "<!-- coe: allow placeholder the colon is missing -->",
    ],
)
def test_without_a_reason_nothing_is_silenced(comment: str) -> None:
    assert names(f"{comment}\n\nThe share is TBD.") == ["allowance-without-reason", "placeholder"]


def test_without_a_reason_in_yaml() -> None:
    fields = CAUSE.replace("  - id: C1", "  # coe: allow factor-without-action\n  - id: C1")
    assert names("Text.", fields) == ["allowance-without-reason", "factor-without-action"]


def test_of_two_the_one_with_a_reason_silences() -> None:
    body = f"<!-- coe: allow placeholder -->\n{ALLOW.replace('allow', 'allow-file')}\n\nThe share is TBD."
    assert names(body) == ["allowance-without-reason"]


def test_several_allowances_above_one_block() -> None:
    other = "<!-- coe: allow empty-section: written next week -->"
    for between in ("\n", "\n\n"):
        body = f"{other}{between}{ALLOW}{between}<!-- a remark -->\n\n## The share: TBD"
        assert [one.rule for one in found(body, only=RULES | {"empty-section", "unused-allowance"})] == []


def test_an_unknown_rule() -> None:
    (one,) = found("<!-- coe: allow placeholdr: why -->\n\nText.")
    assert (one.rule, one.help) == ("unknown-allowance", "Did you mean `placeholder`?")


def test_an_allowance_that_allows_nothing() -> None:
    (one,) = found(f"{ALLOW}\n\nThe share is known.")
    assert one.rule == "unused-allowance"
    assert one.source.text[one.span.start : one.span.end] == ALLOW
    assert names("Text.", f"{WHY}\ntags: [pool]\n") == ["unused-allowance"]


def test_an_allowance_in_a_document_that_cannot_be_typed_waits_until_it_can(tmp_path: Path) -> None:
    """Rules about facts say nothing of it: the allowance would be deleted, and be missing once the other flaw is mended."""
    (tmp_path / "coe.toml").write_text("policy.require = []\n")
    (tmp_path / PATH).parent.mkdir(parents=True)
    text = f"---\n{HEAD}{WHY}\n{CAUSE}---\n\n<!-- coe: allow negligence: said so -->\nDone.\n"
    for severity, expected in (("SEV2", {"unused-allowance"}), ("high", {"wrong-value", "unused-allowance"})):
        (tmp_path / PATH).write_text(text.replace("SEV2", severity))
        for _ in range(2):  # the second time from what is kept
            run = coe(
                "check",
                "--select",
                "FRM,factor-without-action,negligence,unused-allowance",
                "--output-format",
                "json",
                cwd=tmp_path,
            )
            found = json.loads(run.stdout)["diagnostics"]
            assert {one["rule"] for one in found} == expected
            assert [one["message"] for one in found if one["rule"] == "unused-allowance"] == [
                "nothing here is reported by `negligence`"
            ]


def test_an_allowance_of_a_rule_that_did_not_run_is_not_unused() -> None:
    only = frozenset({"factor-without-action", "unused-allowance"})
    assert found(f"{ALLOW}\n\nThe share is known.", only=only) == []


def test_more_allowances_than_anybody_writes() -> None:
    body = f"{ALLOW}\n\nThe share is TBD.\n\n" * (MAX_ALLOWANCES + 1)
    assert names(body) == ["placeholder"]


def test_a_rule_that_is_off_hides_no_other(tmp_path: Path) -> None:
    """One sentence gives one finding, the gravest; among the rules that run."""
    (tmp_path / "notes.md").write_text("The careless engineer should have checked the flag.\n")

    def rules(*words: str) -> list[str]:
        report = json.loads(coe("lint", "notes.md", "--output-format", "json", *words, cwd=tmp_path).stdout)
        return [one["rule"] for one in report["diagnostics"]]

    assert rules() == ["judgement"]
    assert rules("--ignore", "judgement") == ["counterfactual"]
    assert rules("--select", "counterfactual") == ["counterfactual"]
    (tmp_path / "coe.toml").write_text('[[lint.per-file]]\npath = "notes.md"\nignore = ["judgement"]\n')
    assert rules() == ["counterfactual"]
