"""Broken form."""

from __future__ import annotations

from mutations.mutation import MINUTES, Mutation, drop, swap

MUTATIONS = (
    Mutation("unreadable", "\ufffd", lambda files: {**files, MINUTES: files[MINUTES] + b"Caf\xe9.\n"}),
    Mutation(
        "yaml-syntax", ":", swap('"Checkout errors in Europe: connection pool exhausted"', "Checkout errors: pool exhausted")
    ),
    Mutation("front-matter", "---", swap("x-cost-center: 812\n---\n", "x-cost-center: 812\n")),
    Mutation("duplicate-key", "tags", swap("tags: [connection-pool]\n", "tags: [connection-pool]\ntags: [pool]\n")),
    Mutation("missing-field", "id: E2", drop("    text: The first checkouts in cell 7 returned errors.\n")),
    Mutation("unknown-key", "severty", swap("severity: SEV2\n", "severity: SEV2\nseverty: SEV3\n")),
    Mutation("wrong-value", "cannary", swap("method: canary", "method: cannary")),
    Mutation("naive-time", "2026-07-14T14:20:00", swap("at: 2026-07-14T14:20:00Z", "at: 2026-07-14T14:20:00")),
    Mutation("empty-value", "notes", swap("notes: The bound per tenant is worth a tenet.", "notes:", MINUTES)),
    Mutation("wrong-value", "2026-07-32", swap("created: 2026-07-15\n", "created: 2026-07-32\n")),
    Mutation("front-matter", "", lambda files: {**files, MINUTES: b""}),
)
NOT_ALONE: dict[str, str] = {}
