"""COE → its page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from coe.model.actions import ActionItem
from coe.model.causes import Cause, ReviewAnswer
from coe.model.coe import Coe
from coe.model.impact import Affected
from coe.model.learning import Lesson
from coe.model.measures import duration_words, impact_duration, impact_end, impact_start, measures
from coe.model.timeline import Event
from coe.model.validate import Analysis
from coe.render import Markup, render
from coe.site import words
from coe.site.address import page_path
from coe.site.page import Page
from coe.site.timeline import Drawing, drawing
from coe.site.view import Site, View

_MOMENTS = {
    "TTD": ("Time to detect", ("impact start", "detected")),
    "TTE": ("Time to engage", ("detected", "engaged")),
    "TTDiag": ("Time to diagnose", ("engaged", "diagnosed")),
    "TTC": ("Time to communicate", ("impact start", "first word to customers")),
    "TTM": ("Time to mitigate", ("impact start", "mitigated")),
    "TTR": ("Time to resolve", ("impact start", "resolved")),
}
_REASONS = {
    "recurrence_of": ("recurrence of", "came back as"),
    "related": ("related", "related"),
    "duplicate_of": ("duplicate of", "also written as"),
    "supersedes": ("supersedes", "superseded by"),
    "caused_by": ("caused by", "led to"),
}
_QUESTIONS = (
    ("detection", "Time to detect"), ("diagnosis", "Time to diagnose"), ("mitigation", "Time to mitigate"),
    ("prevention", "Chance of it"), ("blast_radius", "Reach"),
)  # fmt: skip
_LESSONS = (
    ("went_well", "Went well"), ("went_poorly", "Went poorly"), ("got_lucky", "Got lucky"), ("surprises", "Surprises"),
)  # fmt: skip
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


@dataclass(frozen=True, slots=True)
class Notice:
    """What a reader has to know before reading."""

    kind: str
    title: str
    text: str
    href: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One event of the table; `day` is given where the day changes."""

    event: Event
    offset: str
    day: str


@dataclass(frozen=True, slots=True)
class Answered:
    """A cause and the action items that answer it."""

    it: Cause
    actions: tuple[ActionItem, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """Another COE, what ties it to this one, and why."""

    coe: Coe
    reason: str
    note: str


def coe_page(site: Site, analysis: Analysis) -> Page:
    """Return the page of one COE."""
    coe = analysis.coe
    if coe is None:
        raise TypeError("the page of a COE is made from a COE")
    path = page_path("coes", coe.id)
    view = View(site, path)
    drawn = drawing(coe)
    return site.page(
        "site/coe.html",
        path,
        title=coe.title,
        description=coe.summary or "",
        meta={"hide": ["navigation"]},
        coe=coe,
        zero=impact_start(coe),
        notices=tuple(_notices(coe, view)),
        facts=tuple(_facts(coe)),
        impact=tuple(_impact(coe)),
        measures=measures(coe),
        unknown_measures=tuple(_unknown(coe)),
        drawn=_svg(coe, drawn, view) if drawn else "",
        rows=tuple(_rows(coe)),
        narrative=Markup(site.narrator.tell(analysis, path=path)),  # noqa: S704 (made safe by coe.parse.html)
        causes=_causes(coe),
        lessons=tuple(_lessons(coe)),
        questions=tuple(_questions(coe)),
        response=tuple(_response(coe, view)),
        messages=sorted(enumerate(coe.communications, 1), key=lambda pair: pair[1].at),
        related=tuple(_related(coe, site)),
        reviews=site.publication.reviews_of(coe.id),
        people=tuple(_people(coe, view)),
    )


def _svg(coe: Coe, drawn: Drawing, view: View) -> Markup:
    kinds = [
        (coe.timeline, "event"), (coe.impact.windows if coe.impact else (), "impact window"), (coe.communications, "message"),
    ]  # fmt: skip
    parts = ", ".join(words.count(len(things), noun) for things, noun in kinds if things)
    length = impact_duration(coe)
    said = f" Customers were affected for {duration_words(length)}." if length else ""
    values = {"t": drawn, "title": f"Timeline of {coe.title}", "description": f"{parts}, in UTC.{said}", "view": view}
    return Markup(render("site/timeline.svg", values, shadow=view.site.templates))  # noqa: S704 (a template with autoescape)


def _notices(coe: Coe, view: View) -> Iterator[Notice]:
    if coe.status == "draft":
        yield Notice("draft", "Draft.", "This analysis is being written; what it says may still change.")
    if coe.status == "in_review":
        yield Notice("review", "In review.", "Causes and action items are not agreed yet.")
    if coe.status == "withdrawn":
        yield Notice("withdrawn", "Withdrawn.", "This analysis no longer stands.")
    newer = [other for other, tie in view.site.publication.back_references.get(coe.id, ()) if tie.type == "supersedes"]
    if coe.status == "superseded" and not newer:
        yield Notice("withdrawn", "Superseded.", "A newer analysis takes its place.")
    for other in newer:
        yield Notice("withdrawn", "Superseded.", "A newer analysis takes its place:", view.coe(other.id), other.title)
    if coe.kind != "incident":
        text = "Customers were not affected." if coe.kind == "near_miss" else "This was practised, it did not happen."
        yield Notice("kind", f"{words.label(coe.kind).capitalize()}.", text)


def _facts(coe: Coe) -> Iterator[Fact]:
    start, end = impact_start(coe), impact_end(coe)
    if start:
        yield Fact("Impact began", words.moment(start))
        yield Fact("Impact ended", words.moment(end) if end else "still going on")
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


def _impact(coe: Coe) -> Iterator[Fact]:
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


def _unknown(coe: Coe) -> Iterator[tuple[str, str, str]]:
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


def _rows(coe: Coe) -> Iterator[Row]:
    zero, last = impact_start(coe), ""
    for event in sorted(coe.timeline, key=lambda event: event.at):
        day = words.day(event.at)
        yield Row(event, words.offset(event.at, zero), day if day != last else "")
        last = day


def _causes(coe: Coe) -> list[tuple[str, tuple[Answered, ...]]]:
    def answered(causes: tuple[Cause, ...]) -> tuple[Answered, ...]:
        return tuple(
            Answered(cause, tuple(item for item in coe.action_items if cause.id in item.addresses)) for cause in causes
        )

    groups = (("Root causes", coe.root_causes), ("Contributing factors", coe.contributing_factors))
    return [(heading, answered(causes)) for heading, causes in groups if causes]


def _lessons(coe: Coe) -> Iterator[tuple[str, str, tuple[Lesson, ...]]]:
    for name, heading in _LESSONS:
        found = getattr(coe.lessons, name) if coe.lessons else ()
        if found:
            yield heading, name.replace("_", "-"), found


def _questions(coe: Coe) -> Iterator[tuple[str, ReviewAnswer]]:
    for name, heading in _QUESTIONS:
        answer = getattr(coe.review_questions, name) if coe.review_questions else None
        if answer:
            yield heading, answer


def _response(coe: Coe, view: View) -> Iterator[Fact]:
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
            yield Fact("Technical call", f"{words.moment(call.opened)}{led}")
        if coe.engagement.support_engaged:
            yield Fact("Support engaged", words.moment(coe.engagement.support_engaged))


def _related(coe: Coe, site: Site) -> Iterator[Tie]:
    published = site.publication.coes
    for tie in coe.related:
        if tie.id in published:
            yield Tie(published[tie.id], _REASONS[tie.type][0], tie.note or "")
    named = {tie.id for tie in coe.related}
    for other, tie in site.publication.back_references.get(coe.id, ()):
        if other.id not in named:
            yield Tie(other, _REASONS[tie.type][1], tie.note or "")


def _people(coe: Coe, view: View) -> Iterator[Fact]:
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
