"""The formats that others read: each is judged by its schema, or by a library that reads it."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import xmlschema
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from junitparser import Failure, JUnitXml, TestSuite
from test_cli_check import DRAFT, NAME, coe
from test_flawed import FLAWED
from test_reports import HOSTILE, finding, is_harmless, report, run

from coe.check import check
from coe.diagnostic import Diagnostic, Edit, Fix, Severity
from coe.example import example
from coe.fix import apply
from coe.read import Source
from coe.report import FORMATS
from coe.report.github import MOST
from coe.report.schema import report_schema_text
from coe.report.terminal import one_line, printable
from coe.rule import all_rules
from coe.text import Lines, Span

ROOT = Path(__file__).parent.parent
SCHEMAS = ROOT / "tests" / "schemas"
REPORT = Draft7Validator(json.loads(report_schema_text()))
LINE = Draft7Validator({**REPORT.schema, **REPORT.schema["definitions"]["diagnostic"]})
GITLAB = Draft7Validator(json.loads((SCHEMAS / "gitlab-code-quality.json").read_text("utf-8")))
REVIEWDOG = Draft7Validator(json.loads((SCHEMAS / "reviewdog.json").read_text("utf-8")))
JUNIT = xmlschema.XMLSchema(str(SCHEMAS / "junit-10.xsd"))


@pytest.fixture(scope="module")
def everything() -> list[Diagnostic]:
    """All that the examples of all rules make the rules say; their fingerprints are told apart as those of one run are."""
    found = []
    for rule in all_rules():
        for shown in rule.examples:
            made = example(rule, shown)
            found += check(made.corpus, [made.analysis], (rule,))
    return found


def fits(validator: Draft7Validator, data: Any) -> Any:
    assert [f"{error.json_path}: {error.message}" for error in validator.iter_errors(data)] == []
    return data


def hostile_finding(hostile: str) -> Diagnostic:
    text = f"key: {hostile} and more"
    return finding(
        text, Span(5, 5 + len(hostile)), message=f"`{hostile}` is not right", help=f"Not {hostile}.", field=f"x-{hostile}",
        source=Source(f"coes/{hostile}.md", text), fix=Fix("safe", (Edit(Span(0, 3), hostile),)),
    )  # fmt: skip


# --- JSON ---


def test_the_json_report_fits_its_schema(everything: list[Diagnostic]) -> None:
    Draft7Validator.check_schema(REPORT.schema)
    data = fits(REPORT, json.loads(report("json", *everything)))
    assert len(data["diagnostics"]) == len(everything) > 200
    fits(REPORT, json.loads(report("json")))
    for hostile in HOSTILE:
        fits(REPORT, json.loads(report("json", hostile_finding(hostile))))


@pytest.mark.parametrize("place", ["", "summary", "diagnostics.0", "diagnostics.0.range", "diagnostics.0.fix.edits.0"])
def test_the_schema_of_the_report_is_closed(place: str) -> None:
    data = json.loads(report("json", hostile_finding("x")))
    inner = data
    for key in filter(None, place.split(".")):
        inner = inner[int(key) if key.isdigit() else key]
    inner["more"] = 1
    assert list(REPORT.iter_errors(data))


@pytest.mark.parametrize("key", ["rule", "help", "path", "field", "range", "fix", "url", "fingerprint"])
def test_the_schema_of_the_report_asks_for_every_field(key: str) -> None:
    data = json.loads(report("json", finding("text")))
    del data["diagnostics"][0][key]
    assert list(REPORT.iter_errors(data))


def test_the_schema_of_the_report_is_described_with_examples_that_fit() -> None:
    definitions = REPORT.schema["definitions"]
    for name, owner in {"": REPORT.schema, "tool": REPORT.schema["properties"]["tool"], **definitions}.items():
        assert set(owner["required"]) == set(owner["properties"]), name
        assert owner["description"].endswith("."), name
        for key, field in owner["properties"].items():
            assert field["description"].endswith("."), f"{name}.{key}"
            for shown in field["examples"]:
                fits(Draft7Validator({**field, "definitions": definitions}), shown)


def test_the_schema_of_the_report_is_printed() -> None:
    done = coe("schema", "report", cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (ROOT / "schema/report.schema.json").read_text("utf-8")
    listed = coe("schema", cwd=ROOT).stdout.splitlines()
    assert any(line.startswith("report   What `coe check --output-format json` prints") for line in listed)


def test_json_lines_are_the_diagnostics_of_the_report(everything: list[Diagnostic]) -> None:
    lines = report("json-lines", *everything).split("\n")
    assert lines.pop() == ""
    assert [fits(LINE, json.loads(line)) for line in lines] == json.loads(report("json", *everything))["diagnostics"]
    assert report("json-lines") == ""


@pytest.mark.parametrize("hostile", HOSTILE)
def test_json_lines_give_back_what_was_written(hostile: str) -> None:
    (line,) = report("json-lines", finding("text", message=hostile)).splitlines()
    assert json.loads(line)["message"] == hostile


# --- GitLab ---


def test_gitlab_shape_is_frozen() -> None:
    one = finding("one\ntwo\nthree\n", Span(4, 8), help="Write `2`.", severity=Severity.WARNING)
    assert fits(GITLAB, json.loads(report("gitlab", one))) == [
        {
            "description": "this is not right. Write `2`.",
            "check_name": "wrong-value",
            "fingerprint": "f" * 32,
            "severity": "minor",
            "location": {"path": "coes/2026/a.md", "lines": {"begin": 2, "end": 2}},
        }
    ]
    assert json.loads(report("gitlab")) == []


def test_gitlab_severities() -> None:
    found = [finding("text", severity=severity) for severity in Severity]
    assert [one["severity"] for one in json.loads(report("gitlab", *found))] == ["info", "minor", "major"]


def test_gitlab_fits_its_schema(everything: list[Diagnostic]) -> None:
    fits(GITLAB, json.loads(report("gitlab", *everything)))
    for hostile in HOSTILE:
        (one,) = fits(GITLAB, json.loads(report("gitlab", hostile_finding(hostile))))
        assert one["description"] == f"{one_line(f'`{hostile}` is not right')}. {one_line(f'Not {hostile}.')}"
        assert one["description"].isprintable()


def test_gitlab_drops_none_of_the_flawed_repository() -> None:
    found = json.loads(coe("check", ".", "--output-format", "gitlab", cwd=FLAWED).stdout)
    prints = [one["fingerprint"] for one in fits(GITLAB, found)]
    assert len(set(prints)) == len(prints) > 50


# --- JUnit ---


def suites(*found: Diagnostic) -> list[TestSuite]:
    text = report("junit", *found)
    assert [error.reason for error in JUNIT.iter_errors(ET.fromstring(text))] == []  # noqa: S314 (our own report)
    parsed = JUnitXml.fromstring(text.encode())
    assert (parsed.tests, parsed.failures, parsed.errors) == (
        max(len(found), 1), sum(one.severity > Severity.NOTE for one in found), 0,
    )  # fmt: skip
    return list(parsed)


def test_the_junit_schema_refuses_what_is_wrong() -> None:
    text = report("junit", finding("text")).replace("failure", "failed")
    assert list(JUNIT.iter_errors(ET.fromstring(text)))  # noqa: S314


def test_junit_has_a_suite_for_each_file_and_a_test_for_each_finding() -> None:
    other = Source("coes/2026/b.md", "text")
    note = finding("text", severity=Severity.NOTE, fingerprint="e" * 32, url="https://example.com/r")
    first, second = suites(finding("text", help="Write `it`."), note, finding("text", source=other))
    assert [(suite.name, suite.tests, suite.failures) for suite in (first, second)] == [
        ("coes/2026/a.md", 2, 1), ("coes/2026/b.md", 1, 1),
    ]  # fmt: skip
    failed, passed = first
    assert (failed.classname, failed.name) == ("coes/2026/a.md", "wrong-value (ffffffff)")
    (failure,) = failed.result
    assert isinstance(failure, Failure)
    assert (failure.type, failure.message) == ("error", "this is not right")
    assert failure.text == "coes/2026/a.md:1:1: error: this is not right [wrong-value]\nWrite `it`."
    assert passed.result == []
    assert passed.system_out == "coes/2026/a.md:1:1: note: this is not right [wrong-value]\nhttps://example.com/r"


def test_junit_without_findings_is_a_test_that_passes() -> None:
    ((case,),) = suites()
    assert (case.classname, case.name, case.result) == ("coe", "check", [])


def test_junit_of_every_rule(everything: list[Diagnostic]) -> None:
    assert sum(suite.tests for suite in suites(*everything)) == len(everything)


def test_junit_names_of_the_flawed_repository_are_all_different() -> None:
    text = coe("check", ".", "--output-format", "junit", cwd=FLAWED).stdout
    names = [(case.classname, case.name) for suite in JUnitXml.fromstring(text.encode()) for case in suite]
    assert len(set(names)) == len(names) > 50


@settings(max_examples=200, deadline=None)
@given(st.text(min_size=1) | st.sampled_from(HOSTILE))
def test_junit_is_xml_whatever_is_said(text: str) -> None:
    ((case,),) = suites(finding("text", message=text, help=text, source=Source(text, "text")))
    assert case.classname == one_line(text)
    assert case.result[0].message == one_line(text)


# --- reviewdog ---


def test_reviewdog_shape_is_frozen() -> None:
    text = "key: é🎉 välue\nnext\n"
    fix = Fix("safe", (Edit(Span(8, 13), "value"),))
    one = finding(text, Span(8, 13), fix=fix, help="Write `value`.", url="https://example.com/r")
    assert fits(REVIEWDOG, json.loads(report("rdjson", one))) == {
        "source": {"name": "coekit", "url": "https://coekit.github.io/coekit/"},
        "diagnostics": [
            {
                "message": "this is not right\n\nWrite `value`.",
                "location": {
                    "path": "coes/2026/a.md",
                    "range": {"start": {"line": 1, "column": 13}, "end": {"line": 1, "column": 19}},
                },
                "severity": "ERROR",
                "code": {"value": "wrong-value", "url": "https://example.com/r"},
                "suggestions": [{"range": {"start": {"line": 1}, "end": {"line": 1}}, "text": "key: é🎉 value"}],
            }
        ],
    }  # fmt: skip


def test_reviewdog_fits_its_schema(everything: list[Diagnostic]) -> None:
    data = fits(REVIEWDOG, json.loads(report("rdjson", *everything)))
    offered = [one for one in data["diagnostics"] if "suggestions" in one]
    assert len(offered) == sum(one.fix is not None for one in everything) > 5
    for hostile in HOSTILE:
        fits(REVIEWDOG, json.loads(report("rdjson", hostile_finding(hostile))))


def test_reviewdog_severities() -> None:
    found = [finding("text", severity=severity) for severity in Severity]
    data = json.loads(report("rdjson", *found))
    assert [one["severity"] for one in data["diagnostics"]] == ["INFO", "WARNING", "ERROR"]


def test_reviewdog_does_not_point_past_a_line_break() -> None:
    (one,) = json.loads(report("rdjson", finding("one\ntwo\n", Span(0, 4))))["diagnostics"]
    assert one["location"]["range"] == {"start": {"line": 1, "column": 1}, "end": {"line": 1, "column": 4}}


def taken(text: str, suggestion: dict[str, Any]) -> str:
    """Return the text after a reviewer took a suggestion: whole lines are replaced, or bytes where there are columns."""
    lines, start, end = Lines(text), suggestion["range"]["start"], suggestion["range"]["end"]
    first, last = lines.start(start["line"]), lines.start(end["line"])
    if "column" in start:
        first += len(lines.line(start["line"]).encode()[: start["column"] - 1].decode())
        last += len(lines.line(end["line"]).encode()[: end["column"] - 1].decode())
    else:
        # A suggestion of nothing deletes its lines with their breaks.
        last = last + len(lines.line(end["line"])) if suggestion["text"] else lines.start(end["line"] + 1)
    return text[:first] + suggestion["text"] + text[last:]


@settings(max_examples=300, deadline=None)
@given(
    st.text(st.sampled_from("ab é🎉\n\r"), max_size=40), st.lists(st.integers(0, 40), max_size=4), st.text("xy\n", max_size=4)
)
def test_a_suggestion_taken_is_the_fix_applied(text: str, places: list[int], new: str) -> None:
    at = sorted({min(place, len(text)) for place in places})
    assume(not any(text[place - 1 : place + 1] == "\r\n" for place in at))  # no fix takes a line break apart
    edits = tuple(Edit(Span(*pair), new) for pair in list(pairwise(at))[::2]) or (Edit(Span(0, 0), new),)
    one = finding(text, Span(0, 0), fix=Fix("safe", edits))
    (suggestion,) = json.loads(report("rdjson", one))["diagnostics"][0]["suggestions"]
    assert taken(text, suggestion) == apply(text, [one], frozenset({"safe"}))


def test_a_suggestion_of_an_empty_line_leaves_the_line() -> None:
    one = finding("one\ntwo\nthree\n", Span(4, 7), fix=Fix("safe", (Edit(Span(4, 7), ""),)))
    (suggestion,) = json.loads(report("rdjson", one))["diagnostics"][0]["suggestions"]
    assert suggestion == {"range": {"start": {"line": 2, "column": 1}, "end": {"line": 2, "column": 4}}, "text": ""}


@pytest.mark.parametrize("safety", ["safe", "unsafe", "suggestion"])
def test_reviewdog_carries_every_fix_because_a_person_takes_it(safety: Any) -> None:
    data = json.loads(report("rdjson", finding("a b", fix=Fix(safety, (Edit(Span(0, 1), "c"),)))))
    assert [one["text"] for one in data["diagnostics"][0]["suggestions"]] == ["c b"]


# --- For people ---


def test_grouped_shape_is_frozen() -> None:
    one, two = finding("text"), finding("text", Span(2, 4), severity=Severity.WARNING)
    three = finding("text", source=Source("coes/2026/b.md", "text"), severity=Severity.NOTE)
    assert report("grouped", one, two, three) == (
        "coes/2026/a.md:\n"
        "  1:1  error    this is not right [wrong-value]\n"
        "  1:3  warning  this is not right [wrong-value]\n"
        "\n"
        "coes/2026/b.md:\n"
        "  1:1  note  this is not right [wrong-value]\n"
        "\n"
        "3 files checked: 1 error, 1 warning, 1 note.\n"
    )
    assert report("grouped") == "3 files checked, nothing to report.\n"


SAID = {
    "safe": ("--fix mends it", " 1 can be mended by --fix."),
    "unsafe": ("--fix --unsafe-fixes mends it; read the result", " 1 can be mended by --fix --unsafe-fixes."),
    "suggestion": ("only suggested: `value` in place of `valu`", ""),
}


@pytest.mark.parametrize("safety", SAID)
def test_people_are_told_of_a_fix(safety: Any) -> None:
    one = finding("key: valu", Span(5, 9), fix=Fix(safety, (Edit(Span(5, 9), "value"),)))
    fix, promise = SAID[safety]
    full = report("full", one)
    assert f"\n  = fix: {fix}\n" in full
    assert full.endswith(f"3 files checked: 1 error.{promise}\n")
    assert report("github", one).split("::")[2].split("\n")[0] == f"this is not right%0AFix: {fix}."
    assert "fix:" not in report("full", finding("key: valu"))


def test_a_suggestion_of_nothing_is_told_in_words() -> None:
    one = finding("clearly wrong", fix=Fix("suggestion", (Edit(Span(0, 8), ""),)))
    assert "\n  = fix: only suggested: leave out `clearly`\n" in report("full", one)


def test_safe_and_unsafe_fixes_are_counted_apart() -> None:
    found = [finding("text", fix=Fix(safety, (Edit(Span(0, 1), "T"),))) for safety in ("safe", "safe", "unsafe")]
    assert report("grouped", *found).endswith(" 3 errors. 2 can be mended by --fix, 1 more with --unsafe-fixes.\n")


@pytest.mark.parametrize("hostile", HOSTILE)
def test_people_who_read_through_a_platform_see_no_hidden_character(hostile: str) -> None:
    one = hostile_finding(hostile)
    (sarif,) = json.loads(report("sarif", one))["runs"][0]["results"]
    (reviewdog,) = json.loads(report("rdjson", one))["diagnostics"]
    place = sarif["locations"][0]["logicalLocations"][0]["fullyQualifiedName"]
    fix = sarif["fixes"][0]["description"]["text"]
    shown = place + fix + sarif["message"]["text"] + reviewdog["message"] + reviewdog["location"]["path"]
    assert all(map(is_harmless, shown))


# --- The command ---


def test_every_format_is_an_option_and_the_other_way_round() -> None:
    from coe.cli.options import Format

    assert [name.value for name in Format] == list(FORMATS)


def test_no_format_but_those(tmp_path: Path) -> None:
    (tmp_path / "coe.toml").write_text("")
    done = coe("check", "--output-format", "xml", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "'json-lines'" in done.stderr


@pytest.mark.parametrize("name", FORMATS)
def test_formats_agree_about_the_flawed_repository(name: str) -> None:
    """Each format tells of each finding once, but for GitHub, which takes ten of a kind."""
    done = run(FLAWED, "check", ".", "--output-format", name)
    assert (done.returncode, done.stderr) == (1, b"")
    text = done.stdout.decode()
    marks = {
        "full": r"^ +--> ", "concise": r"\]$", "grouped": r"^  .*\]$", "json": '"fingerprint":', "json-lines": '"fingerprint":',
        "github": "^::", "gitlab": '"fingerprint":', "junit": "<testcase ", "sarif": '"coeFinding/v1":', "rdjson": '"message":',
        "markdown": r"\]\(<https://",
    }  # fmt: skip
    kinds = Counter(
        one["severity"] for one in json.loads(coe("check", ".", "--output-format", "json", cwd=FLAWED).stdout)["diagnostics"]
    )
    told = sum(min(count, MOST) for count in kinds.values()) if name == "github" else kinds.total()
    assert len(re.findall(marks[name], text, re.MULTILINE)) == told


# --- Fingerprints ---


def prints(repository: Path, text: str) -> list[str]:
    (repository / NAME).parent.mkdir(parents=True, exist_ok=True)
    (repository / "coe.toml").touch()
    (repository / NAME).write_text(text)
    found = json.loads(coe("check", "--output-format", "json", "--select", "form", cwd=repository).stdout)["diagnostics"]
    return [one["fingerprint"] for one in found]


FLAW = DRAFT.replace("draft", "done").replace("SEV2", "high").replace("2026-07-14T13", "13")


def test_a_fingerprint_stays_when_something_else_changes(tmp_path: Path) -> None:
    status, severity, start = before = prints(tmp_path, FLAW)
    assert len(set(before)) == 3
    assert (
        prints(tmp_path, FLAW.replace("title:", "summary: One more line.\ntitle:").replace("## What", "\n\n## What")) == before
    )
    assert prints(tmp_path, FLAW.replace("\n", "\r\n")) == before
    assert prints(tmp_path, FLAW.replace("done", "draft")) == [severity, start]
    assert prints(tmp_path, FLAW.replace("high", "low"))[::2] == [status, start]
    (tmp_path / "coe.toml").write_text('[lint.severity]\nwrong-value = "note"\n')
    assert prints(tmp_path, FLAW) == before


def test_a_fingerprint_stays_when_items_come_and_go_above_it(tmp_path: Path) -> None:
    events = "timeline:\n{}  - {{id: E1, at: yesterday, text: One}}\n  - {{id: E2, at: today, text: Two}}\n---\n"
    before = prints(tmp_path, DRAFT.replace("---\n\n", events.format("")))
    assert len(before) >= 2
    more = "  - {id: E0, at: 2026-07-14T13:50:00Z, type: note, text: Nought}\n"
    assert prints(tmp_path, DRAFT.replace("---\n\n", events.format(more))) == before


def test_equal_values_of_two_fields_have_names_of_their_own(tmp_path: Path) -> None:
    same = DRAFT.replace("SEV2", "wrong").replace("draft", "wrong")
    status, severity = prints(tmp_path, same)
    assert prints(tmp_path, same.replace("status: wrong", "status: draft")) == [severity]
    assert prints(tmp_path, same.replace("severity: wrong", "severity: SEV2")) == [status]


def test_a_fingerprint_stays_when_an_entry_is_added_above(tmp_path: Path) -> None:
    event = "  - {{id: {0}, at: {1}, type: note, text: The pool was empty.}}\n"
    late, new = event.format("E1", "2026-07-14 13:59"), event.format("E2", "2026-07-14T13:58:00Z")
    listed = DRAFT.replace("---\n\n", "timeline:\n{}---\n\n", 1)
    before = prints(tmp_path, listed.format(late))
    assert len(before) == 1
    assert prints(tmp_path, listed.format(new + late)) == before
    both = prints(tmp_path, listed.format(new.replace("58:00Z", "58") + late))
    assert len(set(both)) == 2
    assert both[1:] == before


def test_a_finding_names_its_field(tmp_path: Path) -> None:
    prints(tmp_path, FLAW.replace("title:", "titel:"))
    found = json.loads(coe("check", "--output-format", "json", "--select", "form", cwd=tmp_path).stdout)["diagnostics"]
    assert [one["field"] for one in found] == ["titel", "status", "severity", "impact.windows[0].start"]


def test_a_fingerprint_changes_with_what_was_found(tmp_path: Path) -> None:
    assert prints(tmp_path, FLAW)[1] != prints(tmp_path, FLAW.replace("high", "low"))[1]


def test_fingerprints_of_equals_in_two_files_differ(tmp_path: Path) -> None:
    prints(tmp_path, FLAW)
    (tmp_path / NAME.replace("checkout", "search")).write_text(FLAW)
    found = json.loads(coe("check", "--output-format", "json", cwd=tmp_path).stdout)["diagnostics"]
    assert len({one["fingerprint"] for one in found}) == len(found) >= 6


def test_paths_in_reports_are_shown_safely() -> None:
    source = Source("coes/\u202e.md", "text")
    assert json.loads(report("gitlab", finding("text", source=source)))[0]["location"]["path"] == printable(source.path)
