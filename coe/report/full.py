"""For people: each finding with the lines it is about, why, and what to write instead."""

from __future__ import annotations

from coe.diagnostic import Diagnostic, Severity
from coe.report.outcome import Look, Outcome
from coe.report.terminal import SEVERITY_COLORS, columns, paint, printable, wrapped


def render(outcome: Outcome, look: Look) -> str:
    """Return the findings with code frames, and one line that counts them."""
    frames = "\n".join(_finding(one, look) for one in outcome.diagnostics)
    return f"{frames}\n{summary(outcome, look)}\n" if frames else f"{summary(outcome, look)}\n"


def summary(outcome: Outcome, look: Look) -> str:
    """Return how many files were checked and how many findings of each severity there are."""
    files = f"{outcome.files} file{'' if outcome.files == 1 else 's'}"
    if not outcome.diagnostics:
        return paint(f"{files} checked, nothing to report.", "green", on=look.color)
    counts = ((outcome.count(severity), severity) for severity in reversed(Severity))
    words = ", ".join(f"{count} {severity.label}{'' if count == 1 else 's'}" for count, severity in counts if count)
    hint = f" {outcome.fixable} can be mended by --fix." if outcome.fixable else ""
    return f"{files} checked: {paint(words, 'bold', on=look.color)}.{hint}"


def _finding(one: Diagnostic, look: Look) -> str:
    color = SEVERITY_COLORS[one.severity]
    start = one.start
    head = paint(one.severity.label, "bold", color, on=look.color)
    rule = paint(f"[{one.rule}]", "dim", on=look.color)
    gutter = " " * len(str(start.line))
    place = f"{printable(one.path)}:{start.line}:{start.column}"
    lines = [
        f"{head}{rule} {wrapped(one.message, look.width - 12, '    ')}",
        f"{paint(f'{gutter}-->', 'blue', on=look.color)} {place}",
        *_frame(one, look, gutter),
    ]
    if one.help:
        label = paint(f"{gutter} = help:", "bold", "blue", on=look.color)
        lines.append(f"{label} {wrapped(one.help, look.width - len(gutter) - 9, gutter + '         ')}")
    return "\n".join(lines) + "\n"


def _frame(one: Diagnostic, look: Look, gutter: str) -> list[str]:
    """Return the line of the finding, cut to the width around its span, and the span underlined."""
    start, end = one.start, one.end
    text = one.source.lines.line(start.line)
    if not text and one.span.start == one.span.end:
        return []
    first = start.column - 1
    last = end.column - 1 if end.line == start.line else len(text.rstrip())
    room = max(look.width - len(gutter) - 3, 20)
    cut = max(0, min(first - room // 3, len(text) - room)) if len(text) > room else 0
    shown = text[cut : cut + room]
    before = printable(shown[: first - cut])
    marked = printable(shown[first - cut : max(last, first + 1) - cut])
    after = printable(shown[max(last, first + 1) - cut :])
    lead, trail = ("…" if cut else ""), ("…" if cut + room < len(text) else "")
    bar = paint("|", "blue", on=look.color)
    number = paint(str(start.line), "blue", on=look.color)
    caret = "^" * max(columns(marked), 1)
    color = SEVERITY_COLORS[one.severity]
    return [
        f"{gutter} {bar}",
        f"{number} {bar} {lead}{before}{marked}{after}{trail}",
        f"{gutter} {bar} {' ' * (columns(before) + len(lead))}{paint(caret, 'bold', color, on=look.color)}",
    ]
