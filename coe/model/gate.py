"""What a COE still lacks for a status: the one answer that `coe next` prints and the check asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, get_origin

from pydantic import BaseModel

from coe.diagnostic import Path, dotted
from coe.errors import CoeError
from coe.model.coe import Coe, Status
from coe.model.validate import field_at, flat, inline
from coe.policy import Policy, Require, Transition
from coe.text import nearest

STAGES: tuple[Status, ...] = ("draft", "in_review", "published", "closed")
"""The way of a COE. `superseded` and `withdrawn` lead out of it and need nothing."""
TRANSITIONS: dict[Status, frozenset[Status]] = {
    "draft": frozenset({"in_review", "superseded", "withdrawn"}),
    "in_review": frozenset({"draft", "published", "superseded", "withdrawn"}),
    "published": frozenset({"closed", "superseded", "withdrawn"}),
    "closed": frozenset({"superseded", "withdrawn"}),
    "superseded": frozenset(),
    "withdrawn": frozenset(),
}
"""The statuses that may follow each status; a review may return a COE to its authors. The policy may allow more."""
STATUSES: tuple[Status, ...] = tuple(TRANSITIONS)
_FILLED = (
    "impact", "timeline", "detection", "engagement", "mitigation", "communications", "services", "scope", "trigger",
    "root_causes", "contributing_factors", "five_whys", "review_questions", "observations", "lessons", "learnings",
    "action_items", "related", "summary", "authors", "incident_roles", "facilitator", "reviewers", "published",
)  # fmt: skip
"""The order in which an author fills fields: facts while memory is fresh, then why, then what follows, then the review."""
_STEP = re.compile(r"(?P<name>[^.\[\]]+)(?P<list>\[(?P<only>[^\]]*)\])?(?:\.|$)")
_CONDITION = re.compile(r"([^!=,]+)(!?=)([^,]+)")


def may_follow(coe: Coe, status: Status, policy: Policy) -> frozenset[Status]:
    """Return the statuses that may come after `status` for a COE of its severity and kind."""
    more = (one.to for one in policy.transitions if one.from_ == status and _is_for(one, coe))
    return TRANSITIONS[status] | frozenset(more)


def _is_for(one: Require | Transition, coe: Coe) -> bool:
    """Say whether a table of the policy speaks of a COE of this severity and kind."""
    return (not one.severities or coe.severity in one.severities) and (not one.kinds or coe.kind in one.kinds)


@dataclass(frozen=True, slots=True)
class Missing:
    """One field that is needed and not there: `path` is where it would stand, `example` a line to write there."""

    field: str
    path: Path
    status: Status
    why: str
    example: str


@dataclass(frozen=True, slots=True)
class Step:
    """One part of a required field: `only` are the conditions on the items of a list, absent for what is no list."""

    name: str
    only: tuple[tuple[str, bool, str], ...] | None = None

    def takes(self, item: object) -> bool:
        """Say whether the conditions hold for an item."""
        return all((str(getattr(item, key, "")) == value) is equal for key, equal, value in self.only or ())


def next_status(status: Status) -> Status | None:
    """Return the status that follows on the way, absent at its end and outside of it."""
    return STAGES[STAGES.index(status) + 1] if status in STAGES[:-1] else None


def missing(coe: Coe, policy: Policy, status: Status) -> tuple[Missing, ...]:
    """Return what a COE lacks for a status and for those before it, in the order in which an author fills it.

    Errors: `CoeError` when the policy names a field that a COE does not have.
    """
    reached = STAGES[: STAGES.index(status) + 1] if status in STAGES else ()
    for field in (field for table in policy.require for field in table.fields):
        steps(field)  # a slip in the policy is told before a COE comes to the status that it is about
    found: dict[Path, Missing] = {}
    ordered = sorted((table for table in policy.require if table.status in reached), key=lambda one: STAGES.index(one.status))
    for table in ordered:
        for field in table.fields if _is_for(table, coe) else ():
            for path, left in _gaps(coe, steps(field), ()):
                about = table.why or _about(path)
                found.setdefault(path, Missing(_label(path, left), path, table.status, about, _example(path, left)))
    return tuple(sorted(found.values(), key=_place))


def _place(one: Missing) -> tuple[int, int]:
    name = str(one.path[0])
    return STAGES.index(one.status), _FILLED.index(name) if name in _FILLED else len(_FILLED)


@cache
def steps(field: str) -> tuple[Step, ...]:
    """Return the parts of a required field such as `impact.windows[].end`.

    Errors: `CoeError` when a COE has no such field.
    """
    made: list[Step] = []
    for match in _STEP.finditer(field):
        owner, info = field_at(Coe, (*(step.name for step in made), match["name"]))
        is_own = match["name"].startswith("x-")
        if info is None and not (is_own and owner):
            known = [one.alias or key for key, one in owner.model_fields.items()] if owner else []
            guess = nearest(match["name"], known)
            raise CoeError(
                f"policy.require: a COE has no field `{field}`",
                f"Did you mean `{guess}` in place of `{match['name']}`?" if guess else "`coe schema coe` lists the fields.",
            )
        is_list = info is not None and any(get_origin(part) is tuple for part in flat(info.annotation))
        last = match.end() == len(field)
        if bool(match["list"]) > is_list or (is_list and not last and not match["list"]):
            form = f"{match['name']}[]" if is_list else match["name"]
            raise CoeError(f"policy.require: `{field}` cannot be looked for", f"Write `{form}` for this part of it.")
        conditions = tuple((key, sign == "=", value) for key, sign, value in _CONDITION.findall(match["only"] or ""))
        made.append(Step(match["name"], conditions if match["list"] else None))
    return tuple(made)


def _gaps(owner: BaseModel, todo: tuple[Step, ...], path: Path) -> Iterator[tuple[Path, tuple[Step, ...]]]:
    """Yield where something is to be added, and the parts of the field from there on."""
    step, rest = todo[0], todo[1:]
    value, here = _written(owner, step.name), (*path, step.name)
    if step.only is None:
        if not _is_empty(value):
            yield from _gaps(value, rest, here) if rest else ()
        elif not any(one.only is not None for one in rest[:-1]):  # of each item of a list that is not there, nothing is asked
            yield here, todo
        return
    items = value or ()
    taken = [(index, item) for index, item in enumerate(items) if step.takes(item)]
    if rest:
        for index, item in taken:
            yield from _gaps(item, rest, (*here, index))
    elif not taken:
        yield (*here, len(items)) if items else here, todo


def _written(owner: BaseModel, name: str) -> Any:
    """Return the value that a document gives to a field; a default of the model is nothing that was written."""
    key = _keys(type(owner)).get(name)
    if key is None:
        return (owner.model_extra or {}).get(name)
    return getattr(owner, key) if key in owner.model_fields_set else None


@cache
def _keys(model: type[BaseModel]) -> dict[str, str]:
    """Return the attributes of a model by the names that documents use."""
    return {info.alias or key: key for key, info in model.model_fields.items()}


def _is_empty(value: object) -> bool:
    if isinstance(value, BaseModel):
        return all(_is_empty(getattr(value, key)) for key in value.model_fields_set)
    return value is None or value in ((), "")


def _label(path: Path, left: tuple[Step, ...]) -> str:
    rest = [f"{step.name}{_only(step)}" for step in left]
    head = path[:-1] if isinstance(path[-1], str) else path[:-2]
    return ".".join((*((dotted(head),) if head else ()), *rest))


def _only(step: Step) -> str:
    conditions = (f"{key}{'=' if equal else '!='}{value}" for key, equal, value in step.only or ())
    return "" if step.only is None else f"[{','.join(conditions)}]"


def _about(path: Path) -> str:
    _, info = field_at(Coe, path)
    return (info.description if info else None) or "The policy of this repository asks for it."


def _example(path: Path, left: tuple[Step, ...]) -> str:
    value = _value(tuple(part for part in path if isinstance(part, str))[:-1], left)
    return f"- {inline(value[0])}" if isinstance(path[-1], int) else f"{left[0].name}: {inline(value)}"


def _value(above: Path, left: tuple[Step, ...]) -> Any:
    """Return an example of what is missing: that of the schema, made to meet the conditions."""
    step, rest = left[0], left[1:]
    _, info = field_at(Coe, (*above, step.name))
    shown = info.examples[0] if info and info.examples else "…"
    if rest:
        return {rest[0].name: _value((*above, step.name), rest)} | _required(shown, rest[0].name)
    if not step.only:
        return shown
    first = shown[0] if isinstance(shown, list) and shown else {}
    return [{**first, **{key: value for key, equal, value in step.only if equal}}]


def _required(shown: Any, besides: str) -> dict[str, Any]:
    """Return the other fields of an example, without which the part could not be typed."""
    return {key: value for key, value in shown.items() if key != besides} if isinstance(shown, dict) else {}
