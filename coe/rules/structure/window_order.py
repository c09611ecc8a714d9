"""The rule `window-order`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.model.coe import Coe
from coe.model.words import clock
from coe.rule import Bad, Finding, Good, rule


@rule(
    "STR107",
    Severity.ERROR,
    Bad("impact:\n  windows:\n    - id: I1\n      start: 2026-07-14T13:57:40Z\n      end: «2026-07-14T13:29:00Z»\n"),
    Bad("impact:\n  windows:\n    - id: I1\n      start: 2026-07-14T13:57:40Z\n      end: «2026-07-14T15:57:40+02:00»\n"),
    Good("impact:\n  windows:\n    - id: I1\n      start: 2026-07-14T13:57:40Z\n      end: 2026-07-14T16:29:00+02:00\n"),
    Good("impact:\n  windows:\n    - id: I1\n      start: 2026-07-14T13:57:40Z\n"),
)
def window_order(coe: Coe) -> Iterator[Finding]:
    """An impact window ends after it starts.

    Most often one of the two has the wrong day, or an offset from UTC that was not in force.
    A window that ends in the moment in which it starts says that nobody was affected, which is a warning.
    """
    for index, window in enumerate(coe.impact.windows if coe.impact else ()):
        if window.end is None or window.end > window.start:
            continue
        path = ("impact", "windows", index, "end")
        if window.end == window.start:
            message = f"the impact window {window.id} ends in the moment in which it starts"
            help_text = "Write the time at which customers were fine again, or delete `end` while it is not known."
            yield Finding(path, message, help_text, severity=Severity.WARNING)
        else:
            message = f"the impact window {window.id} ends before it starts ({clock(window.start)})"
            yield Finding(path, message, f"Check day and offset of both times: `end: {clock(window.start)}` or later.")
