"""Diagnostics → text: one file per format, each a function of a report and of how the reader wants it."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coe.report.outcome import Look, Outcome

FORMATS: dict[str, str] = {
    "full": "coe.report.full",
    "concise": "coe.report.concise",
    "grouped": "coe.report.grouped",
    "json": "coe.report.json_report",
    "json-lines": "coe.report.json_lines",
    "github": "coe.report.github",
    "gitlab": "coe.report.gitlab",
    "junit": "coe.report.junit",
    "sarif": "coe.report.sarif",
    "rdjson": "coe.report.rdjson",
    "markdown": "coe.report.markdown",
}


def renderer(name: str) -> Callable[[Outcome, Look], str]:
    """Return the `render` function of a format.

    Errors: `KeyError` for an unknown name.
    """
    render: Callable[[Outcome, Look], str] = import_module(FORMATS[name]).render
    return render
