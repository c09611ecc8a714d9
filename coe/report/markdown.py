"""Markdown for a comment, a ticket or a page: a table for each file."""

from __future__ import annotations

from coe.diagnostic import Diagnostic
from coe.report.full import counted
from coe.report.marked import code, marked
from coe.report.outcome import Look, Outcome
from coe.report.remedy import promise, remedy

_TABLE = "| Place | Severity | Finding | Rule |\n| --- | --- | --- | --- |"


def render(outcome: Outcome, look: Look) -> str:  # noqa: ARG001 (Markdown has the look of its reader)
    """Return what was found: one line that counts it, and a section for each file."""
    sections = (section(path, found) for path, found in outcome.by_path().items())
    return "\n".join((headline(outcome), *sections))


def headline(outcome: Outcome) -> str:
    """Return how many files were checked and how many findings there are, as a paragraph."""
    files = f"{outcome.files} file{'' if outcome.files == 1 else 's'}"
    if not outcome.diagnostics:
        return f"{files} checked, nothing to report.\n"
    return f"{files} checked: **{counted(outcome)}**.{promise(outcome).replace('--fix', '`coe check --fix`', 1)}\n"


def section(path: str, found: list[Diagnostic], *, most: int | None = None) -> str:
    """Return the findings of one file below its path; of more than `most` the worst, and how many are left out."""
    shown = found
    if most is not None and len(found) > most:
        worst = {id(one) for one in sorted(found, key=lambda one: -one.severity)[:most]}
        shown = [one for one in found if id(one) in worst]
    left = len(found) - len(shown)
    rest = f"\n{left} more in this file {'is' if left == 1 else 'are'} left out.\n" if left else ""
    return "\n".join((f"### {code(path)}\n", _TABLE, *map(_row, shown))) + f"\n{rest}"


def _row(one: Diagnostic) -> str:
    parts = (one.message, one.help, f"Fix: {said}." if (said := remedy(one)) else None)
    text = "<br>".join(marked(part) for part in parts if part)
    rule = f"[{one.rule}](<{one.url}>)" if one.url else one.rule
    return f"| {one.start.line}:{one.start.column} | {one.severity.label} | {text} | {rule} |"
