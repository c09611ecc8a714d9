"""Workflow commands of GitHub Actions: findings as annotations at their lines in the diff."""

from __future__ import annotations

from coe.diagnostic import Diagnostic, Severity
from coe.report.full import counted, summary
from coe.report.outcome import Look, Outcome
from coe.report.place import covered
from coe.report.remedy import remedy
from coe.report.terminal import one_line, printable

MOST = 10
"""GitHub shows this many annotations of a kind for a step, and drops the others without a word."""

_KINDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(outcome: Outcome, look: Look) -> str:  # noqa: ARG001 (a log has no look)
    """Return a command for the first findings of each kind, the worst kind first, and one line that counts all."""
    shown: list[Diagnostic] = []
    rest: list[Diagnostic] = []
    for severity in reversed(Severity):
        found = [one for one in outcome.diagnostics if one.severity is severity]
        shown += found[:MOST]
        rest += found[MOST:]
    lines = [_command(one) for one in shown]
    if rest:
        more = counted(Outcome(tuple(rest), outcome.files))
        lines.append(f"{more} more without an annotation: see the summary of this step, or run `coe check`.")
    return "\n".join((*lines, summary(outcome, Look(color=False)))) + "\n"


def _command(one: Diagnostic) -> str:
    start, end = covered(one)
    properties: dict[str, object] = {"file": printable(one.path), "line": start.line, "endLine": end.line}
    if start.line == one.end.line:  # columns of more lines than one are refused
        properties |= {"col": start.column, "endColumn": end.column}
    properties["title"] = f"{one.rule} ({one.code})"
    words = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    fix = remedy(one)
    message = "\n".join(one_line(text) for text in (one.message, one.help, f"Fix: {fix}." if fix else None) if text)
    return f"::{_KINDS[one.severity]} {words}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
