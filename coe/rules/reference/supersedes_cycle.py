"""The rule `supersedes-cycle`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.corpus import Corpus
from coe.diagnostic import Severity
from coe.model.coe import Coe
from coe.model.organization import Tenet
from coe.rule import Bad, Finding, Good, rule
from coe.rules.reference.tie import Tie, cycle_findings

_OTHER = """\
---
id: 2026-07-15-checkout-again
title: Checkout in Europe nearly failed
kind: near_miss
status: published
severity: SEV3
owner_team: payments
related: [{{type: {}, id: 2026-07-14-checkout-pool-exhaustion}}]
---
"""
_FILE = "coes/2026/2026-07-15-checkout-again.md"


@rule(
    "REF111",
    Severity.ERROR,
    Bad("related: [{type: supersedes, id: «2026-07-15-checkout-again»}]\n", files={_FILE: _OTHER.format("supersedes")}),
    Good("related: [{type: supersedes, id: 2026-07-15-checkout-again}]\n", files={_FILE: _OTHER.format("related")}),
)
def supersedes_cycle(corpus: Corpus) -> Iterator[Finding]:
    """What supersedes a document is not superseded by it in turn, over however many steps: the newest one must be found.

    This is about COEs with `supersedes` in `related`, and about tenets.
    """
    coes: list[Tie] = []
    tenets: list[Tie] = []
    for analysis in corpus.analyses:
        noun = analysis.noun
        if isinstance(noun, Coe):
            coes += (
                Tie(analysis, noun.id, ("related", index, "id"), related.id)
                for index, related in enumerate(noun.related)
                if related.type == "supersedes"
            )
        elif isinstance(noun, Tenet) and noun.supersedes:
            tenets.append(Tie(analysis, noun.id, ("supersedes",), noun.supersedes))
    for ties in (coes, tenets):
        yield from cycle_findings(ties, "supersedes", "Keep the entry of the newest document, and delete the other.")
