"""For people with many findings: a block a file, a line a finding."""

from __future__ import annotations

from coe.diagnostic import Diagnostic
from coe.report.full import summary
from coe.report.outcome import Look, Outcome
from coe.report.terminal import SEVERITY_COLORS, one_line, opening, paint, printable


def render(outcome: Outcome, look: Look) -> str:
    """Return the findings below the paths of their files, and one line that counts them."""
    blocks = [_block(path, found, look) for path, found in outcome.by_path().items()]
    return "\n".join((*blocks, f"{summary(outcome, look)}\n"))


def _block(path: str, found: list[Diagnostic], look: Look) -> str:
    places = [f"{one.start.line}:{one.start.column}" for one in found]
    width = max(map(len, places))
    labels = max(len(one.severity.label) for one in found)
    head = paint(f"{opening(printable(path))}:", "bold", on=look.color)
    rows = (
        f"  {place:>{width}}  {paint(one.severity.label, SEVERITY_COLORS[one.severity], on=look.color)}"
        f"{' ' * (labels - len(one.severity.label))}  {one_line(one.message)} [{one.rule}]\n"
        for place, one in zip(places, found, strict=True)
    )
    return f"{head}\n{''.join(rows)}"
