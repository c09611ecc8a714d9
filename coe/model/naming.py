"""Noun → the things that it names by their ids."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Literal

from coe.diagnostic import Path
from coe.model.actions import ActionItem
from coe.model.coe import Coe
from coe.model.organization import Catalog, Minutes, Program, Tenet

Target = Literal["coe", "tenet", "program", "service", "team", "role"]
Found = Iterator[tuple[Path, Target, str | None]]

_COE_ID = re.compile(r"\d{4}-\d\d-\d\d-[a-z0-9-]+")


def named_in(noun: object) -> Iterator[tuple[Path, Target, str]]:
    """Yield where a noun names another thing, what kind of thing that is, and its id."""
    find = _IN.get(type(noun))
    for path, target, name in find(noun) if find else ():
        if name is not None:
            role = name.removeprefix("role:")
            yield path, "role" if role != name else target, role


def _coe_references(coe: Coe) -> Found:
    yield ("owner_team",), "team", coe.owner_team
    for key in ("authors", "reviewers"):
        for index, name in enumerate(getattr(coe, key)):
            yield (key, index), "team", name
    yield ("facilitator",), "team", coe.facilitator
    if coe.incident_roles:
        for key in type(coe.incident_roles).model_fields:
            held = getattr(coe.incident_roles, key)
            if isinstance(held, tuple):
                yield from ((("incident_roles", key, index), "team", name) for index, name in enumerate(held))
            else:
                yield ("incident_roles", key), "team", held
    for index, service in enumerate(coe.services):
        yield ("services", index, "id"), "service", service.id
    for place, window in enumerate(coe.impact.windows if coe.impact else ()):
        yield from (
            (("impact", "windows", place, "services", index), "service", name) for index, name in enumerate(window.services)
        )
    if coe.engagement:
        yield from (
            (("engagement", "paged_teams", index), "team", name) for index, name in enumerate(coe.engagement.paged_teams)
        )
        if coe.engagement.tech_call:
            yield ("engagement", "tech_call", "leader"), "team", coe.engagement.tech_call.leader
    for index, event in enumerate(coe.timeline):
        if event.actor and event.actor.startswith("role:"):
            yield ("timeline", index, "actor"), "role", event.actor
    for index, learning in enumerate(coe.learnings):
        yield ("learnings", index, "tenet"), "tenet", learning.tenet
        yield ("learnings", index, "program"), "program", learning.program
    yield from _action_references(coe.action_items)
    for index, related in enumerate(coe.related):
        yield ("related", index, "id"), "coe", related.id


def _action_references(items: tuple[ActionItem, ...]) -> Found:
    for index, item in enumerate(items):
        yield ("action_items", index, "owner"), "team", item.owner
        yield ("action_items", index, "owner_team"), "team", item.owner_team
        if item.verification:
            yield ("action_items", index, "verification", "by"), "team", item.verification.by


def _tenet_references(tenet: Tenet) -> Found:
    yield ("supersedes",), "tenet", tenet.supersedes
    # A source is a COE or a link: what has the form of an id is a COE.
    yield from ((("sources", index), "coe", name) for index, name in enumerate(tenet.sources) if _COE_ID.fullmatch(name))


def _catalog_references(catalog: Catalog) -> Found:
    yield from ((("services", index, "team"), "team", service.team) for index, service in enumerate(catalog.services))
    yield from ((("people", index, "role"), "role", person.role) for index, person in enumerate(catalog.people))


def _program_references(program: Program) -> Found:
    yield ("sponsor_team",), "team", program.sponsor_team
    yield from ((("tenets", index), "tenet", name) for index, name in enumerate(program.tenets))
    yield from (
        (("adoption", index, "service"), "service", adoption.service) for index, adoption in enumerate(program.adoption)
    )


def _minutes_references(minutes: Minutes) -> Found:
    yield ("facilitator",), "team", minutes.facilitator
    yield from ((("reviewed", index, "coe"), "coe", reviewed.coe) for index, reviewed in enumerate(minutes.reviewed))
    for index, decision in enumerate(minutes.decisions):
        yield ("decisions", index, "tenet"), "tenet", decision.tenet
        yield ("decisions", index, "program"), "program", decision.program
    yield from _action_references(minutes.action_items)
    yield ("spotlight",), "coe", minutes.spotlight


_IN: dict[type[Any], Callable[[Any], Found]] = {
    Coe: _coe_references,
    Tenet: _tenet_references,
    Program: _program_references,
    Minutes: _minutes_references,
    Catalog: _catalog_references,
}
