"""JUnit XML, which every CI system shows as a list of tests: a file is a suite, a finding a test that fails."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from coe.diagnostic import Diagnostic, Severity
from coe.report.outcome import Look, Outcome
from coe.report.terminal import one_line, opening, printable

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_CLEAN = (
    '  <testsuite name="coe" tests="1" failures="0" errors="0" skipped="0">\n'
    '    <testcase classname="coe" name="check"/>\n'
    "  </testsuite>"
)


def render(outcome: Outcome, look: Look) -> str:  # noqa: ARG001 (a machine has no look)
    """Return a suite for each file with findings; a note is a test that passes and says something.

    Without findings there is one test that passes: some systems take a report without tests for a failure.
    """
    files = outcome.by_path()
    failures = sum(map(_fails, outcome.diagnostics))
    suites = [_suite(path, found) for path, found in files.items()] or [_CLEAN]
    head = f'<testsuites name="coekit" tests="{len(outcome.diagnostics) or 1}" failures="{failures}" errors="0">'
    return "\n".join((_HEAD, head, *suites, "</testsuites>")) + "\n"


def _suite(path: str, found: list[Diagnostic]) -> str:
    counts = f'tests="{len(found)}" failures="{sum(map(_fails, found))}" errors="0" skipped="0"'
    return "\n".join((f"  <testsuite name={_quoted(path)} {counts}>", *(_case(one) for one in found), "  </testsuite>"))


def _case(one: Diagnostic) -> str:
    # CI systems follow a test by its names from run to run, and keep one of two that are called the same.
    name = f"{one.rule} ({one.fingerprint[:8]})"
    if _fails(one):
        opened, closed = f'<failure type="{one.severity.label}" message={_quoted(one.message)}>', "</failure>"
    else:
        opened, closed = "<system-out>", "</system-out>"
    text = escape("\n".join(_said(one)))
    return f"    <testcase classname={_quoted(one.path)} name={_quoted(name)}>\n      {opened}{text}{closed}\n    </testcase>"


def _said(one: Diagnostic) -> Iterator[str]:
    place = f"{printable(one.path)}:{one.start.line}:{one.start.column}"
    yield f"{opening(place)}: {one.severity.label}: {one_line(one.message)} [{one.rule}]"
    if one.help:
        yield opening(one_line(one.help))
    if one.url:
        yield one.url


def _fails(one: Diagnostic) -> bool:
    return one.severity >= Severity.WARNING


def _quoted(text: str) -> str:
    return quoteattr(one_line(text))
