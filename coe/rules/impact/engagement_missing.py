"""The rule `engagement-missing`."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Severity
from coe.model.coe import Coe
from coe.rule import Bad, Finding, Good, rule

_GRAVE = frozenset({"SEV1", "SEV2"})
_EVENTS = frozenset({"engagement", "escalation"})
_MILESTONES = frozenset({"paged", "acknowledged", "engaged"})
_ENGAGED = "engagement: {paged_teams: [payments]}\n"


@rule(
    "IMP104",
    Severity.NOTE,
    Bad("severity: «SEV2»\n"),
    Bad(f"severity: «SEV1»\n{_ENGAGED}"),
    Bad("severity: «SEV2»\nincident_roles: {incident_commander: role:incident-commander}\n"),
    Good(f"severity: SEV2\n{_ENGAGED}incident_roles: {{incident_commander: role:incident-commander}}\n"),
    Good("severity: SEV2\nengagement: {tech_call: {opened: 2026-07-14T14:06:00Z, leader: role:call-leader}}\n"),
    Good("severity: SEV4\n"),
    Good("severity: SEV2\nstatus: published\n"),
)
def engagement_missing(coe: Coe) -> Iterator[Finding]:
    """The review of a grave incident asks who was engaged and who commanded.

    How long it took to get the right people together is often the larger part of the time to mitigate. Asked of SEV1 and
    SEV2 during the review only: then people still know, and later nobody can find out. Roles and teams, never names.

    Source: Site Reliability Engineering (Google, 2016), chapter 14: a clear incident command, with roles.
    """
    if coe.kind != "incident" or coe.severity not in _GRAVE or coe.status != "in_review":
        return
    missing, lines = [], []
    if not _engaged(coe):
        missing.append("who was engaged")
        lines.append("`engagement: {paged_teams: [payments]}` or an event with `milestone: engaged`")
    if not _led(coe):
        missing.append("who commanded")
        lines.append("`incident_roles: {incident_commander: role:incident-commander}`")
    if missing:
        yield Finding(
            ("severity",), f"nothing says {' or '.join(missing)} in this {coe.severity}", f"Add {', and '.join(lines)}."
        )


def _engaged(coe: Coe) -> bool:
    engagement = coe.engagement
    return bool(engagement and (engagement.paged_teams or engagement.tech_call or engagement.support_engaged)) or any(
        event.type in _EVENTS or event.milestone in _MILESTONES for event in coe.timeline
    )


def _led(coe: Coe) -> bool:
    roles, call = coe.incident_roles, coe.engagement.tech_call if coe.engagement else None
    return bool((roles and (roles.incident_commander or roles.call_leader or roles.deputy)) or (call and call.leader))
