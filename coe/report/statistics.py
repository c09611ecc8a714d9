"""How many findings each rule has, instead of the findings: what to turn to first in an old repository."""

from __future__ import annotations

from collections import defaultdict

from coe.diagnostic import Diagnostic
from coe.report.full import summary
from coe.report.outcome import Look, Outcome
from coe.report.terminal import SEVERITY_COLORS, paint


def render(outcome: Outcome, look: Look) -> str:
    """Return a line a rule, the most frequent first, with its worst severity and how many a safe fix would end."""
    by_rule: dict[tuple[str, str], list[Diagnostic]] = defaultdict(list)
    for one in outcome.diagnostics:
        by_rule[one.rule, one.code].append(one)
    rows = sorted(by_rule.items(), key=lambda row: (-len(row[1]), row[0]))
    wide = max((len(name) for (name, _), _ in rows), default=0)
    count = len(str(len(rows[0][1]))) if rows else 0
    listed = "".join(_row(name, code, found, (count, wide), look) for (name, code), found in rows)
    return f"{listed}\n{summary(outcome, look)}\n" if listed else f"{summary(outcome, look)}\n"


def _row(name: str, code: str, found: list[Diagnostic], widths: tuple[int, int], look: Look) -> str:
    worst = max(one.severity for one in found)
    fixable = sum(one.fix is not None and one.fix.safety == "safe" for one in found)
    word = paint(f"{worst.label:7}", SEVERITY_COLORS[worst], on=look.color)
    files = len({one.path for one in found})
    more = f", {fixable} fixable" if fixable else ""
    return f"{len(found):{widths[0]}}  {word}  {name:{widths[1]}}  {code}  in {files} file{'' if files == 1 else 's'}{more}\n"
