"""The JSON report, version 1: a frozen shape for other tools."""

from __future__ import annotations

import json
from typing import Any

from coe import __version__
from coe.diagnostic import Diagnostic, Severity
from coe.report.outcome import Look, Outcome
from coe.report.terminal import COMMAND, UNSAFE
from coe.text import Span

VERSION = 1


def render(outcome: Outcome, look: Look) -> str:  # noqa: ARG001 (a machine has no look)
    """Return one JSON object; lines and columns count from 1, offsets from 0, all in code points, ends exclusive."""
    report = {
        "version": VERSION,
        "tool": {"name": "coekit", "version": __version__},
        "summary": {
            "files": outcome.files,
            "errors": outcome.count(Severity.ERROR),
            "warnings": outcome.count(Severity.WARNING),
            "notes": outcome.count(Severity.NOTE),
            "fixable": outcome.fixable,
        },
        "diagnostics": [as_data(one) for one in outcome.diagnostics],
    }
    return as_json(report)


def as_json(data: Any, *, indent: int | None = 2) -> str:
    """Return data as JSON that is safe to show: what controls a terminal or a log stands as an escape of the same meaning."""
    text = json.dumps(data, indent=indent, ensure_ascii=False)
    # Outside of strings there is nothing unsafe but the line breaks of the layout.
    text = UNSAFE.sub(lambda match: "\n" if match.group() == "\n" else json.dumps(match.group())[1:-1], text)
    return COMMAND.sub(r"\1\\u005b", text) + "\n"


def as_data(one: Diagnostic) -> dict[str, Any]:
    """Return one diagnostic in the shape of the report."""
    return {
        "rule": one.rule,
        "code": one.code,
        "severity": one.severity.label,
        "message": one.message,
        "help": one.help,
        "path": one.path,
        "field": one.field,
        "range": _range(one, one.span),
        "fix": {
            "safety": one.fix.safety,
            "edits": [{"range": _range(one, edit.span), "text": edit.text} for edit in one.fix.edits],
        }
        if one.fix
        else None,
        "url": one.url,
        "fingerprint": one.fingerprint,
    }


def _range(one: Diagnostic, span: Span) -> dict[str, dict[str, int]]:
    position = one.source.lines.position
    return {"start": position(span.start)._asdict(), "end": position(span.end)._asdict()}
