"""Which fields of the model the public gets to read. What does not stand here is out, and what the model gets tomorrow too."""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Literal, TypeAlias, TypeVar, cast, get_origin

from coe.diagnostic import Path
from coe.model.actions import ActionItem
from coe.model.causes import Cause, ReviewAnswer, ReviewQuestions, Why
from coe.model.coe import Coe, Revision, Scope, ServiceRelation, SeverityChange
from coe.model.impact import Affected, BlastRadius, DataImpact, Impact, Window
from coe.model.learning import Learning, Lesson, Lessons, Observation, Related
from coe.model.organization import Adoption, Catalog, Program, Service, Team, Tenet
from coe.model.response import Communication, Detection, Mitigation
from coe.model.scalars import Noun
from coe.model.timeline import Event, Trigger
from coe.model.validate import flat


class Kept(enum.Enum):
    """What a text is: words of an author, a name that addresses and ties are made of, or one of a few words."""

    PROSE = 1
    NAME = 2
    WORD = 3


Change: TypeAlias = Callable[[str, Path, Kept], str]
"""A text, its path and what it is → the text that stands in its place."""

Some = TypeVar("Some", bound=Noun)

_FIELDS: dict[type[Noun], str] = {
    Coe: """id title summary kind status severity severity_history visibility published revisions owner_team services scope
        impact detection mitigation communications timeline trigger root_causes contributing_factors five_whys
        review_questions observations lessons learnings action_items related tags""",
    SeverityChange: "at level",
    Revision: "at text",
    ServiceRelation: "id relation",
    Scope: "regions",
    Impact: "windows customers_affected requests_failed data blast_radius pillars",
    Window: "id start end level services",
    Affected: "count percent basis",
    DataImpact: "availability integrity confidentiality",
    BlastRadius: "unit affected total",
    Detection: "method expected_within",
    Mitigation: "type event outcome",
    Communication: "id at channel audience scope state text corrects",
    Event: "id at end precision type milestone text context",
    Trigger: "type event automated",
    Cause: "id category statement introduced undetected_because interacts_with",
    Why: "why because cause whys",
    ReviewQuestions: "detection diagnosis mitigation prevention blast_radius",
    ReviewAnswer: "answer halve",
    Observation: "id text",
    Lessons: "went_well went_poorly got_lucky surprises",
    Lesson: "id text actions",
    Learning: "id statement audience tenet program from_",
    ActionItem: """id title type priority commitment owner_team created due status completed addresses success_criteria""",
    Related: "type id note",
    Tenet: "id title status statement rationale sources supersedes",
    Program: "id title status lever sponsor_team tenets adoption done_when",
    Adoption: "service status since",
    Catalog: "teams services",
    Team: "id name",
    Service: "id name team status",
}  # fmt: skip
ALLOWED: Mapping[type[Noun], frozenset[str]] = {kind: frozenset(names.split()) for kind, names in _FIELDS.items()}
"""Each kind of noun with its fields. Own fields (`x-…`) are never among them."""


def public_noun(noun: Some, change: Change, path: Path = ()) -> Some | None:
    """Return a noun with the fields that the public gets to read, its texts changed; absent when the noun is not for it."""
    kind: type[Noun] | None = next((one for one in ALLOWED if isinstance(noun, one)), None)
    if kind is None or not _is_addressed(noun):
        return None
    values = {
        info.alias or name: _value(getattr(noun, name), (change, _kept(kind, name)), (*path, info.alias or name))
        for name, info in kind.model_fields.items()
        if name in ALLOWED[kind]
    }
    return cast("Some", kind.model_construct(**values))


def _is_addressed(noun: Noun) -> bool:
    """Say whether a message or a learning is meant for people outside."""
    if isinstance(noun, Communication):
        return noun.audience in ("public", "affected")
    return not isinstance(noun, Learning) or noun.audience == "public"


def _value(value: Any, how: tuple[Change, Kept], path: Path) -> Any:
    change, kept = how
    if isinstance(value, Noun):
        return public_noun(value, change, path)
    if isinstance(value, tuple):
        made = (_value(item, how, (*path, index)) for index, item in enumerate(value))
        return tuple(item for item in made if item is not None)
    return change(value, path, kept) if isinstance(value, str) else value


def changed_noun(noun: Some, change: Callable[[str], str]) -> Some:
    """Return a noun with all its fields, its texts changed; the same one where nothing changes."""
    values = {name: getattr(noun, name) for name in type(noun).model_fields}
    made = {name: _changed(value, change) for name, value in values.items()}
    updates = {name: value for name, value in made.items() if value is not values[name]}
    return noun.model_copy(update=updates) if updates else noun


def _changed(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, Noun):
        return changed_noun(value, change)
    if isinstance(value, tuple):
        made = tuple(_changed(item, change) for item in value)
        return value if all(one is other for one, other in zip(made, value, strict=True)) else made
    if isinstance(value, str):
        text = change(value)
        return value if text == value else text
    return value


@cache
def _kept(kind: type[Noun], name: str) -> Kept:
    info = kind.model_fields[name]
    parts = flat(info.annotation)
    if any(get_origin(part) is Literal for part in parts):
        return Kept.WORD
    notes = [*info.metadata, *(one for part in parts for one in getattr(part, "__metadata__", ()))]
    return Kept.NAME if any(getattr(one, "pattern", None) for one in notes) else Kept.PROSE
