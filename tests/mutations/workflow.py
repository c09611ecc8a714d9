"""Ways that a COE does not go."""

from __future__ import annotations

from mutations.mutation import OLD, Files, Mutation, drop, drop_field, publish, swap

DROPPED = """\
  - id: A4
    title: Replace the proxy by a pool in the client
    type: prevent
    priority: P3
    owner: role:service-owner
    owner_team: client-platform
    created: 2026-07-16
    status: wont_do
    addresses: [C1]
    success_criteria: No client uses the proxy.
    reason: The bound of A1 has the same effect at less cost.
"""
COPY = "coes/2025/2025-11-03-search-retry-storm.md"


def unnamed(files: Files) -> Files:
    """Add a COE that no other document names."""
    return {**files, COPY: files[OLD].replace(b"2025-11-02-search", b"2025-11-03-search")}


MUTATIONS = (
    Mutation("status-requirements", "in_review", drop_field("five_whys", "review_questions")),
    Mutation(
        "author-approves", "role:service-owner", swap("reviewers: [role:principal-engineer]", "reviewers: [role:service-owner]")
    ),
    Mutation(
        "illegal-transition",
        "published",
        swap("status: draft\n", "status: published\npublished: 2026-07-28\n"),
        since=swap("status: in_review\n", "status: draft\n"),
    ),
    Mutation("published-change-without-note", "SEV3", swap("\nseverity: SEV2\n", "\nseverity: SEV3\n"), since=publish),
    # Git would see a renamed file; here the id changes in place, and so no longer is the name of its file.
    Mutation(
        "id-changed",
        "2025-11-04-search-retry-storm",
        swap("id: 2025-11-03-search-retry-storm", "id: 2025-11-04-search-retry-storm", COPY),
        also=("id-matches-file",),
        since=unnamed,
    ),
    Mutation("action-item-removed", "- id: A1", drop(DROPPED), since=publish),
)
NOT_ALONE: dict[str, str] = {}
