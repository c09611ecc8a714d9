"""`[policy]`: what the organization has agreed on, by severity and kind."""

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from coe.table import Table

SeverityName = Literal["SEV1", "SEV2", "SEV3", "SEV4", "SEV5"]
KindName = Literal["incident", "near_miss", "exercise"]
StatusName = Literal["draft", "in_review", "published", "closed", "superseded", "withdrawn"]

_NAME = r"[a-z][A-Za-z0-9_-]*"
_CONDITION = rf"{_NAME}!?=[A-Za-z0-9_-]+"
_FIELD = re.compile(rf"{_NAME}(\[({_CONDITION}(,{_CONDITION})*)?\])?(\.{_NAME}(\[({_CONDITION}(,{_CONDITION})*)?\])?)*")


def _field_path(text: str) -> str:
    if not _FIELD.fullmatch(text):
        raise ValueError(f"`{text}` is not a field such as detection.method or timeline[milestone=detected]")
    return text


FieldPath = Annotated[str, AfterValidator(_field_path)]
"""A field of a COE: `detection.method`, `impact.windows[].end` of each, `timeline[milestone=detected]` one such item."""


class Require(Table):
    """Fields that a COE needs from a status on."""

    status: Literal["in_review", "published", "closed"] = Field(description="From this status on.", examples=["in_review"])
    severities: list[SeverityName] = Field(default=[], description="Only these; all when absent.", examples=[["SEV1", "SEV2"]])
    kinds: list[KindName] = Field(default=[], description="Only these; all when absent.", examples=[["incident"]])
    fields: list[FieldPath] = Field(
        description="`a.b`; `a[].b` in each item; `a[key=value]` one such item; `a[key!=value].b` in each such item.",
        examples=[["detection.method", "timeline[milestone=detected]"]],
    )
    why: str = Field("", description="Why, for `coe next`.", examples=["Reviewers read it first."])


DEFAULT_REQUIRE = (
    Require(
        status="in_review", kinds=["incident", "near_miss"],
        fields=["timeline", "detection.method", "services", "trigger.type", "root_causes", "five_whys"],
    ),
    Require(status="in_review", fields=["lessons", "action_items", "summary", "authors"]),
    Require(status="published", fields=["learnings", "reviewers", "published"]),
    Require(status="published", severities=["SEV1", "SEV2"], kinds=["incident"], fields=["facilitator"]),
    Require(
        status="closed", fields=["action_items[commitment=must,status!=wont_do].completed"],
        why="What must be done is done before the COE is closed.",
    ),
)  # fmt: skip
"""What each status needs unless coe.toml says otherwise; docs/how-to/workflow.md names the sources."""


class Transition(Table):
    """A change of the status that is legal beside the usual ones."""

    from_: StatusName = Field(alias="from", description="The status before.", examples=["draft"])
    to: StatusName = Field(description="The status after.", examples=["published"])
    severities: list[SeverityName] = Field(default=[], description="Only these; all when absent.", examples=[["SEV4", "SEV5"]])
    kinds: list[KindName] = Field(default=[], description="Only these; all when absent.", examples=[["exercise"]])


class Policy(Table):
    """What the organization has agreed on: deadlines by severity. Unit: days and minutes, as the names say."""

    require: list[Require] = Field(
        default=list(DEFAULT_REQUIRE),
        description="What each status needs, in place of the defaults; an empty list needs nothing.",
        examples=[[{"status": "published", "fields": ["reviewers"]}]],
    )

    transitions: list[Transition] = Field(
        default=[],
        description="Status changes that are legal beside the usual ones.",
        examples=[[{"from": "draft", "to": "published", "kinds": ["exercise"]}]],
    )
    business_days: bool = Field(
        False, alias="business-days", description="Count due days from Monday to Friday only.", examples=[True]
    )
    due_days: dict[SeverityName, Annotated[int, Field(ge=1, le=3650)]] = Field(
        default={"SEV1": 28, "SEV2": 28, "SEV3": 56, "SEV4": 56, "SEV5": 56},
        alias="due-days",
        description="Days from the start of the impact to the due date of a P0 or P1 action item.",
        examples=[{"SEV1": 28, "SEV2": 28}],
    )
    first_communication_minutes: dict[SeverityName, Annotated[int, Field(ge=1, le=100_000)]] = Field(
        default={"SEV1": 60, "SEV2": 60},
        alias="first-communication-minutes",
        description="Minutes from the start of the impact to the first word to customers.",
        examples=[{"SEV1": 30}],
    )
    communication_cadence_minutes: dict[SeverityName, Annotated[int, Field(ge=1, le=100_000)]] = Field(
        default={"SEV1": 120, "SEV2": 120},
        alias="communication-cadence-minutes",
        description="Most minutes between two messages to customers while the impact lasts.",
        examples=[{"SEV1": 60}],
    )

    @field_validator("*")
    @classmethod
    def _inherits(cls, value: Any, info: ValidationInfo) -> Any:
        """Fill in what a policy leaves unsaid: who names one severity keeps the defaults of the others."""
        default = cls.model_fields[info.field_name or ""].default
        return dict(sorted((default | value).items())) if isinstance(default, dict) else value
