"""COE → the values by which it is found: service, team, severity and so on, each a facet with one or more values."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from coe.model.coe import Coe, causes


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to choose among COEs: its key in addresses and options, its name for people, and the values of a COE."""

    key: str
    name: str
    of: Callable[[Coe], tuple[str, ...]]


def _each(values: Iterable[str | None]) -> tuple[str, ...]:
    """Return values once each, in their order, without what is absent."""
    return tuple(dict.fromkeys(value for value in values if value))


FACETS = (
    Facet("service", "Service", lambda coe: _each(one.id for one in coe.services)),
    Facet("team", "Team", lambda coe: (coe.owner_team,)),
    Facet("severity", "Severity", lambda coe: (coe.severity,)),
    Facet("kind", "Kind", lambda coe: (coe.kind,)),
    Facet("status", "Status", lambda coe: (coe.status,)),
    Facet("year", "Year", lambda coe: (coe.id[:4],)),
    Facet("cause", "Cause", lambda coe: _each(one.category for _, one in causes(coe))),
    Facet("trigger", "Trigger", lambda coe: (coe.trigger.type,) if coe.trigger else ()),
    Facet("detection", "Detected by", lambda coe: (coe.detection.method,) if coe.detection else ()),
    Facet("mitigation", "Mitigated by", lambda coe: _each(one.type for one in coe.mitigation)),
    Facet("tenet", "Tenet", lambda coe: _each(one.tenet for one in coe.learnings)),
    Facet("program", "Program", lambda coe: _each(one.program for one in coe.learnings)),
    Facet("tag", "Tag", lambda coe: _each(coe.tags)),
)
"""All facets, in the order in which they are shown."""
