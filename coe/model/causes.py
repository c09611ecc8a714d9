"""Why it could happen: causes, the tree of whys, and what would have halved it."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from coe.diagnostic import Path
from coe.model.scalars import Day, LocalId, Noun, Text


class Cause(Noun):
    """A condition without which the event would not have happened, or would have been smaller."""

    id: LocalId = Field(description="Name of the cause inside this file.", examples=["C1"])
    category: Literal[
        "technical", "process", "organizational", "human_factors", "communication", "knowledge", "detection", "dependency"
    ] = Field(description="What kind of condition.", examples=["technical"])
    statement: Text = Field(description="The condition, about a system.", examples=["The pool has no upper bound per tenant."])
    introduced: Day | None = Field(None, description="Since when it was there.", examples=["2025-03-02"])
    undetected_because: Text | None = Field(None, description="Why it stayed unseen.", examples=["Load tests use one tenant."])
    interacts_with: tuple[LocalId, ...] = Field((), description="Causes that it needs to do harm.", examples=[["C2"]])
    accepted_risk: Text | None = Field(None, description="Why it stays as it is.", examples=["The system is retired in March."])


class Why(Noun):
    """One question of the chain, its answer, and the questions that the answer raises."""

    why: Text = Field(description="The question.", examples=["Why did checkout answer with errors?"])
    because: Text = Field(description="The answer, about a system.", examples=["No connection was free in the pool."])
    evidence: tuple[Text, ...] = Field(
        (), description="Links or short texts that show it.", examples=[["https://example.com/dash/7"]]
    )
    cause: LocalId | None = Field(None, description="The cause at which the chain ends.", examples=["C1"])
    whys: tuple["Why", ...] = Field((), description="The next questions.", examples=[[]])


class ReviewAnswer(Noun):
    """An answer to one review question, and what would have halved it."""

    answer: Text | None = Field(None, description="How it went.", examples=["The canary saw it after four minutes."])
    halve: Text | None = Field(None, description="What would have halved it.", examples=["An alarm on free connections."])


class ReviewQuestions(Noun):
    """What would have halved the time to detect, to diagnose, to mitigate, the chance of it, and its reach."""

    detection: ReviewAnswer | None = Field(
        None, description="Time to detect.", examples=[{"halve": "An alarm on free connections."}]
    )
    diagnosis: ReviewAnswer | None = Field(
        None, description="Time to diagnose.", examples=[{"halve": "A dashboard per tenant."}]
    )
    mitigation: ReviewAnswer | None = Field(None, description="Time to mitigate.", examples=[{"halve": "A one-step rollback."}])
    prevention: ReviewAnswer | None = Field(
        None, description="Chance of it.", examples=[{"halve": "A load test with many tenants."}]
    )
    blast_radius: ReviewAnswer | None = Field(None, description="Reach.", examples=[{"halve": "One pool per cell."}])


def walk_whys(whys: tuple[Why, ...], path: Path = ("five_whys",)) -> Iterator[tuple[Path, Why]]:
    """Yield every why of a tree with its path, parents first."""
    for index, why in enumerate(whys):
        here = (*path, index)
        yield here, why
        if why.whys:
            yield from walk_whys(why.whys, (*here, "whys"))
