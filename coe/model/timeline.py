"""What happened when: the only source of the metrics."""

from typing import Literal, get_args

from pydantic import Field

from coe.model.scalars import Duration, Flag, LocalId, Noun, Text, Timestamp

Milestone = Literal[
    "introduced", "paged", "detected", "acknowledged", "engaged", "declared", "diagnosed", "mitigation_started", "mitigated",
    "recovered", "resolved",
]  # fmt: skip
MILESTONES: tuple[str, ...] = get_args(Milestone)
EventType = Literal[
    "change", "impact", "detection", "engagement", "escalation", "communication", "investigation", "action", "decision",
    "recovery", "note",
]  # fmt: skip


class SystemReference(Noun):
    """A record in another system."""

    system: Text = Field(description="Name of the system.", examples=["pagerduty"])
    ref: Text = Field(description="The record's id there.", examples=["Q27MXNAJQ834PC"])


class Event(Noun):
    """One thing that happened; `precision` makes it an interval around `at`."""

    id: LocalId = Field(description="Name of the event inside this file.", examples=["E1"])
    at: Timestamp = Field(description="When it happened or began.", examples=["2026-07-14T13:57:40Z"])
    end: Timestamp | None = Field(None, description="When it ended, if it took time.", examples=["2026-07-14T14:02:00Z"])
    precision: Duration | None = Field(None, description="Width of the interval in which it happened.", examples=["PT1M"])
    type: EventType = Field(description="What kind of event.", examples=["change"])
    milestone: Milestone | None = Field(
        None, description="The milestone that this event is; each stands once.", examples=["introduced"]
    )
    text: Text = Field(description="What happened, in one or two sentences.", examples=["Version 2026.7.3 reached all cells."])
    actor: Text | None = Field(None, description="Role or system that acted.", examples=["deployment-pipeline"])
    context: Text | None = Field(
        None, description="For a decision: what was known and aimed at then.", examples=["The canary was green."]
    )
    evidence: tuple[Text, ...] = Field(
        (), description="Links or short texts that show it.", examples=[["https://example.com/dash/7"]]
    )
    source: SystemReference | None = Field(
        None, description="Where it was imported from.", examples=[{"system": "pagerduty", "ref": "R1"}]
    )


class Trigger(Noun):
    """What set it off; a trigger is an event, never a cause."""

    type: Literal[
        "deployment", "config", "infrastructure", "traffic", "data", "dependency", "time", "attack", "manual_operation", "none",
        "unknown",
    ] = Field(description="What kind of event.", examples=["deployment"])  # fmt: skip
    event: LocalId | None = Field(None, description="The timeline event that it is.", examples=["E1"])
    automated: Flag | None = Field(None, description="Whether a system did it without a person.", examples=[True])
    ref: Text | None = Field(None, description="Change, ticket or link.", examples=["https://example.com/changes/812"])
