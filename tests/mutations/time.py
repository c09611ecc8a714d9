"""Moments that cannot be, or seldom are."""

from __future__ import annotations

from mutations.mutation import Mutation, both, drop, swap

FIRST = """\
  - id: E1
    at: 2026-07-14T13:55:00Z
    type: change
    milestone: introduced
    text: Version 2026.7.3 of the database proxy reached all cells.
    actor: deployment-pipeline
    evidence: ["https://example.com/changes/812"]
  - id: E2
    at: 2026-07-14T13:57:40Z
    type: impact
    text: The first checkouts in cell 7 returned errors.
"""
TWIN = """\
  - id: E11
    at: 2026-07-14T14:02:00Z
    type: detection
    text: The alarm on errors fired.
    source: {system: cloudwatch, ref: R9}
"""
RELAPSE = """\
    - id: I2
      start: 2026-07-14T15:10:00Z
      end: 2026-07-14T15:20:00Z
"""
HUDDLED = both(
    swap("at: 2026-07-14T14:14:00Z\n    end: 2026-07-14T14:18:00Z", "at: 2026-07-14T14:12:30Z\n    end: 2026-07-14T14:12:50Z"),
    swap("at: 2026-07-14T14:20:00Z", "at: 2026-07-14T14:13:00Z"),
    swap("at: 2026-07-14T14:22:00Z", "at: 2026-07-14T14:13:10Z"),
)
MIXED = both(
    swap("at: 2026-07-14T14:20:00Z", "at: 2026-07-14T16:20:00+02:00"),
    swap("at: 2026-07-14T14:22:00Z", "at: 2026-07-14T15:22:00+01:00"),
)

MUTATIONS = (
    Mutation("event-outside-impact", "2026-05-14", swap("at: 2026-07-14T13:57:40Z\n", "at: 2026-05-14T13:57:40Z\n")),
    Mutation("timeline-gap", "2026-07-14T14:12:30Z", HUDDLED),
    Mutation("timeline-starts-at-detection", "2026-07-14T14:02:00Z", both(drop(FIRST), drop("event: E1, "))),
    Mutation("future-time", "2026-08-14T14:05:00Z", swap("{at: 2026-07-14T14:05:00Z", "{at: 2026-08-14T14:05:00Z")),
    Mutation("same-second-two-sources", "2026-07-14T14:02:00Z", swap("  - id: E4\n", f"{TWIN}  - id: E4\n")),
    Mutation("impact-end-missing", "id: I1", drop("      end: 2026-07-14T14:29:00Z\n")),
    Mutation("late-resolution", "2026-07-16", swap("at: 2026-07-14T14:34:00Z", "at: 2026-07-16T14:34:00Z")),
    Mutation("clock-change", "2026-07-14T15:22:00+01:00", MIXED),
    Mutation("relapse", "2026-07-14T15:10:00Z", swap("  customers_affected:", f"{RELAPSE}  customers_affected:")),
)
NOT_ALONE: dict[str, str] = {}
