"""The rule `first-communication-late`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from coe.case import Case
from coe.diagnostic import Severity
from coe.model.coe import SET_ASIDE
from coe.model.measures import duration_words, first_word, impact_start
from coe.rule import Bad, Finding, Good, rule

_WORD = "communications:\n  - at: {}\n    channel: status-page\n    audience: {}\n    state: investigating\n"


@rule(
    "IMP107",
    Severity.WARNING,
    Bad(_WORD.format("«2026-07-14T15:30:00Z»", "public")),
    Bad(
        _WORD.format("2026-07-14T14:05:00Z", "internal")
        + "  - at: «2026-07-14T15:30:00Z»\n    channel: mail\n    audience: affected\n    state: resolved\n"
    ),
    Good(_WORD.format("2026-07-14T14:57:40Z", "public")),
    Good(_WORD.format("2026-07-14T15:30:00Z", "internal")),
    Good("severity: SEV3\n" + _WORD.format("2026-07-14T15:30:00Z", "public")),
    Good("communications: []\n"),
)
def first_communication_late(case: Case) -> Iterator[Finding]:
    """Customers hear of a grave event within the minutes that the policy gives for its severity.

    Counted from the first impact to the first public message, or the first to those affected; the minutes are
    `first-communication-minutes` in `[policy]`. Until then customers look for the fault in their own systems.
    A COE without such messages is not judged.

    Source: the incident communication handbook of Atlassian, which asks for an early first message, before much is known.
    """
    policy = case.repository.config.policy.first_communication_minutes
    coe = case.coe
    if coe is None or coe.status in SET_ASIDE or coe.severity not in policy:
        return
    start, word = impact_start(coe), first_word(coe)
    limit = dt.timedelta(minutes=policy[coe.severity])
    if start is None or word is None or word - start <= limit:
        return
    index = next(at for at, message in enumerate(coe.communications) if message.at == word and _to_customers(message.audience))
    yield Finding(
        ("communications", index, "at"),
        f"customers first heard of it {duration_words(word - start)} after the first impact; "
        f"the policy gives {coe.severity} {duration_words(limit)}",
        "Add the earlier message if there was one; else write what kept it back, as a lesson in `went_poorly`, and allow "
        "this with that reason.",
    )


def _to_customers(audience: str) -> bool:
    return audience in ("public", "affected")
