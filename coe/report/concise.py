"""`path:line:column: severity: message [rule]`, a line a finding."""

from __future__ import annotations

from coe.report.outcome import Look, Outcome
from coe.report.terminal import SEVERITY_COLORS, one_line, opening, paint, printable


def render(outcome: Outcome, look: Look) -> str:
    """Return the report; nothing when there is nothing to say."""
    return "".join(
        f"{opening(printable(one.path))}:{one.start.line}:{one.start.column}: "
        f"{paint(one.severity.label, SEVERITY_COLORS[one.severity], on=look.color)}: "
        f"{one_line(one.message)} [{one.rule}]\n"
        for one in outcome.diagnostics
    )
