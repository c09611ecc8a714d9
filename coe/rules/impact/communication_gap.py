"""The rule `communication-gap`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise

from coe.case import Case
from coe.diagnostic import Severity
from coe.model.coe import SET_ASIDE, Coe
from coe.model.impact import Window
from coe.model.measures import duration_words, impact_end, union_length
from coe.model.response import Communication
from coe.rule import Bad, Finding, Good, rule

_IMPACT = "impact:\n  windows: [{id: I1, start: 2026-07-14T14:00:00Z, end: 2026-07-14T20:00:00Z}]\n"
_TWO_WINDOWS = (
    "impact:\n  windows:\n    - {id: I1, start: 2026-07-14T14:00:00Z, end: 2026-07-14T15:00:00Z}\n"
    "    - {id: I2, start: 2026-07-14T19:00:00Z, end: 2026-07-14T20:00:00Z}\n"
)
_WORD = "  - at: {}\n    channel: status-page\n    audience: public\n    state: {}\n"
_FIRST = "communications:\n" + _WORD.format("2026-07-14T14:10:00Z", "investigating")


@rule(
    "IMP108",
    Severity.WARNING,
    Bad(f"{_IMPACT}{_FIRST}{_WORD.format('«2026-07-14T18:30:00Z»', 'identified')}"),
    Bad(f"{_IMPACT}{_FIRST.replace('2026-07-14T14:10:00Z', '«2026-07-14T14:10:00Z»')}"),
    Good(f"{_TWO_WINDOWS}{_FIRST}{_WORD.format('2026-07-14T19:30:00Z', 'identified')}"),
    Good(
        f"{_IMPACT}{_FIRST}{_WORD.format('2026-07-14T16:10:00Z', 'identified')}"
        f"{_WORD.format('2026-07-14T18:10:00Z', 'monitoring')}"
    ),
    Good(f"severity: SEV3\n{_IMPACT}{_FIRST}"),
    Good(f"{_IMPACT}communications: []\n"),
)
def communication_gap(case: Case) -> Iterator[Finding]:
    """While the impact of a grave event lasts, customers hear again within the minutes that the policy gives.

    Judged are the messages to the public and to those affected, by `communication-cadence-minutes` in `[policy]`; only time
    inside an impact window counts. After a message that says `resolved` nothing more is expected. A COE without messages,
    or with an open window, is judged only as far as it tells.

    Source: the incident communication handbook of Atlassian, which asks for updates at a steady pace.
    """
    policy = case.repository.config.policy.communication_cadence_minutes
    coe = case.coe
    if coe is None or coe.status in SET_ASIDE or coe.severity not in policy or coe.impact is None:
        return
    limit = dt.timedelta(minutes=policy[coe.severity])
    for index, silence, said in _silences(coe, coe.impact.windows):
        if silence > limit:
            yield Finding(
                ("communications", index, "at"),
                f"no word to customers stands in {duration_words(silence)} of the impact {said}; "
                f"the policy gives {coe.severity} {duration_words(limit)}",
                "Add the messages that are missing here; if there were none, write it as a lesson in `went_poorly`, and "
                "allow this with that reason.",
            )


def _silences(coe: Coe, windows: tuple[Window, ...]) -> Iterator[tuple[int, dt.timedelta, str]]:
    """Yield each stretch between messages to customers: at which message, its length inside the impact, and where it is."""
    words = sorted(
        ((message.at, index, message) for index, message in enumerate(coe.communications) if _to_customers(message)),
        key=lambda word: word[:2],
    )
    for (start, _, before), (end, index, _) in pairwise(words):
        if before.state != "resolved":
            yield index, _inside(windows, start, end), "before this message"
    over = impact_end(coe)
    if words and over and words[-1][2].state != "resolved":
        yield words[-1][1], _inside(windows, words[-1][0], over), "after this message"


def _to_customers(message: Communication) -> bool:
    return message.audience in ("public", "affected")


def _inside(windows: tuple[Window, ...], start: dt.datetime, end: dt.datetime) -> dt.timedelta:
    """Return how much of a stretch lies inside the impact; an open window lasts as long as the stretch."""
    return union_length(
        (max(window.start, start), min(window.end or end, end))
        for window in windows
        if max(window.start, start) < min(window.end or end, end)
    )
