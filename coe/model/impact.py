"""What customers met, from when to when, and how far it reached."""

from typing import Literal

from pydantic import Field

from coe.model.scalars import Count, LocalId, Money, Noun, Percent, Slug, Text, Timestamp


class Window(Noun):
    """One stretch of time in which customers were affected, half-open."""

    id: LocalId = Field("I1", description="Name of the window inside this file.", examples=["I1"])
    start: Timestamp = Field(description="When customers were first affected.", examples=["2026-07-14T13:57:40Z"])
    end: Timestamp | None = Field(
        None, description="When they were fine again; absent while it goes on.", examples=["2026-07-14T14:29:00Z"]
    )
    level: Literal["outage", "degraded", "latency", "data"] = Field(
        "degraded",
        description="What they met: nothing worked, part of it failed, it was slow, or data were affected.",
        examples=["degraded"],
    )
    services: tuple[Slug, ...] = Field(
        (), description="Which services this window is about; all when absent.", examples=[["checkout"]]
    )


class Affected(Noun):
    """How many or how much, and how that is known."""

    count: Count | None = Field(None, description="Absolute number.", examples=[12400])
    percent: Percent | None = Field(None, description="Share of all, 0 to 100.", examples=[3.5])
    basis: Literal["measured", "estimated", "unknown"] = Field(description="How the figure is known.", examples=["measured"])


class SloBudget(Noun):
    """What the event used up of one service level objective."""

    ref: Text = Field(description="Name or link of the objective.", examples=["checkout-availability"])
    budget_consumed_percent: Percent = Field(description="Share of the period's error budget, 0 to 100.", examples=[38])


DataState = Literal["unaffected", "affected", "unknown"]


class DataImpact(Noun):
    """What happened to data, by the three questions of security."""

    availability: DataState | None = Field(None, description="Could data be reached?", examples=["affected"])
    integrity: DataState | None = Field(None, description="Were data lost or changed?", examples=["unaffected"])
    confidentiality: DataState | None = Field(None, description="Could others see them?", examples=["unaffected"])


class BlastRadius(Noun):
    """How much of the whole was in reach of the fault."""

    unit: Text = Field(description="What is counted.", examples=["cell"])
    affected: Count | None = Field(None, description="How many of them were affected.", examples=[1])
    total: Count | None = Field(None, description="How many there are.", examples=[12])


class Impact(Noun):
    """The effect on customers."""

    windows: tuple[Window, ...] = Field(
        description="When customers were affected.", examples=[[{"id": "I1", "start": "2026-07-14T13:57:40Z"}]], min_length=1
    )
    customers_affected: Affected | None = Field(
        None, description="How many customers.", examples=[{"count": 12400, "basis": "measured"}]
    )
    requests_failed: Affected | None = Field(
        None, description="How many requests.", examples=[{"percent": 3.5, "basis": "estimated"}]
    )
    slo: tuple[SloBudget, ...] = Field(
        (), description="Error budgets used.", examples=[[{"ref": "checkout-availability", "budget_consumed_percent": 38}]]
    )
    financial: Money | None = Field(
        None, description="Cost as a range.", examples=[{"min": 10000, "max": 25000, "currency": "EUR"}]
    )
    support_contacts: Count | None = Field(None, description="How many customers called support.", examples=[112])
    data: DataImpact | None = Field(None, description="Effect on data.", examples=[{"integrity": "unaffected"}])
    blast_radius: BlastRadius | None = Field(
        None, description="How far it reached.", examples=[{"unit": "cell", "affected": 1, "total": 12}]
    )
    pillars: tuple[
        Literal[
            "operational_excellence", "security", "reliability", "performance_efficiency", "cost_optimization", "sustainability"
        ],
        ...,
    ] = Field((), description="Well-Architected pillars concerned.", examples=[["reliability"]])
