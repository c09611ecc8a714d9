"""The rule `related-cycle`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.corpus import Corpus
from coe.diagnostic import Severity
from coe.rule import Bad, Finding, Good, rule
from coe.rules.reference.tie import Tie, cycle_findings

_ONE_WAY = ("recurrence_of", "caused_by", "duplicate_of")
_OTHER = """\
---
id: 2026-07-14-search-slow
title: Search in Europe nearly failed
kind: near_miss
status: published
severity: SEV3
owner_team: payments
related: [{{type: {}, id: 2026-07-14-checkout-pool-exhaustion}}]
---
"""
_FILE = "coes/2026/2026-07-14-search-slow.md"
_MINE = "related: [{{type: {}, id: {}}}]\n"


@rule(
    "REF112",
    Severity.ERROR,
    Bad(_MINE.format("caused_by", "«2026-07-14-search-slow»"), files={_FILE: _OTHER.format("caused_by")}),
    Bad(_MINE.format("duplicate_of", "«2026-07-14-search-slow»"), files={_FILE: _OTHER.format("duplicate_of")}),
    Good(_MINE.format("related", "2026-07-14-search-slow"), files={_FILE: _OTHER.format("related")}),
    Good(_MINE.format("caused_by", "2026-07-14-search-slow"), files={_FILE: _OTHER.format("related")}),
)
def related_cycle(corpus: Corpus) -> Iterator[Finding]:
    """A recurrence, a consequence and a duplicate lead to another COE, and no way leads back to where it began.

    Of two events at most one caused the other, and a duplicate names the COE that stays. `related` has no direction and
    may stand on both sides.
    """
    for kind in _ONE_WAY:
        ties = [
            Tie(analysis, coe.id, ("related", index, "id"), related.id)
            for analysis in corpus.analyses
            if (coe := analysis.coe)
            for index, related in enumerate(coe.related)
            if related.type == kind
        ]
        yield from cycle_findings(
            ties, kind, "Keep one direction; write `type: related` or delete the entry on the other side."
        )
