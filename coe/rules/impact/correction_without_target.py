"""The rule `correction-without-target`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.model.coe import Coe
from coe.rule import Bad, Finding, Good, rule

_NOUN = r"(?:message|post|update|statement|notice|report|mail|e-?mail|entry|communication)"
# Only a message about a message: “we corrected the configuration” is about the system.
_CORRECTS = (  # as text: few messages need it, and `re` compiles it for the first of them
    rf"""(?ix)^\s*correction\b(?=\s*[:.\u2013\u2014-]|\s+(?:of|to|on)\b)
    | \bthis\s+(?:{_NOUN}\s+)?corrects\b
    | \bcorrect(?:s|ing|ion\s+(?:of|to))\s+(?:(?:our|the|an|its)\s+)?(?:earlier|previous|first|last)\s+{_NOUN}
    | \b(?:earlier|previously)\s+(?:we\s+)?(?:said|stated|reported|wrote)\b.{{0,80}}\b(?:wrong|incorrect|inaccurate)
    | \b(?:our\s+)?(?:earlier|previous|first|last)\s+{_NOUN}\s+(?:was|is|were)\s+(?:wrong|incorrect|inaccurate)"""
)
_SURE = ("correct", "wrong", "accurate")
"""One of these has every text that corrects another."""
_FIRST = (
    "communications:\n  - id: M1\n    at: {}\n    channel: status-page\n    audience: public\n    state: identified\n"
    "    text: All regions are affected.\n"
)
_SECOND = "  - id: M2\n    at: 2026-07-14T14:20:00Z\n    channel: status-page\n    audience: public\n    state: identified\n"
_EARLY = _FIRST.format("2026-07-14T14:10:00Z")


@rule(
    "IMP109",
    Severity.ERROR,
    Bad(f"{_EARLY}{_SECOND}    corrects: «M2»\n"),
    Bad(f"{_FIRST.format('2026-07-14T14:30:00Z')}{_SECOND}    corrects: «M1»\n"),
    Bad(f"{_EARLY}{_SECOND}    text: «Correction of the list of regions.»\n"),
    Bad(f"{_EARLY}{_SECOND}    text: «Our earlier post was incorrect, only one region is affected.»\n"),
    Good(f"{_EARLY}{_SECOND}    text: Correction of the list of regions.\n    corrects: M1\n"),
    Good(f"{_EARLY}{_SECOND}    text: We corrected the configuration, and errors fall.\n"),
)
def correction_without_target(coe: Coe) -> Iterator[Finding]:
    """A message that corrects another one names it, and the other one came before.

    Readers of a record of messages must see which statement no longer holds. A message cannot correct itself or a later one;
    one whose text corrects something, and that names nothing in `corrects`, is a warning.
    """
    sent = {message.id: message for message in reversed(coe.communications) if message.id}
    for index, message in enumerate(coe.communications):
        path = ("communications", index)
        target = sent.get(message.corrects) if message.corrects else None
        if target is message:
            said = "a message cannot correct itself"
            yield Finding((*path, "corrects"), said, "Write the id of the message that it corrects.")
        elif target and target.at > message.at:
            said = f"the message corrects {target.id}, which was sent later"
            yield Finding((*path, "corrects"), said, "Check the times of both, or swap who corrects whom.")
        elif message.corrects is None and message.text and coe.status != "draft" and _corrects(message.text):
            yield Finding(
                (*path, "text"),
                "the message corrects another one, and does not say which",
                "Add the id of the message that it corrects, such as `corrects: M1`.",
                severity=Severity.WARNING,
            )


def _corrects(text: str) -> bool:
    """Say whether a text corrects another one."""
    low = text.lower()
    return any(map(low.__contains__, _SURE)) and re.search(_CORRECTS, text) is not None
