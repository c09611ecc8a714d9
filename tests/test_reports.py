"""The reports: frozen shapes, and nothing that a document says takes over a terminal, a log or a viewer."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft4Validator

from coe.check import check
from coe.diagnostic import Diagnostic, Edit, Fix, Severity
from coe.example import example
from coe.read import Source
from coe.report import FORMATS, renderer
from coe.report.github import MOST
from coe.report.outcome import Look, Outcome
from coe.report.terminal import columns, printable, wrapped
from coe.rule import Bad, all_rules
from coe.text import Span

ROOT = Path(__file__).parent.parent
SARIF = Draft4Validator(json.loads((ROOT / "tests/schemas/sarif-2.1.0-rtm.5.json").read_text("utf-8")))
HOSTILE = [
    "\x1b[31mred\x1b[0m",
    "\x1b]0;title\x07",
    "\x9b31m",
    "::error file=x::forged",
    "line\n::error::forged",
    "line\r::warning::forged",
    "##[error]forged",
    "100%0A::error::forged",
    "a,title=forged:b",
    "\u202eright to left\u2066",
    "zero\u200bwidth\ufeff",
    "\u2028::error::forged",
    "\x00\x08\x7f",
    "\x85next",
    "tag\U000e0041",
    "\udcff",
    "[click](https://example.com/evil)",
    "[[click] here](https://example.com/evil)",
    "<script>alert(1)</script>",
    "{0} {{",
    "##[add-mask]a word",
    "x ##vso[task.setvariable variable=x]y",
    "##teamcity[testFailed name='x']",
    "::stop-commands::x",
    "a ::error::forged",
    "| cell | `code | more` |",
    "`@somebody` @somebody #1 !2 GH-3 www.example.com",
    "``` <b> &lt; ~~x~~ $`x`$",
    "]]> <![CDATA[ &amp; \"'",
    "\ufffe\uffff",
    "##`[error]`forged",
    "[bold red]markup[/] :boom:",
]
ANSI = re.compile(r"\x1b\[[0-9;]*m")


def finding(text: str, span: Span | None = None, **more: Any) -> Diagnostic:
    given = {
        "rule": "wrong-value", "code": "FRM007", "severity": Severity.ERROR, "message": "this is not right",
        "source": Source("coes/2026/a.md", text), "span": span or Span(0, len(text)), "fingerprint": "f" * 32, **more,
    }  # fmt: skip
    return Diagnostic(**given)


def report(name: str, *found: Diagnostic, width: int = 100, color: bool = False) -> str:
    return renderer(name)(Outcome(found, 3), Look(color=color, width=width))


TURNING = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
UNSEEN = set("\xad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff")


def is_harmless(char: str) -> bool:
    if char in UNSEEN or unicodedata.bidirectional(char) in TURNING:
        return False
    return char == "\n" or unicodedata.category(char) not in ("Cc", "Cs", "Zl", "Zp")


# --- Whatever a document says ---


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_stays_text(name: str, hostile: str) -> None:
    one = finding(
        f"key: {hostile} and more", Span(5, 5 + len(hostile)), message=f"`{hostile}` is not right", help=f"Not {hostile}.",
        source=Source(f"coes/{hostile}.md", f"key: {hostile} and more"), field=f"x-{hostile}",
        fix=Fix("safe", (Edit(Span(0, 3), hostile),)),
    )  # fmt: skip
    text = report(name, one)
    assert all(map(is_harmless, text)), [char for char in text if not is_harmless(char)]
    text.encode("utf-8")
    if name in ("json", "sarif"):
        assert json.loads(text)


RUNNER = {"error", "warning", "notice", "debug", "group", "endgroup", "add-mask", "add-matcher", "stop-commands", "echo"}


def obeyed(line: str) -> str | None:
    """Return the command that the runner of GitHub Actions finds in a line of a log, as its sources read lines."""
    if (v2 := re.match(r"\s*::([a-z-]+)(?: .*?)?::", line)) and v2[1] in RUNNER:
        return v2[1]
    v1 = re.search(r"##\[([a-z-]+)[^\]]*\]", line)
    return v1[1] if v1 and v1[1] in RUNNER else None


def test_a_runner_obeys_what_stands_in_no_report() -> None:
    assert [obeyed(line) for line in ("  ::error file=x::y", "x ##[warning]y", "x ::error::y", "::word::", "## [error]")] == [
        "error", "warning", None, None, None,
    ]  # fmt: skip


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("width", [40, 100])
@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_log_obeys_no_document(name: str, hostile: str, width: int) -> None:
    words = f"{hostile} and then {hostile} " * 6
    at = words.index("and")
    for place in (Span(at, at + 3), Span(0, 2), Span(0, 3), Span(2, 3), Span(3, 8)):
        one = finding(words, place, message=words, help=words, source=Source(f"{hostile}.md", words), field=words)
        lines = [line for line in report(name, one, width=width).split("\n") if not (name == "github" and line[:2] == "::")]
        assert [line for line in lines if obeyed(line) or re.search(r"##\w*\[", line)] == []


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_finding_is_one_line_in_the_concise_report(hostile: str) -> None:
    text = report("concise", finding("text", message=hostile, source=Source(hostile, "text")))
    assert len(text.splitlines()) == 1
    assert text.endswith(" [wrong-value]\n")


@settings(max_examples=300, deadline=None)
@given(st.text(), st.integers(0, 60), st.integers(0, 60), st.sampled_from([40, 80, 120]))
def test_any_text_and_any_span_is_shown(text: str, start: int, length: int, width: int) -> None:
    start = min(start, len(text))
    one = finding(text, Span(start, min(start + length, len(text))), message=text or "empty", help=text or None)
    for name in FORMATS:
        shown = report(name, one, width=width)
        assert all(map(is_harmless, shown))


# --- Frames ---


def frame(text: str, span: Span, width: int) -> tuple[str, str]:
    """Return what stands above the carets of a frame, and the whole line of text."""
    lines = report("full", finding(text, span), width=width).splitlines()
    (at,) = [index for index, line in enumerate(lines) if "^" in line]
    carets, line = lines[at], lines[at - 1]
    assert columns(line) <= width, "the frame is wider than the terminal"
    assert columns(carets) <= width
    first, last = carets.index("^"), carets.rindex("^") + 1
    assert set(carets[first:last]) == {"^"}
    above, column = "", 0
    for char in line:
        if first <= column < last or (above and columns(char) == 0 and column == last):
            above += char
        column += columns(char)
    return above, line


LONG = "word " * 60
FRAMES = {
    "plain": ("severity: high\n", "high"),
    "beginning of a long line": (f"START {LONG}", "START"),
    "middle of a long line": (f"{LONG}MIDDLE {LONG}", "MIDDLE"),
    "end of a long line": (f"{LONG}END", "END"),
    "wide characters": ("標題結帳服務在歐洲發生錯誤", "服務"),
    "a long line of wide characters": (f"{'漢字' * 60}目標{'漢字' * 60}", "目標"),
    "tabs before": ("\t\tkey: value", "value"),
    "marks": ("cafe\u0301 naïve e\u0301te\u0301 x", "e\u0301te\u0301"),
    "emoji": ("🎉🎉 party 🎉", "party"),
    "second line": ("first\nsecond line\n", "line"),
    "CRLF": ("first\r\nsecond line\r\n", "line"),
    "old Mac lines": ("first\rsecond line\r", "line"),
}


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("name", FRAMES)
def test_frame_underlines_the_span(name: str, width: int) -> None:
    text, marked = FRAMES[name]
    start = text.index(marked)
    above, _ = frame(text, Span(start, start + len(marked)), width)
    assert above == marked


@pytest.mark.parametrize("width", [40, 80, 120])
def test_escapes_are_underlined_in_full(width: int) -> None:
    above, _ = frame("a\x1b[31mred", Span(1, 6), width)
    assert above == "\\u001b[31m"


@pytest.mark.parametrize("width", [40, 80])
def test_a_span_longer_than_the_line_is_cut_and_says_so(width: int) -> None:
    text = "x" * 500
    above, line = frame(text, Span(0, 500), width)
    assert set(above) == {"x"}
    assert line.endswith("…")
    assert columns(line) >= width - 1


def test_a_short_line_is_shown_whole() -> None:
    _, line = frame("one two three four five six", Span(24, 27), 40)
    assert line == "1 | one two three four five six"


def test_a_line_of_marks_alone_ends() -> None:
    above, line = frame("x" + "\u0301" * 100_000 + "y", Span(0, 1), 40)
    assert above.startswith("x")
    assert len(line) < 1_000


def test_span_over_lines_is_underlined_to_the_end_of_its_first() -> None:
    above, line = frame("key: first line  \nsecond line\n", Span(5, 25), 80)
    assert above == "first line"
    assert "second" not in line


@pytest.mark.parametrize(("text", "span"), [("", Span(0, 0)), ("\n\n", Span(1, 1))])
def test_an_empty_place_has_no_frame(text: str, span: Span) -> None:
    shown = report("full", finding(text, span))
    assert "^" not in shown
    assert "-->" in shown


def test_place_at_the_end_of_a_line_is_marked() -> None:
    lines = report("full", finding("key:", Span(4, 4))).splitlines()
    assert lines[3:5] == ["1 | key:", "  |     ^"]


@pytest.mark.parametrize("width", [40, 80, 120])
def test_messages_keep_to_the_width(width: int) -> None:
    words = "the quick brown fox jumps over the lazy dog and 標題 結帳 too " * 4
    shown = report("full", finding("key: value", message=words, help=words), width=width)
    assert max(map(columns, shown.splitlines())) <= width
    assert words.split() == [word for line in shown.splitlines()[:10] for word in line.split()][1 : len(words.split()) + 1]


def test_wrapped_keeps_long_words_whole() -> None:
    link = "https://example.com/" + "x" * 80
    assert link in wrapped(f"see {link} for more", 40, "  ").splitlines()[1]


def test_columns() -> None:
    assert columns("abc") == 3
    assert columns("漢字") == 4
    assert columns("e\u0301") == 1
    assert columns("\u2764\ufe0f") == 1
    assert printable("a\tb\u202ec\U000e0041") == "a b\\u202ec\\U000e0041"


# --- JSON ---


def test_json_shape_is_frozen() -> None:
    source = Source("coes/a.md", "key: välue\nnext: 🎉 x\n")
    fix = Fix("safe", (Edit(Span(5, 10), "value"),))
    one = finding(
        source.text, Span(5, 10), source=source, help="Write it so.", field="key", fix=fix, url="https://example.com/r"
    )
    two = finding(source.text, Span(19, 20), source=source, severity=Severity.NOTE)
    data = json.loads(report("json", one, two))
    version = data["tool"].pop("version")
    assert re.fullmatch(r"\d+\.\d+\.\d+", version)
    place = {"start": {"line": 1, "column": 6, "offset": 5}, "end": {"line": 1, "column": 11, "offset": 10}}
    assert data == {
        "version": 1,
        "tool": {"name": "coekit"},
        "summary": {"files": 3, "errors": 1, "warnings": 0, "notes": 1, "fixable": 1},
        "diagnostics": [
            {
                "rule": "wrong-value", "code": "FRM007", "severity": "error", "message": "this is not right",
                "help": "Write it so.", "path": "coes/a.md", "field": "key", "range": place,
                "fix": {"safety": "safe", "edits": [{"range": place, "text": "value"}]},
                "url": "https://example.com/r", "fingerprint": "f" * 32,
            },
            {
                "rule": "wrong-value", "code": "FRM007", "severity": "note", "message": "this is not right",
                "help": None, "path": "coes/a.md", "field": None,
                "range": {"start": {"line": 2, "column": 9, "offset": 19}, "end": {"line": 2, "column": 10, "offset": 20}},
                "fix": None, "url": None, "fingerprint": "f" * 32,
            },
        ],
    }  # fmt: skip


@pytest.mark.parametrize("hostile", HOSTILE)
def test_json_gives_back_what_was_written(hostile: str) -> None:
    data = json.loads(report("json", finding("text", message=hostile)))
    assert data["diagnostics"][0]["message"] == hostile


# --- GitHub ---


def commands(text: str) -> list[tuple[str, dict[str, str], str]]:
    """Return the commands of a log as the runner reads them."""
    found = []
    for line in text.split("\n"):
        match = re.match(r"::(\w+)(?: (.*?))?::(.*)", line)
        if match:
            pairs = dict(pair.split("=", 1) for pair in match[2].split(","))
            found.append((match[1], {name: unquote(value) for name, value in pairs.items()}, unquote(match[3])))
    return found


@pytest.mark.parametrize("hostile", HOSTILE)
def test_github_runs_one_command_for_a_finding(hostile: str) -> None:
    one = finding("text", message=hostile, help=hostile, source=Source(f"{hostile}.md", "text"))
    text = report("github", one)
    ((kind, properties, message),) = commands(text)
    assert kind == "error"
    assert properties == {
        "file": printable(f"{hostile}.md"), "line": "1", "endLine": "1", "col": "1", "endColumn": "5",
        "title": "wrong-value (FRM007)",
    }  # fmt: skip
    shown = printable(" ".join(hostile.split()))
    assert message == f"{shown}\n{shown}"
    assert text.count("\n") == 2


def test_github_gives_lines_but_no_columns_to_a_span_over_lines() -> None:
    ((_, over, _),) = commands(report("github", finding("one\ntwo\nthree\n", Span(0, 6))))
    assert (over["line"], over["endLine"]) == ("1", "2")
    assert not {"col", "endColumn"} & set(over)
    ((_, whole, _),) = commands(report("github", finding("one\ntwo\nthree\n", Span(0, 4))))
    assert (whole["line"], whole["endLine"]) == ("1", "1")
    assert "col" not in whole


def test_github_shows_ten_of_each_kind_and_counts_the_rest() -> None:
    severities = [Severity.NOTE] * 12 + [Severity.ERROR] * 11 + [Severity.WARNING] * 3
    found = [finding("text", message=f"{index}", severity=severity) for index, severity in enumerate(severities)]
    text = report("github", *found)
    kinds = [kind for kind, _, _ in commands(text)]
    assert kinds == ["error"] * MOST + ["warning"] * 3 + ["notice"] * MOST
    assert "1 error, 2 notes more without an annotation" in text
    assert text.endswith("3 files checked: 11 errors, 3 warnings, 12 notes.\n")


def test_github_says_when_there_is_nothing() -> None:
    assert report("github") == "3 files checked, nothing to report.\n"


# --- SARIF ---


def sarif(*found: Diagnostic) -> dict[str, Any]:
    data = json.loads(report("sarif", *found))
    assert [f"{error.json_path}: {error.message}" for error in SARIF.iter_errors(data)] == []
    (run,) = data["runs"]
    result: dict[str, Any] = run
    return result


def test_the_schema_refuses_what_is_wrong() -> None:
    data = json.loads(report("sarif", finding("text")))
    data["runs"][0]["results"][0]["level"] = "fatal"
    assert list(SARIF.iter_errors(data))


def test_sarif_of_every_rule_is_valid() -> None:
    found = []
    for rule in all_rules():
        for shown in rule.examples:
            made = example(rule, shown)
            found += check(made.corpus, [made.analysis], (rule,))
    run = sarif(*found)
    rules = run["tool"]["driver"]["rules"]
    assert {rule["id"] for rule in rules} == {one.rule for one in found}
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    assert all(rule["help"]["markdown"].startswith(f"# {rule['id']}\n") for rule in rules)
    assert (
        len(run["results"]) == len(found) >= len([1 for rule in all_rules() for one in rule.examples if isinstance(one, Bad)])
    )


def test_sarif_counts_code_points() -> None:
    run = sarif(finding("a: 🎉🎉 x\r\nb: y\r\n", Span(6, 7)), finding("a: 🎉\r\nb: y\r\n", Span(9, 10)))
    regions = [result["locations"][0]["physicalLocation"]["region"] for result in run["results"]]
    assert run["columnKind"] == "unicodeCodePoints"
    assert regions[0] == {"startLine": 1, "startColumn": 7, "endLine": 1, "endColumn": 8}
    assert regions[1] == {"startLine": 2, "startColumn": 4, "endLine": 2, "endColumn": 5}


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("coes/2026/a b#c?.md", {"uri": "coes/2026/a%20b%23c%3F.md", "uriBaseId": "SRCROOT"}),
        ("a:b/é.md", {"uri": "a%3Ab/%C3%A9.md", "uriBaseId": "SRCROOT"}),
        ("100%.md", {"uri": "100%25.md", "uriBaseId": "SRCROOT"}),
        ("not-utf-8-\udcff.md", {"uri": "not-utf-8-%FF.md", "uriBaseId": "SRCROOT"}),
        ("/elsewhere/a b.md", {"uri": "file:///elsewhere/a%20b.md"}),
        ("C:/elsewhere/a.md", {"uri": "file:///C:/elsewhere/a.md"}),
    ],
)
def test_sarif_paths_are_uris(path: str, place: dict[str, str]) -> None:
    run = sarif(finding("text", source=Source(path, "text")))
    assert run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"] == place


@pytest.mark.parametrize(("safety", "count"), [("safe", 1), ("unsafe", 0), ("suggestion", 0)])
def test_sarif_offers_safe_fixes_only(safety: Any, count: int) -> None:
    run = sarif(finding("key: valu", Span(5, 9), fix=Fix(safety, (Edit(Span(5, 9), "value"),)), help="Write `value`."))
    fixes = run["results"][0].get("fixes", [])
    assert len(fixes) == count
    for fix in fixes:
        (change,) = fix["artifactChanges"]
        assert change["replacements"] == [
            {
                "deletedRegion": {"startLine": 1, "startColumn": 6, "endLine": 1, "endColumn": 10},
                "insertedContent": {"text": "value"},
            }
        ]


def test_sarif_keeps_fingerprint_field_and_level() -> None:
    (result,) = sarif(finding("text", field="impact.windows[0].start", severity=Severity.NOTE))["results"]
    assert result["partialFingerprints"] == {"coeFinding/v1": "f" * 32}
    assert result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == "impact.windows[0].start"
    assert result["level"] == "note"


def test_sarif_makes_no_link_of_what_a_document_says() -> None:
    (nested,) = sarif(finding("text", message="[[click] here](https://example.com/evil)"))["results"]
    assert nested["message"]["text"] == "\\[\\[click\\] here\\](https://example.com/evil)"
    (result,) = sarif(finding("text", message="`[click](https://example.com/evil)` in a[0]"))["results"]
    assert result["message"]["text"] == "`\\[click\\](https://example.com/evil)` in a\\[0\\]"
    (plain,) = sarif(finding("text", message="`windows[0].start` is due"))["results"]
    assert plain["message"]["text"] == "`windows[0].start` is due"


# --- The command ---

FLAWED = """\
---
id: 2026-07-14-checkout
title: Checkout errors in Europe 🎉
kind: incident
status: draft
severity: high
owner_team: payments
impact:
  windows:
    - id: I1
      start: 2026-07-14T13:57:40Z
---

## What happened

The pool had no free connection.
"""


def run(folder: Path, *words: str, **env: str) -> subprocess.CompletedProcess[bytes]:
    names = ("NO_COLOR", "FORCE_COLOR", "GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "TERM", "COLUMNS")
    clean = {name: value for name, value in os.environ.items() if name not in names}
    command = [sys.executable, "-m", "coe", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, env={**clean, **env}, check=False)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / "coe.toml").write_text("")
    (tmp_path / "coes").mkdir()
    (tmp_path / "coes/2026-07-14-checkout.md").write_text(FLAWED, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(("color", "painted"), [("always", True), ("never", False), ("auto", False)])
def test_colour_is_for_people_who_want_it(repository: Path, name: str, color: str, painted: bool) -> None:
    done = run(repository, "check", "--output-format", name, "--color", color)
    assert done.returncode == 1
    assert (b"\x1b[" in done.stdout) is (painted and name in ("full", "concise", "grouped"))


def test_colour_changes_no_word(repository: Path) -> None:
    plain = run(repository, "check", "--color", "never").stdout.decode()
    painted = run(repository, "check", "--color", "always").stdout.decode()
    assert ANSI.sub("", painted) == plain


@pytest.mark.skipif(os.name == "nt", reason="there are no pseudo-terminals")
@pytest.mark.parametrize(
    ("env", "painted"), [({"TERM": "xterm"}, True), ({"TERM": "xterm", "NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_colour_on_a_terminal(repository: Path, env: dict[str, str], painted: bool) -> None:
    import pty

    ours, theirs = pty.openpty()
    clean = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR", "GITHUB_ACTIONS")}
    process = subprocess.Popen(
        [sys.executable, "-m", "coe", "check"], cwd=repository, stdout=theirs, stderr=subprocess.PIPE, env={**clean, **env}
    )
    os.close(theirs)
    out = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        out += part
    os.close(ours)
    process.communicate(timeout=60)
    assert b"wrong-value" in out
    assert (b"\x1b[" in out) is painted


@pytest.mark.parametrize("name", FORMATS)
def test_a_terminal_without_unicode_ends_no_run(repository: Path, name: str) -> None:
    done = run(repository, "check", "--output-format", name, PYTHONIOENCODING="ascii", PYTHONUTF8="0", LC_ALL="C")
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert b"wrong-value" in done.stdout


@pytest.mark.skipif(sys.platform != "linux", reason="file names are text here")
@pytest.mark.parametrize("name", FORMATS)
def test_a_file_name_that_is_no_text_ends_no_run(repository: Path, name: str) -> None:
    (repository / "coes" / os.fsdecode(b"2026-07-15-\xff.md")).write_text(FLAWED, encoding="utf-8")
    done = run(repository, "check", "--output-format", name)
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert b"ff.md" in done.stdout.lower()


@pytest.mark.parametrize("name", FORMATS)
def test_a_report_in_a_file_is_the_one_on_standard_output(repository: Path, name: str) -> None:
    written = run(repository, "check", "--output-format", name, "--output-file", "report", "--color", "always")
    assert (written.returncode, written.stdout) == (1, b"")
    assert (repository / "report").read_bytes() == run(repository, "check", "--output-format", name).stdout


@pytest.mark.parametrize("name", FORMATS)
def test_a_report_for_a_program_is_utf_8_wherever_it_is_written(repository: Path, name: str) -> None:
    ascii_only = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    (repository / "coes/2026-07-14-checkout.md").write_text(f"{FLAWED}\nThe engineer forgot the “größte” lock.\n", "utf-8")
    plain = run(repository, "check", "--output-format", name)
    assert "“" in plain.stdout.decode("utf-8")
    for _ in range(2):  # the second time from what is kept
        assert run(repository, "check", "--output-format", name, **ascii_only).stdout == plain.stdout
