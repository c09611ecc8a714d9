"""For people: each finding with the lines it is about, why, and what to write instead."""

from __future__ import annotations

from coe.diagnostic import Diagnostic, Severity
from coe.report.outcome import Look, Outcome
from coe.report.remedy import promise, remedy
from coe.report.terminal import COMMAND_REACH, SEVERITY_COLORS, columns, paint, printable, wrapped


def render(outcome: Outcome, look: Look) -> str:
    """Return the findings with code frames, and one line that counts them."""
    frames = "\n".join(_finding(one, look) for one in outcome.diagnostics)
    return f"{frames}\n{summary(outcome, look)}\n" if frames else f"{summary(outcome, look)}\n"


def summary(outcome: Outcome, look: Look) -> str:
    """Return how many files were checked and how many findings of each severity there are."""
    files = f"{outcome.files} file{'' if outcome.files == 1 else 's'}"
    if not outcome.diagnostics:
        return paint(f"{files} checked, nothing to report.", "green", on=look.color)
    return f"{files} checked: {paint(counted(outcome), 'bold', on=look.color)}.{promise(outcome)}"


def counted(outcome: Outcome) -> str:
    """Return how many findings of each severity there are, the worst first: `2 errors, 1 note`."""
    counts = ((outcome.count(severity), severity) for severity in reversed(Severity))
    return ", ".join(f"{count} {severity.label}{'' if count == 1 else 's'}" for count, severity in counts if count)


def _finding(one: Diagnostic, look: Look) -> str:
    color = SEVERITY_COLORS[one.severity]
    start = one.start
    label = one.severity.label
    head = paint(label, "bold", color, on=look.color)
    rule = paint(f"[{one.rule}]", "dim", on=look.color)
    gutter = " " * len(str(start.line))
    place = f"{printable(one.path)}:{start.line}:{start.column}"
    lines = [
        f"{head}{rule} {wrapped(one.message, look.width, '    ', lead=len(label) + len(one.rule) + 3)}",
        f"{paint(f'{gutter}-->', 'blue', on=look.color)} {place}",
        *_frame(one, look, gutter),
    ]
    lines += [_note(name, text, look, gutter) for name, text in (("help", one.help), ("fix", remedy(one))) if text]
    return "\n".join(lines) + "\n"


def _note(name: str, text: str, look: Look, gutter: str) -> str:
    indent = " " * len(f"{gutter} = {name}: ")
    return (
        f"{paint(f'{gutter} = {name}:', 'bold', 'blue', on=look.color)} {wrapped(text, look.width, indent, lead=len(indent))}"
    )


def _frame(one: Diagnostic, look: Look, gutter: str) -> list[str]:
    """Return the line of the finding, cut to the width around its span, and the span underlined."""
    start, end = one.start, one.end
    text = one.source.lines.line(start.line)
    if not text and one.span.start == one.span.end:
        return []
    first = min(start.column - 1, len(text))
    last = end.column - 1 if end.line == start.line else len(text.rstrip())
    cut, stop = _window(text, first, max(look.width - len(gutter) - 5, 20))
    end_marked = min(max(last, first + 1), stop)
    before = printable(text[cut:first])
    marked = _part(text, first, end_marked, cut)
    after = _part(text, end_marked, stop, cut)
    lead, trail = ("…" if cut else ""), ("…" if stop < len(text) else "")
    bar = paint("|", "blue", on=look.color)
    number = paint(str(start.line), "blue", on=look.color)
    caret = paint("^" * max(columns(marked), 1), "bold", SEVERITY_COLORS[one.severity], on=look.color)
    return [
        f"{gutter} {bar}",
        f"{number} {bar} {lead}{before}{marked}{after}{trail}",
        f"{gutter} {bar} {' ' * (columns(before) + len(lead))}{caret}",
    ]


def _part(text: str, first: int, stop: int, cut: int) -> str:
    """Return a part of a line as it is shown; a command of a CI system may begin before it, where the line is cut or later."""
    context = text[max(cut, first - COMMAND_REACH) : first]
    return printable(context + text[first:stop])[len(printable(context)) :]


def _window(text: str, first: int, room: int) -> tuple[int, int]:
    """Return the part of a line around an offset that takes at most `room` columns, a third of them before the offset."""
    near = text[max(0, first - room) : first + room]
    if near.isascii() and near.isprintable():  # a column for each character
        cut = max(first - room // 3, 0)
        stop = min(cut + room, len(text))
        return max(stop - room, 0), stop
    cut = stop = first
    used = 0
    # Marks take no column: a line of nothing else ends at some number of characters.
    most = 4 * room
    used, cut = _leftwards(text[max(0, cut - most) : cut], cut, room // 3)
    while stop < len(text) and stop - cut < most and used + (more := columns(printable(text[stop]))) <= room:
        used, stop = used + more, stop + 1
    wider, further = _leftwards(text[max(0, cut - most) : cut], cut, room - used)
    return (further, stop) if wider else (cut, stop)


def _leftwards(text: str, cut: int, room: int) -> tuple[int, int]:
    """Return how many columns the end of a text takes when it is to fit the room, and where it starts."""
    used = 0
    for char in reversed(text):
        more = columns(printable(char))
        if used + more > room:
            break
        used, cut = used + more, cut - 1
    return used, cut
