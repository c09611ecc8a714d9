"""The code quality report of GitLab, which shows findings in a merge request and in its changes.

Source: https://docs.gitlab.com/ci/testing/code_quality/, "Code Quality report format".
"""

from __future__ import annotations

from typing import Any

from coe.diagnostic import Diagnostic, Severity
from coe.report.json_report import as_json
from coe.report.outcome import Look, Outcome
from coe.report.place import covered
from coe.report.terminal import one_line, printable

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}


def render(outcome: Outcome, look: Look) -> str:  # noqa: ARG001 (a machine has no look)
    """Return a list of findings; an empty one when there is nothing to say, which GitLab needs to see them gone."""
    return as_json([_finding(one) for one in outcome.diagnostics])


def _finding(one: Diagnostic) -> dict[str, Any]:
    start, end = covered(one)
    words = (one_line(one.message), one_line(one.help) if one.help else "")
    return {
        "description": ". ".join(filter(None, words)),
        "check_name": one.rule,
        "fingerprint": one.fingerprint,  # of two that are equal GitLab shows one
        "severity": _SEVERITIES[one.severity],
        "location": {"path": printable(one.path), "lines": {"begin": start.line, "end": end.line}},
    }
