"""The rule `self-reference`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.case import Case
from coe.diagnostic import Severity, dotted
from coe.model.coe import Coe
from coe.model.organization import Tenet
from coe.rule import Bad, Finding, Good, rule

_FILES = {
    "coes/2025/2025-11-02-search-retry-storm.md": (
        "---\nid: 2025-11-02-search-retry-storm\ntitle: Search slow in Europe\nkind: near_miss\n"
        "status: draft\nseverity: SEV2\nowner_team: payments\n---\n"
    )
}


@rule(
    "REF108",
    Severity.ERROR,
    Bad("related:\n  - type: recurrence_of\n    id: «2026-07-14-checkout-pool-exhaustion»\n"),
    Good("related:\n  - type: recurrence_of\n    id: 2025-11-02-search-retry-storm\n", files=_FILES),
)
def self_reference(case: Case) -> Iterator[Finding]:
    """A document is tied to others, never to itself: an event that recurs has a COE for each time.

    This is about `related` of a COE and `supersedes` of a tenet.
    """
    noun = case.analysis.noun
    if not (noun.related if isinstance(noun, Coe) else isinstance(noun, Tenet)):
        return
    tied = "coe" if isinstance(noun, Coe) else "tenet"
    for reference in case.references:
        if reference.target == tied and isinstance(noun, Coe | Tenet) and reference.id == noun.id:
            yield Finding(
                reference.path,
                f"`{dotted(reference.path)}` names this document itself",
                "Write the id of the other document, or delete the entry.",
            )
