"""COE → the facts of its page: a name, a value, and a note on how it came about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from coe.model.coe import Coe
from coe.model.impact import Affected
from coe.model.measures import duration_words, impact_duration, impact_end, impact_start, measures
from coe.site import words
from coe.site.view import View

_MOMENTS = {
    "TTD": ("Time to detect", ("impact start", "detected")),
    "TTE": ("Time to engage", ("detected", "engaged")),
    "TTDiag": ("Time to diagnose", ("engaged", "diagnosed")),
    "TTC": ("Time to communicate", ("impact start", "first word to customers")),
    "TTM": ("Time to mitigate", ("impact start", "mitigated")),
    "TTR": ("Time to resolve", ("impact start", "resolved")),
}
_ROLES = (
    ("incident_commander", "Incident commander"), ("call_leader", "Call leader"), ("deputy", "Deputy"), ("scribe", "Scribe"),
    ("customer_liaison", "Customer liaison"), ("support_lead", "Support lead"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fact:
    """A named value, with a note on how it came about."""

    label: str
    value: str
    note: str = ""
    at: dt.datetime | None = None
    """The moment that the value begins with: pages write it as one, so that it can be shown in another zone."""


def header_facts(coe: Coe) -> Iterator[Fact]:
    """Yield when and where it happened."""
    start, end = impact_start(coe), impact_end(coe)
    if start:
        yield Fact("Impact began", "", at=start)
        yield Fact("Impact ended", "" if end else "still going on", at=end)
    if coe.published:
        yield Fact("Published", str(coe.published))
    scope = coe.scope
    for name, found in (
        ("Regions", scope.regions), ("Zones", scope.zones), ("Cells", scope.cells), ("Environments", scope.environments),
    ) if scope else ():  # fmt: skip
        if found:
            yield Fact(name, ", ".join(found))


def _affected(found: Affected) -> str:
    parts = [words.number(found.count)] if found.count is not None else []
    parts += [f"{words.number(found.percent)} %"] if found.percent is not None else []
    return ", ".join(parts) or "unknown"


def impact_facts(coe: Coe) -> Iterator[Fact]:
    """Yield the effect on customers in plain numbers, the duration first."""
    impact = coe.impact
    if not impact:
        yield Fact("Customer impact", "none")
        return
    length = impact_duration(coe)
    note = "overlaps counted once" if len(impact.windows) > 1 else ""
    windows = words.count(len(impact.windows), "impact window")
    yield Fact("Customers affected for", duration_words(length) if length is not None else "still going on",
               f"{windows}, {note}" if note else windows)  # fmt: skip
    if impact.customers_affected:
        yield Fact("Customers affected", _affected(impact.customers_affected), impact.customers_affected.basis)
    if impact.requests_failed:
        yield Fact("Requests failed", _affected(impact.requests_failed), impact.requests_failed.basis)
    if impact.blast_radius:
        radius = impact.blast_radius
        reach = f"{words.number(radius.affected)}" if radius.affected is not None else "unknown"
        total = f" of {words.number(radius.total)}" if radius.total is not None else ""
        yield Fact("Blast radius", f"{reach}{total}", radius.unit)
    for slo in impact.slo:
        yield Fact("Error budget used", f"{words.number(slo.budget_consumed_percent)} %", slo.ref)
    if impact.support_contacts is not None:
        yield Fact("Support contacts", words.number(impact.support_contacts))
    if impact.financial:
        money = impact.financial
        yield Fact("Cost", f"{words.number(money.min)}\u2013{words.number(money.max)} {money.currency}", "range")
    if impact.data:
        data = impact.data
        states = {"availability": data.availability, "integrity": data.integrity, "confidentiality": data.confidentiality}
        hit = [name for name, state in states.items() if state == "affected"]
        rest = [f"{name} {state}" for name, state in states.items() if state and state != "affected"]
        yield Fact("Data affected", ", ".join(hit) or "none known", ", ".join(rest))


def unknown_measures(coe: Coe) -> Iterator[tuple[str, str, str]]:
    """Yield the metrics that cannot be told, with the moments that are lacking: a gap is said, never guessed."""
    known = {measure.name for measure in measures(coe)}
    found = {event.milestone for event in coe.timeline if event.milestone}
    if coe.impact:
        found.add("impact start")  # type: ignore[arg-type]
    if any(message.audience in ("public", "affected") for message in coe.communications):
        found.add("first word to customers")  # type: ignore[arg-type]
    for name, (title, moments) in _MOMENTS.items():
        if name not in known:
            yield name, title, " and ".join(moment for moment in moments if moment not in found)


def response_facts(coe: Coe, view: View) -> Iterator[Fact]:
    """Yield how it was detected and who was brought in."""
    if coe.detection:
        source = f" ({coe.detection.source})" if coe.detection.source else ""
        within = f", meant within {duration_words(coe.detection.expected_within)}" if coe.detection.expected_within else ""
        yield Fact("Detected by", f"{words.label(coe.detection.method)}{source}{within}")
    if coe.engagement:
        if coe.engagement.paged_teams:
            yield Fact("Paged", ", ".join(view.team_name(team) for team in coe.engagement.paged_teams))
        if coe.engagement.tech_call:
            call = coe.engagement.tech_call
            led = f", led by {view.holder_name(call.leader)}" if call.leader else ""
            yield Fact("Technical call", led, at=call.opened)
        if coe.engagement.support_engaged:
            yield Fact("Support engaged", "", at=coe.engagement.support_engaged)


def silence(coe: Coe) -> str:
    """Return in words how long customers waited for the first message and between two; empty when they heard nothing."""
    start = impact_start(coe)
    told = sorted(message.at for message in coe.communications if message.audience in ("public", "affected"))
    if not told:
        return ""
    said = []
    if start:
        order = "after" if told[0] >= start else "before"
        said.append(f"Customers first heard of it {duration_words(abs(told[0] - start))} {order} the impact began.")
    if len(told) > 1:
        longest = max(after - before for before, after in pairwise(told))
        said.append(f"The longest pause between two messages was {duration_words(longest)}.")
    return " ".join(said)


def people_facts(coe: Coe, view: View) -> Iterator[Fact]:
    """Yield who did what, as teams and roles: a catalog reference can be nothing else."""
    for heading, names in (("Written by", coe.authors), ("Reviewed by", coe.reviewers)):
        if names:
            yield Fact(heading, ", ".join(view.holder_name(name) for name in names))
    if coe.facilitator:
        yield Fact("Review led by", view.holder_name(coe.facilitator))
    for name, heading in _ROLES:
        held = getattr(coe.incident_roles, name) if coe.incident_roles else None
        if held:
            yield Fact(heading, view.holder_name(held))
