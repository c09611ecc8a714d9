"""How the event was detected, who came, what ended it and what customers heard."""

from typing import Literal

from pydantic import Field

from coe.model.scalars import Duration, LocalId, Noun, Reference, Slug, Text, Timestamp


class Detection(Noun):
    """How the event came to be known."""

    method: Literal[
        "metric_alarm", "aggregate_alarm", "canary", "log_alarm", "anomaly", "customer_report", "internal_report",
        "vendor_notice", "scheduled_check", "unknown",
    ] = Field(description="What told first.", examples=["canary"])  # fmt: skip
    source: Text | None = Field(None, description="Which alarm, canary or channel.", examples=["checkout-5xx-rate"])
    expected_within: Duration | None = Field(None, description="How fast detection is meant to be.", examples=["PT5M"])


class TechCall(Noun):
    """The call on which the response was led."""

    opened: Timestamp = Field(description="When the call was opened.", examples=["2026-07-14T14:06:00Z"])
    leader: Reference | None = Field(None, description="Who led it, as a role.", examples=["role:call-leader"])


class Engagement(Noun):
    """Who was brought in, and when."""

    paged_teams: tuple[Slug, ...] = Field((), description="Teams that were paged.", examples=[["payments"]])
    tech_call: TechCall | None = Field(None, description="The technical call.", examples=[{"opened": "2026-07-14T14:06:00Z"}])
    support_engaged: Timestamp | None = Field(
        None, description="When customer support was brought in.", examples=["2026-07-14T14:10:00Z"]
    )


class Mitigation(Noun):
    """One thing done to end the impact, and whether it helped."""

    type: Literal[
        "shift_away", "rollback", "restart", "scale_up", "code_change", "config_change", "feature_flag", "load_shed",
        "failover", "isolate", "data_repair", "dependency_recovered", "self_recovered", "other",
    ] = Field(description="What was done.", examples=["rollback"])  # fmt: skip
    event: LocalId | None = Field(None, description="The timeline event at which it was done.", examples=["E5"])
    outcome: Literal["effective", "partial", "ineffective", "harmful"] = Field(
        description="What came of it.", examples=["effective"]
    )


class Communication(Noun):
    """One message to people outside the response."""

    id: LocalId | None = Field(None, description="Name of the message inside this file.", examples=["M1"])
    at: Timestamp = Field(description="When it was sent.", examples=["2026-07-14T14:12:00Z"])
    channel: Text = Field(description="Where it was sent.", examples=["status-page"])
    audience: Literal["public", "affected", "internal", "executive"] = Field(
        description="Who could read it.", examples=["public"]
    )
    scope: Literal["general", "personalized"] = Field(
        "general", description="One text for all, or one per customer.", examples=["general"]
    )
    state: Literal["investigating", "identified", "monitoring", "resolved"] = Field(
        description="What it said of the event's state.", examples=["investigating"]
    )
    text: Text | None = Field(
        None, description="What it said.", examples=["We see errors at checkout and are looking into them."]
    )
    corrects: LocalId | None = Field(None, description="The message that this one corrects.", examples=["M1"])


class IncidentRoles(Noun):
    """Who held which role of the response, as catalog references."""

    incident_commander: Reference | None = Field(None, description="Who commanded.", examples=["role:incident-commander"])
    call_leader: Reference | None = Field(None, description="Who led the technical call.", examples=["role:call-leader"])
    deputy: Reference | None = Field(None, description="Who stood in for the commander.", examples=["role:deputy"])
    scribe: Reference | None = Field(None, description="Who kept the log.", examples=["role:scribe"])
    customer_liaison: Reference | None = Field(
        None, description="Who spoke with customers.", examples=["role:customer-liaison"]
    )
    support_lead: Reference | None = Field(None, description="Who led support.", examples=["role:support-lead"])
    subject_matter_experts: tuple[Reference, ...] = Field(
        (), description="Who was asked for what they know.", examples=[["payments"]]
    )
