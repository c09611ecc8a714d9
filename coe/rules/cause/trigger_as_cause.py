"""The rule `trigger-as-cause`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.model.coe import SET_ASIDE, Coe
from coe.model.timeline import Trigger
from coe.rule import Bad, Finding, Good, rule

_WORD = re.compile(r"[^\W_]{3,}(?:[.-][^\W_]+)*")
_FEW = 3
_MOST = 0.7
_FUNCTION_WORDS = frozenset({
    "and", "are", "but", "for", "from", "had", "has", "have", "into", "its", "not", "out", "over", "than", "that", "the",
    "their", "then", "there", "this", "was", "were", "when", "which", "with",
})  # fmt: skip
_TRIGGER = (
    "timeline:\n  - id: E1\n    at: 2026-07-14T13:57:40Z\n    type: change\n    text: Version 2026.7.3 reached all cells.\n"
    "trigger: {type: deployment, event: E1}\n"
)
_CAUSE = "root_causes:\n  - id: C1\n    category: technical\n    statement: {}\n"


@rule(
    "CAU106",
    Severity.WARNING,
    Bad(_TRIGGER + _CAUSE.format("«The version 2026.7.3 reached all of the cells.»")),
    Good(_TRIGGER + _CAUSE.format("A version reaches all cells at once, and the pool has no upper bound.")),
    Good(_TRIGGER + _CAUSE.format("The pool has no upper bound per tenant.")),
    Good("status: draft\n" + _TRIGGER + _CAUSE.format("Version 2026.7.3 reached all cells.")),
)
def trigger_as_cause(coe: Coe) -> Iterator[Finding]:
    """A root cause is a condition that was there before; a trigger is an event, and only the one that met it first.

    A cause that tells the trigger again leaves out why it did harm, and the only answer to it is to stop making changes. It is
    reported where nearly all words of the statement stand in the text of the trigger's event, or in its `ref`.

    Source: Site Reliability Engineering (Google), appendix "Example Postmortem", which keeps root causes and trigger apart.
    """
    if coe.status in SET_ASIDE or coe.trigger is None:
        return
    told = list(_told(coe, coe.trigger))
    for index, cause in enumerate(coe.root_causes):
        said = _words(cause.statement)
        where = next((place for words, place in told if _repeats(said, words)), None)
        if where:
            yield Finding(
                ("root_causes", index, "statement"),
                f"the root cause {cause.id} tells the trigger again ({where})",
                "Write the condition that the trigger met: what was missing, unbounded or untested, before it and still.",
            )


def _told(coe: Coe, trigger: Trigger) -> Iterator[tuple[frozenset[str], str]]:
    """Yield the words that the trigger is told with, and where they stand."""
    event = next((event for event in coe.timeline if event.id == trigger.event), None)
    if event:
        yield _words(event.text), f"the event {event.id}"
    if trigger.ref:
        yield _words(trigger.ref), "its `ref`"


def _repeats(said: frozenset[str], told: frozenset[str]) -> bool:
    shared = said & told
    return len(shared) >= _FEW and len(shared) >= _MOST * len(said)


def _words(text: str) -> frozenset[str]:
    """Return the words that carry meaning, one form for one and many."""
    return frozenset([word.rstrip("s") for word in map(str.lower, _WORD.findall(text)) if word not in _FUNCTION_WORDS])
