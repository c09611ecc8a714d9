"""What can be done about a finding without an author: a fix, and what applies it."""

from __future__ import annotations

from coe.diagnostic import Fix
from coe.report.outcome import Outcome
from coe.report.terminal import one_line


def remedy(fix: Fix | None) -> str | None:
    """Return what applies a fix, absent without one; a suggestion is never applied, so its text is told."""
    if fix is None:
        return None
    if fix.safety == "safe":
        return "--fix mends it"
    if fix.safety == "unsafe":
        return "--fix --unsafe-fixes mends it; read the result"
    words = " … ".join(f"`{one_line(edit.text)}`" for edit in fix.edits if edit.text.strip())
    return f"only suggested: {words or 'leave it out'}"


def promise(outcome: Outcome) -> str:
    """Return a sentence on how many findings fixes would end, with a space in front; nothing when there are none."""
    safe, unsafe = outcome.fixable, outcome.unsafely_fixable
    if safe and unsafe:
        return f" {safe} can be mended by --fix, {unsafe} more with --unsafe-fixes."
    if unsafe:
        return f" {unsafe} can be mended by --fix --unsafe-fixes."
    return f" {safe} can be mended by --fix." if safe else ""
