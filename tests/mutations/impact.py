"""Figures and messages that contradict each other, the kind of the event, or the policy."""

from __future__ import annotations

from mutations.mutation import CONFIG, Mutation, append, both, drop, drop_field, swap

LATE = both(
    *(
        swap(f"at: 2026-07-14T14:{old}:00Z\n    channel", f"at: 2026-07-14T15:{new}:00Z\n    channel")
        for old, new in (("12", "10"), ("13", "11"), ("35", "12"))
    )
)
UNANSWERED = both(
    swap("expected_within: PT5M", "expected_within: PT1M"),
    swap("category: detection", "category: technical"),
    swap("type: detect\n", "type: mitigate\n"),
    drop("  detection: {answer: The canary saw it after four minutes., halve: An alarm on free connections.}\n"),
)

MUTATIONS = (
    Mutation("near-miss-with-impact", "{count: 12400", swap("kind: incident\n", "kind: near_miss\n")),
    Mutation("counts-contradict", "14", swap("{unit: cell, affected: 1,", "{unit: cell, affected: 14,")),
    Mutation("outage-or-degradation", "outage", swap("level: degraded\n      services: [checkout]\n", "level: outage\n")),
    Mutation("engagement-missing", "SEV2", both(drop_field("incident_roles", "services"), drop(", leader: role:call-leader"))),
    Mutation(
        "security-unanswered",
        "impact",
        drop("  data: {availability: affected, integrity: unaffected, confidentiality: unaffected}\n"),
    ),
    Mutation("detection-slow", "PT1M", UNANSWERED),
    Mutation("first-communication-late", "2026-07-14T15:10:00Z", LATE),
    Mutation(
        "communication-gap", "2026-07-14T14:35:00Z", append("[policy]\ncommunication-cadence-minutes = {SEV2 = 10}", CONFIG)
    ),
    Mutation("correction-without-target", "M2", swap("corrects: M1", "corrects: M2")),
    Mutation("stated-duration", "two hours", swap("summary: For 31 minutes", "summary: For two hours")),
)
NOT_ALONE: dict[str, str] = {}
