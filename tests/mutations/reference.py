"""Broken references across the repository."""

from __future__ import annotations

from mutations.mutation import CATALOG, MINUTES, OLD, PROGRAM, TENET, Edit, Files, Mutation, append, swap

SELF = "2026-07-14-checkout-pool-exhaustion"


def copied(files: Files) -> Files:
    """Copy the older COE, as one does who starts a new one from it."""
    return {**files, OLD.replace("/2025/", "/copy/"): files[OLD]}


def related(name: str) -> Edit:
    """Return the edit that relates the COE to another one."""
    return swap("{type: related, id: 2025-11-02-search-retry-storm,", f"{{type: related, id: {name},")


MUTATIONS = (
    Mutation("unknown-coe", "2025-11-02-search-retry-strom", related("2025-11-02-search-retry-strom")),
    Mutation("unknown-coe", "2025-11-02-search", swap("[2025-11-02-search-retry-storm]", "[2025-11-02-search]", TENET)),
    Mutation("unknown-coe", "2026-07-14-checkout", swap(f"  - coe: {SELF}", "  - coe: 2026-07-14-checkout", MINUTES)),
    Mutation("unknown-tenet", "bounded-pool", swap("tenet: bounded-pools", "tenet: bounded-pool")),
    Mutation("unknown-program", "retry-budget", swap("program: retry-budgets", "program: retry-budget")),
    Mutation("unknown-service", "chekout", swap("{id: checkout, relation: impacted}", "{id: chekout, relation: impacted}")),
    Mutation("unknown-service", "serch", swap("{service: search,", "{service: serch,", PROGRAM)),
    Mutation("unknown-team", "payment", swap("\nowner_team: payments\n", "\nowner_team: payment\n")),
    Mutation("unknown-team", "serch", swap("name: Search, team: search", "name: Search, team: serch", CATALOG)),
    Mutation("unknown-role", "role:scribes", swap("role:scribe\n", "role:scribes\n")),
    Mutation("duplicate-document-id", "2025-11-02-search-retry-storm", copied, times=2),
    Mutation("self-reference", SELF, related(SELF)),
    Mutation("self-reference", "bounded-pools", swap("adopted\n", "proposed\nsupersedes: bounded-pools\n", TENET)),
    Mutation("broken-link", "../2025/none.md", swap("(../2025/2025-11-02-search-retry-storm.md)", "(../2025/none.md)")),
    Mutation("broken-link", "chart.png", append("![The pool](chart.png)")),
)
NOT_ALONE: dict[str, str] = {}
