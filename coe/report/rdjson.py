"""The diagnostic format of reviewdog, which writes findings and their fixes as comments and suggestions in a review.

Columns count bytes of UTF-8. A message becomes Markdown of a comment, so it is written as such.

Source: https://github.com/reviewdog/reviewdog/tree/master/proto/rdf.
"""

from __future__ import annotations

from typing import Any

from coe.diagnostic import Diagnostic, Fix, Severity
from coe.report.json_report import as_json
from coe.report.marked import marked
from coe.report.outcome import Look, Outcome
from coe.report.place import byte_column, covered, whole_lines
from coe.report.terminal import printable
from coe.text import Lines, Position, Span

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.NOTE: "INFO"}


def render(outcome: Outcome, look: Look) -> str:  # noqa: ARG001 (a machine has no look)
    """Return one result with a diagnostic for each finding."""
    source = {"name": "coekit", "url": "https://coekit.github.io/coekit/"}
    return as_json({"source": source, "diagnostics": [_finding(one) for one in outcome.diagnostics]})


def _finding(one: Diagnostic) -> dict[str, Any]:
    lines = one.source.lines
    start, end = covered(one)
    finding = {
        "message": "\n\n".join(marked(text) for text in (one.message, one.help) if text),
        "location": {
            "path": printable(one.path),
            "range": {"start": _position(lines, start), "end": _position(lines, end)},
        },
        "severity": _SEVERITIES[one.severity],
        "code": {"value": one.rule, **({"url": one.url} if one.url else {})},
    }
    return {**finding, "suggestions": [_suggestion(one, one.fix)]} if one.fix else finding


def _position(lines: Lines, place: Position) -> dict[str, int]:
    return {"line": place.line, "column": byte_column(lines, place)}


def _suggestion(one: Diagnostic, fix: Fix) -> dict[str, Any]:
    """Return all edits of a fix as one suggestion: a reviewer who takes one of several would be left with half a fix.

    It replaces whole lines: not every code host honours columns.
    """
    lines, text = one.source.lines, one.source.text
    first, last = whole_lines(lines, Span(min(edit.span.start for edit in fix.edits), max(edit.span.end for edit in fix.edits)))
    start = lines.start(first)
    end = lines.start(last) + len(lines.line(last))
    new = text[start:end]
    for edit in sorted(fix.edits, key=lambda edit: edit.span, reverse=True):
        new = new[: edit.span.start - start] + edit.text + new[edit.span.end - start :]
    if not new:  # whole lines replaced by nothing would be gone; what is meant is an empty line
        place = lines.position
        return {"range": {"start": _position(lines, place(start)), "end": _position(lines, place(end))}, "text": ""}
    return {"range": {"start": {"line": first}, "end": {"line": last}}, "text": new}
