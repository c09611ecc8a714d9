"""Documents of the repository that are tied in ways that cannot be."""

from __future__ import annotations

from mutations.mutation import CATALOG, MINUTES, OLD, PROGRAM, TENET, Edit, Mutation, both, drop_field, publish, swap, write

OTHER = "tenets/constant-work.md"
CONSTANT = """\
---
id: constant-work
title: Constant work
status: {}
statement: Do the same work in good and in bad times.
rationale: What changes with the load fails with the load.
---

## What it asks for

Work that does not grow with the number of failures.
"""
THIS = "2026-07-14-checkout-pool-exhaustion"


def tied(kind: str) -> Edit:
    """Return the edit that ties the COE to the older one in another way."""
    return swap("{type: related, id: 2025", f"{{type: {kind}, id: 2025")


def tied_back(kind: str) -> Edit:
    """Return the edit that ties the older COE to the newer one."""
    return swap("tags: [retries]\n", f"related: [{{type: {kind}, id: {THIS}}}]\ntags: [retries]\n", OLD)


def in_turn(name: str) -> Edit:
    """Return the edit by which the tenet supersedes another one."""
    return swap("status: adopted\n", f"status: proposed\nsupersedes: {name}\n", TENET)


MUTATIONS = (
    Mutation(
        "retired-reference",
        "database-proxy",
        swap("client-platform, tier: 1}", "client-platform, tier: 1, status: retired}", CATALOG),
    ),
    Mutation(
        "supersedes-cycle",
        "",
        both(in_turn("constant-work"), write(OTHER, CONSTANT.format("proposed\nsupersedes: bounded-pools"))),
        times=2,
    ),
    Mutation("related-cycle", "20", both(tied("caused_by"), tied_back("caused_by")), times=2),
    Mutation("recurrence-older", THIS, tied_back("recurrence_of")),
    Mutation("one-sided-supersedes", "2025-11-02", both(publish, tied("supersedes"))),
    Mutation("program-without-adoption", "active", drop_field("adoption", "done_when", PROGRAM)),
    Mutation("tenet-uncited", "adopted", write(OTHER, CONSTANT.format("adopted"))),
    Mutation("unknown-draw", "chekout", swap("picked: checkout", "picked: chekout", MINUTES)),
)
NOT_ALONE: dict[str, str] = {}
