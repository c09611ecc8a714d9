"""The COE itself."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from coe.diagnostic import Path
from coe.model.actions import ActionItem
from coe.model.causes import Cause, ReviewQuestions, Why
from coe.model.impact import Impact
from coe.model.learning import Learning, Lessons, Observation, Related
from coe.model.response import Communication, Detection, Engagement, IncidentRoles, Mitigation
from coe.model.scalars import CoeId, Day, Noun, Reference, Slug, Text, Timestamp, Url
from coe.model.timeline import Event, Trigger

SeverityLevel = Literal["SEV1", "SEV2", "SEV3", "SEV4", "SEV5"]
Status = Literal["draft", "in_review", "published", "closed", "superseded", "withdrawn"]
SET_ASIDE = frozenset({"draft", "superseded", "withdrawn"})
"""States in which nobody waits for what is missing: not yet, or no more."""
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=10, max_length=120, strict=True)]
Summary = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=600, strict=True)]


class SeverityChange(Noun):
    """A severity and since when it held."""

    at: Timestamp = Field(description="When it was set.", examples=["2026-07-14T14:05:10Z"])
    level: SeverityLevel = Field(description="What was set.", examples=["SEV2"])


class ServiceRelation(Noun):
    """A service and what it had to do with the event."""

    id: Slug = Field(description="Service of the catalog.", examples=["checkout"])
    relation: Literal["origin", "contributing", "impacted", "dependency"] = Field(
        "impacted", description="Its part.", examples=["origin"]
    )


class Scope(Noun):
    """Where it happened."""

    regions: tuple[Text, ...] = Field((), description="Regions.", examples=[["eu-central-1"]])
    zones: tuple[Text, ...] = Field((), description="Availability zones.", examples=[["euc1-az2"]])
    cells: tuple[Text, ...] = Field((), description="Cells or shards.", examples=[["cell-7"]])
    environments: tuple[Text, ...] = Field((), description="Environments.", examples=[["production"]])


class IncidentReference(Noun):
    """The same event in another system."""

    system: Text = Field(description="Name of the system.", examples=["pagerduty"])
    id: Text = Field(description="Id of the incident there.", examples=["Q27MXNAJQ834PC"])
    url: Url | None = Field(None, description="Link to it.", examples=["https://example.com/incidents/812"])


class Revision(Noun):
    """A note about a change to what was published."""

    at: Day = Field(description="When it was changed.", examples=["2026-08-03"])
    text: Text = Field(description="What changed, and why.", examples=["Two more cells were affected than we first counted."])


class Coe(Noun):
    """One post-incident analysis: facts in front matter, the story in Markdown below it."""

    id: CoeId = Field(
        description="Date of the event and slug; equals the file's stem.", examples=["2026-07-14-checkout-pool-exhaustion"]
    )
    title: Title = Field(
        description="Effect and place, no person.", examples=["Checkout errors in Europe: connection pool exhausted"]
    )
    summary: Summary | None = Field(
        None, description="What happened, in at most 600 characters.", examples=["For 31 minutes 3.5 % of checkouts failed."]
    )
    kind: Literal["incident", "near_miss", "exercise"] = Field(
        description="Whether customers were affected.", examples=["incident"]
    )
    status: Status = Field(description="Where the analysis stands.", examples=["draft"])
    severity: SeverityLevel = Field(description="Size of the impact.", examples=["SEV2"])
    severity_history: tuple[SeverityChange, ...] = Field(
        (), description="How the severity changed.", examples=[[{"at": "2026-07-14T14:05:10Z", "level": "SEV2"}]]
    )
    visibility: Literal["public", "internal", "restricted"] = Field(
        "internal", description="Who may read it.", examples=["internal"]
    )
    created: Day | None = Field(None, description="When writing began.", examples=["2026-07-15"])
    published: Day | None = Field(None, description="When it was published.", examples=["2026-07-24"])
    revisions: tuple[Revision, ...] = Field(
        (),
        description="What was changed after it was published.",
        examples=[[{"at": "2026-08-03", "text": "Two more cells were affected than we first counted."}]],
    )
    owner_team: Slug = Field(description="Team closest to what failed.", examples=["payments"])
    authors: tuple[Reference, ...] = Field(
        (), description="Who wrote it, as catalog references.", examples=[["role:service-owner"]]
    )
    reviewers: tuple[Reference, ...] = Field((), description="Who reviewed it.", examples=[["role:principal-engineer"]])
    facilitator: Reference | None = Field(None, description="Who led the review.", examples=["role:review-facilitator"])
    incident_roles: IncidentRoles | None = Field(
        None, description="Who held which role.", examples=[{"incident_commander": "role:incident-commander"}]
    )
    services: tuple[ServiceRelation, ...] = Field(
        (), description="Services concerned.", examples=[[{"id": "checkout", "relation": "origin"}]]
    )
    scope: Scope | None = Field(None, description="Where it happened.", examples=[{"regions": ["eu-central-1"]}])
    incident_refs: tuple[IncidentReference, ...] = Field(
        (), description="The same event elsewhere.", examples=[[{"system": "pagerduty", "id": "Q27MXNAJQ834PC"}]]
    )
    impact: Impact | None = Field(
        None,
        description="Effect on customers; an incident has one.",
        examples=[{"windows": [{"id": "I1", "start": "2026-07-14T13:57:40Z"}]}],
    )
    detection: Detection | None = Field(None, description="How it came to be known.", examples=[{"method": "canary"}])
    engagement: Engagement | None = Field(None, description="Who was brought in.", examples=[{"paged_teams": ["payments"]}])
    mitigation: tuple[Mitigation, ...] = Field(
        (),
        description="What was done to end the impact.",
        examples=[[{"type": "rollback", "event": "E5", "outcome": "effective"}]],
    )
    communications: tuple[Communication, ...] = Field(
        (),
        description="What customers and others heard.",
        examples=[[{"at": "2026-07-14T14:12:00Z", "channel": "status-page", "audience": "public", "state": "investigating"}]],
    )
    timeline: tuple[Event, ...] = Field(
        (),
        description="What happened when.",
        examples=[
            [{"id": "E1", "at": "2026-07-14T13:57:40Z", "type": "change", "text": "Version 2026.7.3 reached all cells."}]
        ],
    )
    trigger: Trigger | None = Field(None, description="What set it off.", examples=[{"type": "deployment", "event": "E1"}])
    root_causes: tuple[Cause, ...] = Field(
        (),
        description="Conditions without which it would not have happened.",
        examples=[[{"id": "C1", "category": "technical", "statement": "The pool has no upper bound per tenant."}]],
    )
    contributing_factors: tuple[Cause, ...] = Field(
        (),
        description="Conditions that made it likelier, longer or larger.",
        examples=[[{"id": "C2", "category": "detection", "statement": "No alarm watches free connections."}]],
    )
    five_whys: tuple[Why, ...] = Field(
        (),
        description="The tree of whys.",
        examples=[[{"why": "Why did checkout fail?", "because": "No connection was free.", "cause": "C1"}]],
    )
    review_questions: ReviewQuestions | None = Field(
        None, description="What would have halved it.", examples=[{"detection": {"halve": "An alarm on free connections."}}]
    )
    observations: tuple[Observation, ...] = Field(
        (), description="What was seen.", examples=[[{"id": "O1", "text": "Retries doubled the load."}]]
    )
    lessons: Lessons | None = Field(
        None,
        description="What the team takes from it.",
        examples=[{"went_well": [{"id": "W1", "text": "The canary told first."}]}],
    )
    learnings: tuple[Learning, ...] = Field(
        (),
        description="What others can take from it.",
        examples=[[{"id": "L1", "statement": "Bound a shared pool per tenant.", "audience": "org"}]],
    )
    action_items: tuple[ActionItem, ...] = Field(
        (),
        description="What will be changed.",
        examples=[
            [
                {
                    "id": "A1",
                    "title": "Bound connections per tenant",
                    "type": "prevent",
                    "status": "open",
                    "owner_team": "payments",
                }
            ]
        ],
    )
    related: tuple[Related, ...] = Field(
        (), description="Other COEs.", examples=[[{"type": "related", "id": "2025-11-02-search-retry-storm"}]]
    )
    tags: tuple[Slug, ...] = Field((), description="Words to find it by.", examples=[["connection-pool"]])


def causes(coe: Coe) -> Iterator[tuple[Path, Cause]]:
    """Yield the root causes and the contributing factors with their paths."""
    for key in ("root_causes", "contributing_factors"):
        for index, cause in enumerate(getattr(coe, key)):
            yield (key, index), cause
