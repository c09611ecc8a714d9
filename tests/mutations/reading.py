"""What another reader sees otherwise."""

from __future__ import annotations

from mutations.mutation import Mutation, swap

MUTATIONS = (
    Mutation("refused-by-another-reader", "Why rejected?", swap("x-cost-center: 812\n", "x-why: {why: Why rejected?}\n")),
    Mutation("yaml-look-alike", "2026-07-14", swap("tags: [connection-pool]", "tags: [connection-pool, 2026-07-14]")),
)
NOT_ALONE: dict[str, str] = {}
