"""Action items that cannot be done, or that contradict themselves."""

from __future__ import annotations

from mutations.mutation import Mutation, both, drop, publish, swap

SOFT = both(
    swap("    type: prevent\n    priority: P1\n", "    type: process\n    priority: P1\n"),
    swap("    type: detect\n", "    type: process\n"),
    swap("    type: mitigate\n", "    type: process\n"),
)
CLOSED = both(
    swap("status: in_review\n", "status: closed\npublished: 2026-07-28\n"),
    # An open `must` would also lack what the status `closed` needs.
    swap("commitment: must\n    owner: role:service-owner\n    owner_team: client-platform\n", "owner_team: client-platform\n"),
)
TITLE = "title: Bound connections per tenant in the pool of the database proxy"

MUTATIONS = (
    Mutation("done-without-completed", "done", swap("status: open\n", "status: done\n")),
    Mutation("completed-open", "2026-07-20", swap("status: in_progress\n", "status: in_progress\n    completed: 2026-07-20\n")),
    Mutation("due-date-late", "2026-08-20", swap("due: 2026-08-10", "due: 2026-08-20")),
    Mutation("only-soft-actions", "action_items", SOFT),
    Mutation("moved-due-date", "2026-09-01", swap("to: 2026-09-01,", "to: 2026-08-30,")),
    Mutation("open-must-in-closed", "in_progress", CLOSED),
    Mutation(
        "success-criteria-missing",
        "id: A1",
        both(publish, drop("    success_criteria: One tenant takes at most 5 % of the pool in the load test.\n")),
    ),
    Mutation("vague-action-title", "Improve monitoring", swap(TITLE, "title: Improve monitoring")),
    Mutation("date-order", "2026-07-10", swap("completed: 2026-07-27", "completed: 2026-07-10")),
)
NOT_ALONE: dict[str, str] = {}
