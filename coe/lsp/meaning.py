"""What the id at a path means: what it names, and whether it stands there as the name or as a reference.

The tree is read and not the typed noun, because an editor answers while a document still has errors. Tests compare this
table with the references that the checker follows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal, TypeAlias

from coe.diagnostic import Path
from coe.model.validate import Kind
from coe.parse.document import Document
from coe.parse.tree import Scalar
from coe.text import Span

NameKind: TypeAlias = Literal[
    "event", "cause", "impact window", "message", "observation", "lesson", "learning", "action item", "decision",
    "coe", "tenet", "program", "service", "team", "role",
]  # fmt: skip
LOCAL: frozenset[NameKind] = frozenset(
    {"event", "cause", "impact window", "message", "observation", "lesson", "learning", "action item", "decision"}
)
"""Kinds whose ids are names inside one file."""
ROLE = "role:"
COE_ID = re.compile(r"\d{4}-\d\d-\d\d-[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What ids at a path may name; `defines` where the id is given, not used."""

    kinds: tuple[NameKind, ...]
    defines: bool = False


@dataclass(frozen=True, slots=True)
class Occurrence:
    """An id that stands in a document: its kinds, its place, and whether it is given there."""

    kinds: tuple[NameKind, ...]
    id: str
    span: Span
    path: Path = ()
    defines: bool = False


def _defines(kind: NameKind) -> Meaning:
    return Meaning((kind,), defines=True)


_REFERENCE = Meaning(("role", "team"))
_TEAM, _SERVICE, _TENET = Meaning(("team",)), Meaning(("service",)), Meaning(("tenet",))
_PROGRAM, _COE_REFERENCE, _CAUSE = Meaning(("program",)), Meaning(("coe",)), Meaning(("cause",))
_EVENT = Meaning(("event",))
_LESSONS = ("went_well", "went_poorly", "got_lucky", "surprises")
_ACTIONS: dict[str, Meaning] = {
    "action_items.id": _defines("action item"),
    "action_items.owner": _REFERENCE,
    "action_items.owner_team": _TEAM,
    "action_items.verification.by": _REFERENCE,
}
_TABLE: dict[str, dict[str, Meaning]] = {
    "coe": {
        "id": _defines("coe"),
        "owner_team": _TEAM,
        **dict.fromkeys(("authors", "reviewers", "facilitator", "engagement.tech_call.leader"), _REFERENCE),
        **{
            f"incident_roles.{name}": _REFERENCE
            for name in (
                *("incident_commander", "call_leader", "deputy", "scribe", "customer_liaison", "support_lead"),
                "subject_matter_experts",
            )
        },
        "services.id": _SERVICE,
        "impact.windows.id": _defines("impact window"),
        "impact.windows.services": _SERVICE,
        "engagement.paged_teams": _TEAM,
        "mitigation.event": _EVENT,
        "communications.id": _defines("message"),
        "communications.corrects": Meaning(("message",)),
        "timeline.id": _defines("event"),
        "timeline.actor": Meaning(("role",)),
        "trigger.event": _EVENT,
        **{f"{key}.id": _defines("cause") for key in ("root_causes", "contributing_factors")},
        **{f"{key}.interacts_with": _CAUSE for key in ("root_causes", "contributing_factors")},
        "five_whys.cause": _CAUSE,
        "observations.id": _defines("observation"),
        **{f"lessons.{key}.id": _defines("lesson") for key in _LESSONS},
        **{f"lessons.{key}.actions": Meaning(("action item",)) for key in _LESSONS},
        "learnings.id": _defines("learning"),
        "learnings.tenet": _TENET,
        "learnings.program": _PROGRAM,
        "learnings.from": Meaning(("cause", "event", "lesson", "observation")),
        **_ACTIONS,
        "action_items.addresses": Meaning(("cause", "lesson", "observation")),
        "related.id": _COE_REFERENCE,
    },
    "tenet": {"id": _defines("tenet"), "supersedes": _TENET, "sources": _COE_REFERENCE},
    "program": {"id": _defines("program"), "sponsor_team": _TEAM, "tenets": _TENET, "adoption.service": _SERVICE},
    "minutes": {
        "facilitator": _REFERENCE,
        "reviewed.coe": _COE_REFERENCE,
        "decisions.id": _defines("decision"),
        "decisions.tenet": _TENET,
        "decisions.program": _PROGRAM,
        **_ACTIONS,
        "action_items.addresses": Meaning(("decision",)),
        "wheel.picked": Meaning(("service", "team")),
        "wheel.absent": Meaning(("service", "team")),
        "spotlight": _COE_REFERENCE,
    },
    "catalog": {
        "teams.id": _defines("team"),
        "services.id": _defines("service"),
        "services.team": _TEAM,
        "roles.id": _defines("role"),
        "people.role": Meaning(("role",)),
    },
}


def meaning(kind: Kind, names: tuple[str, ...]) -> Meaning | None:
    """Return what the ids at a path mean, absent where no id stands."""
    return _meaning(kind, tuple(name for name in names if name != "whys"))


@cache
def _meaning(kind: Kind, names: tuple[str, ...]) -> Meaning | None:
    return _TABLE.get(kind, {}).get(".".join(names))


def paths(kind: Kind) -> tuple[str, ...]:
    """Return the paths of a kind of document at which ids stand."""
    return tuple(_TABLE.get(kind, {}))


def occurrences(document: Document, kind: Kind) -> tuple[Occurrence, ...]:
    """Return the ids in the fields of a document, in the order of the text."""
    found = (occurrence(document.text, kind, path, value) for path, _, value in document.leaves)
    return tuple(one for one in found if one)


def occurrence(text: str, kind: Kind, path: Path, value: Scalar) -> Occurrence | None:
    """Return the id that a value is, absent when it is none, or is not written as it reads."""
    said = meaning(kind, tuple(part for part in path if isinstance(part, str)))
    if said is None or value.is_null:
        return None
    name, kinds = value.value, said.kinds
    quote = 1 if value.style in ("'", '"') else 0
    start = value.span.start + quote
    if "role" in kinds and name.startswith(ROLE):
        name, kinds, start = name.removeprefix(ROLE), ("role",), start + len(ROLE)
    elif kinds == ("role", "team"):
        kinds = ("team",)
    elif path[-1] == "actor" or (path[0] == "sources" and not COE_ID.fullmatch(name)):
        return None
    span = Span(start, start + len(name))
    return Occurrence(kinds, name, span, path, said.defines) if text[span.start : span.end] == name else None
