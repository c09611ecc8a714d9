"""Workflow commands of GitHub Actions: findings as annotations at their lines in the diff."""

from __future__ import annotations

from coe.diagnostic import Diagnostic, Severity
from coe.report.full import counted, summary
from coe.report.outcome import Look, Outcome
from coe.report.terminal import one_line, printable

MOST = 10
"""GitHub shows this many annotations of a kind for a step, and drops the others without a word."""

_KINDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(outcome: Outcome, look: Look) -> str:  # noqa: ARG001 (a log has no look)
    """Return a command for the first findings of each kind, the worst kind first, and one line that counts all."""
    shown: list[Diagnostic] = []
    for severity in reversed(Severity):
        shown += [one for one in outcome.diagnostics if one.severity is severity][:MOST]
    lines = [_command(one) for one in shown]
    plain = Look(color=False)
    if len(shown) < len(outcome.diagnostics):
        rest = Outcome(tuple(one for one in outcome.diagnostics if one not in shown), outcome.files)
        lines.append(f"{counted(rest)} more without an annotation; run `coe check` to see all.")
    return "\n".join((*lines, summary(outcome, plain))) + "\n"


def _command(one: Diagnostic) -> str:
    start, end = one.start, one.end
    # A span that ends at the beginning of a line does not cover it.
    last = end.line - 1 if end.column == 1 and end.line > start.line else end.line
    properties: dict[str, object] = {"file": printable(one.path), "line": start.line, "endLine": last}
    if last == start.line == end.line:  # columns of more lines than one are refused
        properties |= {"col": start.column, "endColumn": end.column}
    properties["title"] = f"{one.rule} ({one.code})"
    words = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    message = one_line(one.message) + (f"\n{one_line(one.help)}" if one.help else "")
    return f"::{_KINDS[one.severity]} {words}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
