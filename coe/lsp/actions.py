"""What an editor offers to do about a finding: its fix, and an allowance in which the author gives the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from coe.diagnostic import Diagnostic, Edit
from coe.fix import converge
from coe.format.allowance import allowance_for, checked_reason
from coe.levels import ALWAYS
from coe.parse.document import Document
from coe.text import Span

_LABELS = {
    "safe": "Fix {rule}: {what}",
    "unsafe": "Fix {rule} (may change the meaning): {what}",
    "suggestion": "Suggestion for {rule}: {what}",
}
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do about a finding; `preferred` when it can be done without a second look.

    `asks` says that the edit is an allowance whose reason is still to be written.
    """

    title: str
    about: Diagnostic
    edits: tuple[Edit, ...]
    preferred: bool = False
    asks: bool = False


def actions(document: Document, found: Iterable[Diagnostic], within: Span) -> Iterator[Action]:
    """Yield what can be done about the findings that touch a span: their fixes first, then allowances."""
    here = [one for one in found if one.span.start <= within.end and within.start <= one.span.end]
    for one in here:
        if one.fix:
            title = _LABELS[one.fix.safety].format(rule=one.rule, what=_what(document, one.fix.edits))
            yield Action(title, one, one.fix.edits, preferred=one.fix.safety == "safe")
    for one in here:
        edit = allow(document, one, "")
        if edit:
            yield Action(f"Allow {one.rule} here, with a reason", one, (edit,), asks=True)


def _what(document: Document, edits: tuple[Edit, ...]) -> str:
    """Return what edits do, in a few words."""
    first = edits[0]
    old, new = (_short(text) for text in (document.text[first.span.start : first.span.end], first.text))
    more = f", and {len(edits) - 1} more" if len(edits) > 1 else ""
    if not old:
        return f"insert {new}{more}"
    return f"replace {old} by {new}{more}" if new else f"delete {old}{more}"


def _short(text: str) -> str:
    words = " ".join(text.split())
    if not words:
        return "a line break" if text.strip(" \t") else "a space" if text else ""
    return f"“{words}”" if len(words) <= _SHOWN else f"“{words[:_SHOWN]}…”"


def allow(document: Document, one: Diagnostic, reason: str) -> Edit | None:
    """Return the comment that allows a finding; without a reason it allows nothing yet, and its rule asks for one.

    Errors: `CoeError` for a reason that cannot stand in a comment.
    """
    if one.rule in ALWAYS or one.rule.endswith("-allowance") or one.rule == "allowance-without-reason":
        return None
    return allowance_for(document, one.span, one.rule, checked_reason(reason) if reason else "")


def all_fixed(document: Document, recheck: Callable[[str], list[Diagnostic]]) -> str | None:
    """Return the text of a document with all its safe fixes, absent when there is nothing to fix."""
    source = document.source
    fixed = converge([source], {0: recheck(source.text)}, lambda texts: {0: recheck(texts[0])}, frozenset({"safe"}))
    return fixed[0].after if fixed else None
