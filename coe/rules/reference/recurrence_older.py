"""The rule `recurrence-older`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from coe.corpus import Corpus
from coe.diagnostic import Severity
from coe.model.coe import Coe
from coe.model.measures import impact_start
from coe.rule import Bad, Finding, Good, rule

_HEAD = "kind: near_miss\nstatus: published\nseverity: SEV3\nowner_team: payments\n---\n"
_FILES = {
    f"coes/{name[:4]}/{name}.md": f"---\nid: {name}\ntitle: Search in Europe nearly failed\n{_HEAD}"
    for name in ("2025-11-02-search-retry-storm", "2026-09-01-search-retry-storm")
}


@rule(
    "REF113",
    Severity.ERROR,
    Bad("related: [{type: recurrence_of, id: «2026-09-01-search-retry-storm»}]\n", files=_FILES),
    Good("related: [{type: recurrence_of, id: 2025-11-02-search-retry-storm}]\n", files=_FILES),
    Good("related: [{type: related, id: 2026-09-01-search-retry-storm}]\n", files=_FILES),
)
def recurrence_older(corpus: Corpus) -> Iterator[Finding]:
    """An event recurs after the event that it repeats: `recurrence_of` names the earlier of the two.

    The starts of the impact are compared where both COEs have one, else the days in the ids.
    """
    for analysis in corpus.analyses:
        coe = analysis.coe
        for index, related in enumerate(coe.related if coe else ()):
            other = corpus.coes.get(related.id)
            if related.type != "recurrence_of" or not coe or not other or not other.coe:
                continue
            if _is_before(coe, other.coe):
                yield Finding(
                    ("related", index, "id"),
                    f"this event came before `{related.id}`, so it cannot be a recurrence of it",
                    f"Write `{{type: recurrence_of, id: {coe.id}}}` in `{related.id}`, and `type: related` here.",
                    analysis=analysis,
                )


def _is_before(coe: Coe, other: Coe) -> bool:
    mine, theirs = impact_start(coe), impact_start(other)
    if mine and theirs:
        return mine < theirs
    return _day(coe) < _day(other)


def _day(coe: Coe) -> dt.date:
    try:
        return dt.date.fromisoformat(coe.id[:10])
    except ValueError:  # the id has the form of a day that does not exist: `id-matches-file` has its own words for that
        return dt.date.min
