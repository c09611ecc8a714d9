"""JSON Lines: each finding as an object on a line of its own, in the shape that it has in the JSON report."""

from __future__ import annotations

from coe.report.json_report import as_data, as_json
from coe.report.outcome import Look, Outcome


def render(outcome: Outcome, look: Look) -> str:  # noqa: ARG001 (a machine has no look)
    """Return a line a finding; nothing when there is nothing to say."""
    return "".join(as_json(as_data(one), indent=None) for one in outcome.diagnostics)
