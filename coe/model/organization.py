"""What grows out of COEs and what they refer to: tenets, programs, minutes, and the catalog."""

from typing import Literal

from pydantic import Field

from coe.model.actions import ActionItem
from coe.model.scalars import CoeId, Count, Day, LocalId, Noun, Reference, Slug, Text, Week


class Tenet(Noun):
    """A principle for the whole organization."""

    id: Slug = Field(description="Equals the file's stem.", examples=["static-stability"])
    title: Text = Field(description="Its name.", examples=["Static stability"])
    status: Literal["proposed", "adopted", "retired"] = Field(description="Where it stands.", examples=["adopted"])
    statement: Text = Field(description="What it asks for.", examples=["Keep working when a dependency is impaired."])
    rationale: Text = Field(description="Why.", examples=["Control planes are more complex than data planes."])
    sources: tuple[Text, ...] = Field(
        (), description="COEs or links it comes from.", examples=[["2026-07-14-checkout-pool-exhaustion"]]
    )
    supersedes: Slug | None = Field(None, description="The tenet it replaces.", examples=["no-fallback"])


class Adoption(Noun):
    """How far one service is with a program."""

    service: Slug = Field(description="Service of the catalog.", examples=["checkout"])
    status: Literal["not_started", "in_progress", "done", "exempt"] = Field(description="How far.", examples=["in_progress"])
    since: Day | None = Field(None, description="Since when.", examples=["2026-08-01"])
    evidence: Text | None = Field(None, description="What shows it.", examples=["https://example.com/changes/812"])


class Program(Noun):
    """A centralized change that grew from learnings."""

    id: Slug = Field(description="Equals the file's stem.", examples=["retry-budgets"])
    title: Text = Field(description="Its name.", examples=["Retry budgets in all clients"])
    status: Literal["proposed", "active", "done", "abandoned"] = Field(description="Where it stands.", examples=["active"])
    lever: Literal["education", "distributed_change", "centralized_change"] = Field(
        description="Teach it, have every team do it, or do it once for all.", examples=["centralized_change"]
    )
    sponsor_team: Slug = Field(description="Team that carries it.", examples=["client-platform"])
    tenets: tuple[Slug, ...] = Field((), description="Tenets it puts into practice.", examples=[["static-stability"]])
    adoption: tuple[Adoption, ...] = Field(
        (), description="How far services are.", examples=[[{"service": "checkout", "status": "in_progress"}]]
    )
    done_when: Text = Field(
        description="How one sees that it is done.", examples=["Every client of tier 1 has a retry budget."]
    )


class Reviewed(Noun):
    """A COE in the meeting and what came of it."""

    coe: CoeId = Field(description="The COE.", examples=["2026-07-14-checkout-pool-exhaustion"])
    outcome: Literal["accepted", "accepted_with_changes", "returned", "escalated"] = Field(
        description="What came of it.", examples=["accepted"]
    )
    notes: Text | None = Field(
        None, description="What was said, about systems.", examples=["The pool bound is worth a program."]
    )
    applied: Day | None = Field(
        None, description="Day on which `coe minutes apply` did it; it does nothing twice.", examples=["2026-07-24"]
    )


class Decision(Noun):
    """Something the meeting decided."""

    id: LocalId = Field(description="Name inside this file.", examples=["D1"])
    text: Text = Field(description="What was decided.", examples=["Retry budgets become a program."])
    tenet: Slug | None = Field(None, description="Tenet it made or changed.", examples=["static-stability"])
    program: Slug | None = Field(None, description="Program it made or changed.", examples=["retry-budgets"])


class Wheel(Noun):
    """The draw of the service that reports."""

    seed: Text = Field(description="What the draw is replayed from.", examples=["2026-W30"])
    picked: Slug = Field(description="Service or team drawn.", examples=["checkout"])
    absent: tuple[Slug, ...] = Field((), description="Who is absent from the draw of that week.", examples=[["payments"]])


class Minutes(Noun):
    """What one weekly review saw and decided."""

    week: Week = Field(description="ISO week; equals the file's stem.", examples=["2026-W30"])
    date: Day = Field(description="Day of the meeting.", examples=["2026-07-24"])
    facilitator: Reference = Field(description="Who led it, as a role.", examples=["role:review-facilitator"])
    reviewed: tuple[Reviewed, ...] = Field(
        (), description="COEs on the table.", examples=[[{"coe": "2026-07-14-checkout-pool-exhaustion", "outcome": "accepted"}]]
    )
    decisions: tuple[Decision, ...] = Field(
        (), description="What was decided.", examples=[[{"id": "D1", "text": "Retry budgets become a program."}]]
    )
    action_items: tuple[ActionItem, ...] = Field(
        (),
        description="What the meeting itself will do.",
        examples=[
            [{"id": "A1", "title": "Write the tenet", "type": "process", "status": "open", "owner_team": "client-platform"}]
        ],
    )
    wheel: Wheel | None = Field(None, description="The draw.", examples=[{"seed": "2026-W30", "picked": "checkout"}])
    spotlight: CoeId | None = Field(
        None, description="The COE shown at length.", examples=["2026-07-14-checkout-pool-exhaustion"]
    )


class Team(Noun):
    """A team that owns services."""

    id: Slug = Field(description="Its name in references.", examples=["payments"])
    name: Text = Field(description="Its name for people.", examples=["Payments"])
    description: Text | None = Field(None, description="What it does.", examples=["Takes money and gives receipts."])
    channel: Text | None = Field(None, description="Where it is reached.", examples=["#payments"])


class Service(Noun):
    """A service that customers or others use."""

    id: Slug = Field(description="Its name in references.", examples=["checkout"])
    name: Text = Field(description="Its name for people.", examples=["Checkout"])
    team: Slug | None = Field(None, description="Team that owns it.", examples=["payments"])
    tier: Count | None = Field(None, description="0 is what everything needs.", examples=[1])
    description: Text | None = Field(None, description="What it does.", examples=["Turns a cart into an order."])
    status: Literal["active", "retired"] = Field("active", description="Whether it still runs.", examples=["active"])


class Role(Noun):
    """A role that stands in documents in place of a person."""

    id: Slug = Field(description="Its name after `role:`.", examples=["incident-commander"])
    name: Text = Field(description="Its name for people.", examples=["Incident commander"])
    description: Text | None = Field(None, description="What it does.", examples=["Decides during the response."])


class Person(Noun):
    """Names by which the linter knows a person; never published."""

    names: tuple[Text, ...] = Field((), description="Names as they may stand in a text.", examples=[["Example Name"]])
    handles: tuple[Text, ...] = Field((), description="Handles without `@`.", examples=[["example"]])
    emails: tuple[Text, ...] = Field((), description="Mail addresses.", examples=[["name@example.com"]])
    role: Slug | None = Field(None, description="Role to write instead.", examples=["on-call-engineer"])


class Catalog(Noun):
    """Teams, services and roles that documents may refer to."""

    teams: tuple[Team, ...] = Field((), description="Teams.", examples=[[{"id": "payments", "name": "Payments"}]])
    services: tuple[Service, ...] = Field(
        (), description="Services.", examples=[[{"id": "checkout", "name": "Checkout", "team": "payments"}]]
    )
    roles: tuple[Role, ...] = Field(
        (), description="Roles.", examples=[[{"id": "incident-commander", "name": "Incident commander"}]]
    )
    people: tuple[Person, ...] = Field((), description="People, for the linter only.", examples=[[{"names": ["Example Name"]}]])
