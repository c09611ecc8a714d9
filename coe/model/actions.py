"""What will be changed so that it does not come back, by whom and by when."""

from typing import Literal

from pydantic import Field

from coe.model.scalars import Day, LocalId, Noun, Reference, Slug, Text, Timestamp
from coe.model.timeline import SystemReference

OPEN_STATES = frozenset({"open", "in_progress", "blocked"})


class Verification(Noun):
    """That a finished action item does what it was meant to do."""

    at: Timestamp = Field(description="When it was shown.", examples=["2026-09-01T10:00:00Z"])
    by: Reference = Field(description="Who showed it.", examples=["role:service-owner"])
    evidence: Text = Field(description="What shows it.", examples=["https://example.com/gameday/12"])


class Extension(Noun):
    """A moved due date."""

    from_: Day = Field(alias="from", description="The due date before.", examples=["2026-08-15"])
    to: Day = Field(description="The due date after.", examples=["2026-09-15"])
    reason: Text = Field(description="Why it moved.", examples=["The freeze of August."])


class ActionItem(Noun):
    """One change, owned, dated and checkable."""

    id: LocalId = Field(description="Name inside this file.", examples=["A1"])
    title: Text = Field(description="The change.", examples=["Bound connections per tenant in the pool"])
    type: Literal["prevent", "detect", "mitigate", "repair", "investigate", "process"] = Field(
        description="What it is for.", examples=["prevent"]
    )
    priority: Literal["P0", "P1", "P2", "P3"] = Field("P2", description="Order of work; not the severity.", examples=["P1"])
    commitment: Literal["must", "should"] = Field(
        "should", description="Whether closing the COE waits for it.", examples=["must"]
    )
    owner: Reference | None = Field(None, description="Role that does it.", examples=["role:service-owner"])
    owner_team: Slug | None = Field(None, description="Team that answers for it.", examples=["payments"])
    created: Day | None = Field(None, description="When it was agreed.", examples=["2026-07-16"])
    due: Day | None = Field(None, description="When it is to be done.", examples=["2026-08-15"])
    status: Literal["open", "in_progress", "blocked", "done", "verified", "wont_do"] = Field(
        description="Where it stands.", examples=["open"]
    )
    completed: Day | None = Field(None, description="When it was done.", examples=["2026-08-10"])
    addresses: tuple[LocalId, ...] = Field((), description="Causes, lessons or observations it answers.", examples=[["C1"]])
    success_criteria: Text | None = Field(
        None, description="How one sees that it worked.", examples=["One tenant takes at most 5 % of the pool."]
    )
    verification: Verification | None = Field(
        None,
        description="That it works.",
        examples=[{"at": "2026-09-01T10:00:00Z", "by": "role:service-owner", "evidence": "https://example.com/gameday/12"}],
    )
    extensions: tuple[Extension, ...] = Field(
        (),
        description="Due dates that moved.",
        examples=[[{"from": "2026-08-15", "to": "2026-09-15", "reason": "The freeze."}]],
    )
    reason: Text | None = Field(None, description="Why it will not be done.", examples=["The system is retired in March."])
    tracker: SystemReference | None = Field(None, description="Its ticket.", examples=[{"system": "jira", "ref": "PAY-812"}])

    @property
    def is_open(self) -> bool:
        """Say whether work is left."""
        return self.status in OPEN_STATES
