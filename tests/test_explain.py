"""`coe rules`, `coe explain` and the page that all readers of a rule share."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib

import pytest

from coe.config import Config
from coe.explain import page, safeties, table
from coe.parse.document import parse
from coe.read import Source
from coe.rule import Bad, Rule, all_rules


def coe(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "coe", *arguments], check=False, capture_output=True, text=True, encoding="utf-8"
    )


def fences(markdown: str, language: str) -> list[str]:
    return [body for _, body in re.findall(rf"^(`{{3,}}){language}\n(.*?)\n\1$", markdown, re.MULTILINE | re.DOTALL)]


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.name)
def test_page(rule: Rule) -> None:
    text = page(rule)
    assert text.startswith(f"# {rule.name}\n")
    assert rule.code in text.splitlines()[2]
    assert rule.summary in text
    bad = [shown for shown in rule.examples if isinstance(shown, Bad)]
    for shown in bad:
        assert shown.text.rstrip() in text
    said = fences(text, "text")
    assert len(said) == len(bad), "every bad example shows what is said of it"
    assert all(re.match(r"(error|warning|note): ", one) for one in said)
    for config in fences(text, "toml"):
        Config.model_validate(tomllib.loads(config))


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.name)
def test_page_itself_allows_nothing_by_showing_how(rule: Rule) -> None:
    assert parse(Source(f"{rule.name}.md", page(rule))).allowances == ()


def test_table_has_every_rule_once() -> None:
    text = table(all_rules())
    assert [text.count(f"[{rule.name}]({rule.name}.md)") for rule in all_rules()] == [1] * len(all_rules())


@pytest.mark.parametrize("word", ["naive-time", "FRM008", "frm008", "NAIVE-TIME"])
def test_explain_takes_name_and_code(word: str) -> None:
    run = coe("explain", word)
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.startswith("naive-time\n")
    assert "«2026-07-14T13:57:40»" in run.stdout
    assert "<!-- coe: allow naive-time: the reason -->" in run.stdout
    assert "```" not in run.stdout
    assert "\x1b" not in run.stdout


def test_explain_in_colour() -> None:
    run = coe("explain", "naive-time", "--color", "always")
    assert run.stdout.startswith("\x1b[1mnaive-time\x1b[0m\n")
    assert re.sub(r"\x1b\[[0-9;]*m", "", run.stdout) == coe("explain", "naive-time").stdout


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("naiv-time", "Did you mean `naive-time`?"),
        ("form", "is a family"),
        ("qqqqqq", "`coe rules` lists them"),
        ("", "no rule ``"),
    ],
)
def test_explain_unknown(word: str, said: str) -> None:
    run = coe("explain", word)
    assert (run.returncode, run.stdout) == (2, "")
    assert said in run.stderr


def test_rules_as_text_json_and_markdown() -> None:
    lines = coe("rules").stdout.splitlines()
    assert [line.split()[:2] for line in lines] == [[rule.code, rule.name] for rule in all_rules()]
    data = json.loads(coe("rules", "--format", "json").stdout)
    assert data["version"] == 1
    assert [set(one) for one in data["rules"]] == [
        {"name", "code", "family", "severity", "summary", "explanation", "fixes", "url"} for _ in all_rules()
    ]
    markdown = coe("rules", "--format", "markdown").stdout
    assert all(f"/rules/{rule.name}/)" in markdown for rule in all_rules())


def test_safeties_are_those_of_the_examples() -> None:
    known = {"safe", "unsafe", "suggestion"}
    for rule in all_rules():
        assert set(safeties(rule)) <= known
        mended = any(isinstance(shown, Bad) and shown.fixed is not None for shown in rule.examples)
        assert not mended or safeties(rule)


def test_one_rule_in_each_format() -> None:
    [rule] = [one for one in all_rules() if one.name == "counterfactual"]
    assert coe("explain", "LNG103", "--format", "markdown").stdout == page(rule)
    told = json.loads(coe("explain", "counterfactual", "--format", "json").stdout)
    listed = {one["name"]: one for one in json.loads(coe("rules", "--format", "json").stdout)["rules"]}
    assert told == {"version": 1, "rule": {**listed["counterfactual"], "page": page(rule)}}
    assert coe("explain", "counterfactual", "--format", "yaml").returncode == 2
