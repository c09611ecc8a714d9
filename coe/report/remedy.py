"""What can be done about a finding without an author: a fix, and what applies it."""

from __future__ import annotations

from coe.diagnostic import Diagnostic, Edit
from coe.report.outcome import Outcome
from coe.report.terminal import one_line


def remedy(one: Diagnostic) -> str | None:
    """Return what applies the fix of a finding, absent without one; a suggestion is never applied, so its words are told."""
    if one.fix is None:
        return None
    if one.fix.safety == "safe":
        return "--fix mends it"
    if one.fix.safety == "unsafe":
        return "--fix --unsafe-fixes mends it; read the result"
    return f"only suggested: {', '.join(_told(edit, one.source.text) for edit in one.fix.edits)}"


def _told(edit: Edit, text: str) -> str:
    """Return an edit in words: «leave it out» could be said of all that is underlined, and not of one word."""
    old, new = (one_line(words.strip()) for words in (text[edit.span.start : edit.span.end], edit.text))
    if not old:
        return f"add `{new}`"
    return f"`{new}` in place of `{old}`" if new else f"leave out `{old}`"


def promise(outcome: Outcome) -> str:
    """Return a sentence on how many findings fixes would end, with a space in front; nothing when there are none."""
    safe, unsafe = outcome.fixable, outcome.unsafely_fixable
    if safe and unsafe:
        return f" {safe} can be mended by --fix, {unsafe} more with --unsafe-fixes."
    if unsafe:
        return f" {unsafe} can be mended by --fix --unsafe-fixes."
    return f" {safe} can be mended by --fix." if safe else ""
