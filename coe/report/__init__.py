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
    "json": "coe.report.json_report",
    "github": "coe.report.github",
    "sarif": "coe.report.sarif",
}


def renderer(name: str) -> Callable[[Outcome, Look], str]:
    """Return the `render` function of a format.

    Errors: `KeyError` for an unknown name.
    """
    render: Callable[[Outcome, Look], str] = import_module(FORMATS[name]).render
    return render
