"""The summary of a step in GitHub Actions: all findings as Markdown, the worst files first, in the size that GitHub takes."""

from __future__ import annotations

from collections.abc import Sequence

from coe.report.markdown import headline, section
from coe.report.outcome import Outcome

LIMIT = 1024 * 1024
"""GitHub shows no summary of a step that is larger, whoever wrote it. Unit: bytes."""

OWN = LIMIT * 3 // 4
"""The rest is for what else a step has to say. Unit: bytes."""

MOST_ROWS = 100
"""So many findings of one file are told in the summary."""


def step_summary(outcome: Outcome, *, room: int = OWN) -> str:
    """Return the summary in at most `room` bytes, cut between sections; nothing when there is nothing to say or no room."""
    if not outcome.diagnostics:
        return ""
    files = sorted(outcome.by_path().items(), key=lambda pair: -max(one.severity for one in pair[1]))
    parts = ["## coekit\n", headline(outcome)]
    room -= sum(map(_size, parts)) + _size(_left_out(files))
    if room < 0:
        return ""
    for number, (path, found) in enumerate(files):
        made = section(path, found, most=MOST_ROWS)
        if (room := room - _size(made)) < 0:
            parts.append(_left_out(files[number:]))
            break
        parts.append(made)
    return "\n".join(parts)


def _left_out(files: Sequence[tuple[str, Sequence[object]]]) -> str:
    count = sum(len(found) for _, found in files)
    return (
        f"{count} finding{'' if count == 1 else 's'} in {len(files)} file{'' if len(files) == 1 else 's'} left out here:"
        " GitHub shows at most 1 MiB. `coe check` shows all.\n"
    )


def _size(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass")) + 1
