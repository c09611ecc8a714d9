"""What was seen, what this team takes from it, and what others can take from it."""

from typing import Literal

from pydantic import Field

from coe.model.scalars import CoeId, LocalId, Noun, Slug, Text


class Observation(Noun):
    """Something seen, without a judgement."""

    id: LocalId = Field(description="Name inside this file.", examples=["O1"])
    text: Text = Field(description="What was seen.", examples=["Free connections fell for six hours before the event."])
    evidence: tuple[Text, ...] = Field(
        (), description="Links or short texts that show it.", examples=[["https://example.com/dash/7"]]
    )


class Lesson(Noun):
    """Something local that went well, poorly, luckily, or otherwise than expected."""

    id: LocalId = Field(description="Name inside this file.", examples=["P1"])
    text: Text = Field(description="What it was.", examples=["The rollback needed two approvals at night."])
    actions: tuple[LocalId, ...] = Field((), description="Action items that answer it.", examples=[["A2"]])
    accepted_risk: Text | None = Field(
        None,
        description="Why it stays as it is, where no action item answers it.",
        examples=["The system is retired in March."],
    )


class Lessons(Noun):
    """Lessons by how they felt."""

    went_well: tuple[Lesson, ...] = Field(
        (), description="What helped.", examples=[[{"id": "W1", "text": "The canary told first."}]]
    )
    went_poorly: tuple[Lesson, ...] = Field(
        (), description="What cost time.", examples=[[{"id": "P1", "text": "Two approvals at night."}]]
    )
    got_lucky: tuple[Lesson, ...] = Field(
        (), description="What could have been worse.", examples=[[{"id": "G1", "text": "It was a quiet hour."}]]
    )
    surprises: tuple[Lesson, ...] = Field(
        (), description="What nobody expected.", examples=[[{"id": "S1", "text": "Retries doubled the load."}]]
    )


class Learning(Noun):
    """A statement that helps teams who were not there."""

    id: LocalId = Field(description="Name inside this file.", examples=["L1"])
    statement: Text = Field(description="What others can use.", examples=["Bound a shared pool per tenant."])
    audience: Literal["team", "org", "public"] = Field(description="Who it is for.", examples=["org"])
    tenet: Slug | None = Field(None, description="The tenet it speaks for.", examples=["static-stability"])
    program: Slug | None = Field(None, description="The program that carries it.", examples=["retry-budgets"])
    from_: tuple[LocalId, ...] = Field(
        (), alias="from", description="Causes, events, lessons or observations it comes from.", examples=[["C1"]]
    )


class Related(Noun):
    """A tie to another COE."""

    type: Literal["recurrence_of", "related", "duplicate_of", "supersedes", "caused_by"] = Field(
        description="What ties them.", examples=["related"]
    )
    id: CoeId = Field(description="The other COE.", examples=["2025-11-02-search-retry-storm"])
    note: Text | None = Field(None, description="Why it is named.", examples=["The same pool library."])
