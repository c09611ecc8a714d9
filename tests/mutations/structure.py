"""Broken structure of one document."""

from __future__ import annotations

from mutations.mutation import MINUTES, Mutation, append, drop, drop_field, swap

RISK = "    accepted_risk: Waves per cell arrive with the new pipeline in autumn; until then the canary stops a deployment.\n"

MUTATIONS = (
    Mutation("id-matches-file", "2026-W31", swap("week: 2026-W30", "week: 2026-W31", MINUTES)),
    Mutation("duplicate-id", "E1", swap("id: E2\n", "id: E1\n")),
    Mutation("duplicate-id", "D1", swap("id: D2\n", "id: D1\n", MINUTES)),
    Mutation("unknown-local-reference", "E66", swap("event: E6,", "event: E66,")),
    Mutation("unknown-local-reference", "C7", swap("interacts_with: [C2]", "interacts_with: [C7]")),
    Mutation("placeholder", "TODO", append("TODO")),
    Mutation("placeholder", "TBD", swap("answer: It took eleven minutes to see the tenant.", "answer: TBD")),
    Mutation("unclosed-redaction", "<redact>", append("The pool of <redact>cell-3 was full.")),
    Mutation("milestone-order", "2026-07-14T13:50:00Z", swap("at: 2026-07-14T14:20:00Z", "at: 2026-07-14T13:50:00Z")),
    Mutation("milestone-twice", "detected", swap("type: impact\n", "type: impact\n    milestone: detected\n")),
    Mutation("window-order", "2026-07-14T13:29:00Z", swap("  end: 2026-07-14T14:29:00Z", "  end: 2026-07-14T13:29:00Z")),
    Mutation("event-order", "2026-07-14T14:04:00Z", swap("end: 2026-07-14T14:18:00Z", "end: 2026-07-14T14:04:00Z")),
    Mutation("impact-missing", "incident", drop_field("impact", "detection")),
    Mutation("action-item-incomplete", "id: A1", drop("    due: 2026-08-10\n")),
    Mutation("action-item-incomplete", "id: A1", drop("    due: 2026-08-21\n", MINUTES)),
    Mutation("action-item-state", "wont_do", drop("    reason: The bound of A1 has the same effect at less cost.\n")),
    Mutation("factor-without-action", "id: C3", drop(RISK)),
    Mutation("empty-section", "## Later", append("## Later\n\n## At last\n\nThe pool is watched.")),
    Mutation("list-without-blank-line", "- The proxy", swap("done\n\n- The proxy", "done\n\nTwo steps:\n- The proxy")),
)
NOT_ALONE: dict[str, str] = {}
