"""Causes, whys and lessons that lead nowhere."""

from __future__ import annotations

from mutations.mutation import Mutation, append, both, drop, drop_field, field, swap

SHALLOW = """\
five_whys:
  - why: Why did checkout return errors?
    because: No connection was free in the pool.
    cause: C1
"""
LAST = '        evidence: ["https://example.com/alarms"]\n        cause: C2\n'
ONE_CAUSE = both(
    drop_field("contributing_factors", "five_whys"),
    drop("        cause: C2\n"),
    drop("    interacts_with: [C2]\n"),
    swap("addresses: [C2, O1]", "addresses: [O1]"),
)
PEOPLE = both(*(swap(f"category: {word}", "category: human_factors") for word in ("technical", "detection", "process")))

MUTATIONS = (
    Mutation("lesson-without-action", "{id: G1", drop(", actions: [A1]")),
    Mutation("single-cause", "id: C1", ONE_CAUSE),
    Mutation("shallow-why-tree", "why: Why did checkout", field("five_whys", SHALLOW, "review_questions")),
    Mutation("why-leaf-without-cause", "why: Why was the shortage", drop(LAST)),
    Mutation(
        "why-leaf-about-person",
        "The engineer",
        swap("because: No alarm watches free connections.", "because: The engineer selected the volume of the other host."),
    ),
    Mutation(
        "trigger-as-cause",
        "The version 2026.7.3",
        swap(
            "statement: The pool has no",
            "statement: The version 2026.7.3 of the database proxy reached all cells.\n    x-old: The pool has no",
        ),
    ),
    Mutation(
        "decision-without-context",
        "id: E8",
        drop("    context: A rollback takes 25 minutes, the move takes 5; both end the impact.\n"),
    ),
    Mutation(
        "cause-ends-at-act",
        "The engineer",
        swap(
            "statement: The pool has no upper bound per tenant.",
            "statement: The engineer ran the script on both cells.",
        ),
    ),
    Mutation("unexplained-decision", "decided to", append("At 14:05 the engineer decided to leave the cell in rotation.")),
    Mutation("human-factors-alone", "human_factors", PEOPLE),
    Mutation("cause-unreached", "id: C1", drop("        cause: C1\n")),
)
NOT_ALONE: dict[str, str] = {}
