"""The rule `retired-reference`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.corpus import Corpus, Reference
from coe.diagnostic import Severity, dotted
from coe.model.coe import Coe
from coe.model.organization import Program
from coe.rule import Bad, Finding, Good, rule

_CATALOG = """\
teams: [{id: payments, name: Payments}]
services: [{id: checkout, name: Checkout, status: retired}]
"""
_TENET = """\
---
id: no-fallback
title: No fallback
status: retired
statement: Do not fall back to a path that is never used.
rationale: It fails when it is needed.
---
"""
_LEARNING = "learnings: [{{id: L1, statement: A fallback that is never used fails., audience: org, tenet: {}}}]\n"


@rule(
    "REF110",
    Severity.WARNING,
    Bad("services: [{id: «checkout», relation: origin}]\n", files={"catalog.yaml": _CATALOG}),
    Bad(_LEARNING.format("«no-fallback»"), files={"tenets/no-fallback.md": _TENET}),
    Good("status: published\nservices: [{id: checkout, relation: origin}]\n", files={"catalog.yaml": _CATALOG}),
    Good("services: [{id: checkout, relation: origin}]\n"),
)
def retired_reference(corpus: Corpus) -> Iterator[Finding]:
    """A COE in review and a running program name services and tenets that are in force, not retired ones.

    Most often the name of the successor is meant. What was published before a service or a tenet was retired stays as
    it is: it tells what held then.
    """
    services = {one.id for one in corpus.catalog.services if one.status == "retired"} if corpus.catalog else set()
    tenets = {name for name, tenet in corpus.tenets.items() if tenet.status == "retired"}
    successors = {tenet.supersedes: name for name, tenet in corpus.tenets.items() if tenet.supersedes}
    for reference in (*corpus.references_to.get("service", ()), *corpus.references_to.get("tenet", ())):
        if reference.id not in (services if reference.target == "service" else tenets) or not _is_current(reference):
            continue
        if reference.target == "service":
            yield Finding(
                reference.path,
                f"`{dotted(reference.path)}` names the service `{reference.id}`, which the catalog calls retired",
                "Write the service that took its place, or `status: active` in the catalog if it still runs.",
                analysis=reference.analysis,
            )
        else:
            successor = successors.get(reference.id)
            yield Finding(
                reference.path,
                f"`{dotted(reference.path)}` names the tenet `{reference.id}`, which is retired",
                f"Write `tenet: {successor}`, which supersedes it." if successor else "Write a tenet that is adopted.",
                analysis=reference.analysis,
            )


def _is_current(reference: Reference) -> bool:
    """Say whether a document is being worked on: what a past one names was in force then."""
    noun = reference.analysis.noun
    if isinstance(noun, Program):
        settled = reference.path[0] == "adoption" and noun.adoption[int(reference.path[1])].status in ("done", "exempt")
        return noun.status == "active" and not settled
    return isinstance(noun, Coe) and noun.status == "in_review"
