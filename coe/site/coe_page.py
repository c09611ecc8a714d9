"""COE → its page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from coe.model.actions import ActionItem
from coe.model.causes import Cause, ReviewAnswer
from coe.model.coe import Coe
from coe.model.learning import Lesson
from coe.model.measures import duration_words, impact_duration, impact_start, measures
from coe.model.timeline import Event
from coe.model.validate import Analysis
from coe.render import Markup, render
from coe.site import words
from coe.site.facts import header_facts, impact_facts, people_facts, response_facts, unknown_measures
from coe.site.page import Page
from coe.site.questions import Tie
from coe.site.timeline import Drawing, drawing
from coe.site.view import View

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


def coe_page(view: View, analysis: Analysis) -> Page:
    """Return the page of one COE. Of other documents it knows what `view.ask` answers, and nothing else."""
    coe = analysis.coe
    if coe is None:
        raise TypeError("the page of a COE is made from a COE")
    drawn = drawing(coe)
    return view.page(
        "site/coe.html",
        title=coe.title,
        description=coe.summary or "",
        meta={"hide": ["navigation"]},
        coe=coe,
        zero=impact_start(coe),
        notices=tuple(_notices(coe, view)),
        facts=tuple(header_facts(coe)),
        impact=tuple(impact_facts(coe)),
        measures=measures(coe),
        unknown_measures=tuple(unknown_measures(coe)),
        drawn=_svg(coe, drawn, view) if drawn else "",
        rows=tuple(_rows(coe)),
        narrative=view.narrative(analysis),
        causes=_causes(coe),
        lessons=tuple(_lessons(coe)),
        questions=tuple(_questions(coe)),
        response=tuple(response_facts(coe, view)),
        messages=sorted(enumerate(coe.communications, 1), key=lambda pair: pair[1].at),
        related=tuple(_related(coe, view)),
        reviews=view.ask.reviews(coe.id),
        people=tuple(people_facts(coe, view)),
    )


def _svg(coe: Coe, drawn: Drawing, view: View) -> Markup:
    kinds = [
        (coe.timeline, "event"), (coe.impact.windows if coe.impact else (), "impact window"), (coe.communications, "message"),
    ]  # fmt: skip
    parts = ", ".join(words.count(len(things), noun) for things, noun in kinds if things)
    length = impact_duration(coe)
    said = f" Customers were affected for {duration_words(length)}." if length else ""
    values = {"t": drawn, "title": f"Timeline of {coe.title}", "description": f"{parts}, in UTC.{said}", "view": view}
    return Markup(render("site/timeline.svg", values, shadow=view.site.templates))


def _notices(coe: Coe, view: View) -> Iterator[Notice]:
    if coe.status == "draft":
        yield Notice("draft", "Draft.", "This analysis is being written; what it says may still change.")
    if coe.status == "in_review":
        yield Notice("review", "In review.", "Causes and action items are not agreed yet.")
    if coe.status == "withdrawn":
        yield Notice("withdrawn", "Withdrawn.", "This analysis no longer stands.")
    newer = [tie for tie in view.ask.ties(coe.id) if tie.is_back and tie.type == "supersedes"]
    if coe.status == "superseded" and not newer:
        yield Notice("withdrawn", "Superseded.", "A newer analysis takes its place.")
    for other in newer:
        yield Notice("withdrawn", "Superseded.", "A newer analysis takes its place:", view.coe(other.id), other.title)
    if coe.kind != "incident":
        text = "Customers were not affected." if coe.kind == "near_miss" else "This was practised, it did not happen."
        yield Notice("kind", f"{words.label(coe.kind).capitalize()}.", text)


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


def _related(coe: Coe, view: View) -> Iterator[tuple[str, Tie]]:
    """Yield what is tied to a COE, with the words for how; what it names itself is not told again from the other side."""
    named = {tie.id for tie in coe.related}
    for tie in view.ask.ties(coe.id):
        if not tie.is_back or tie.id not in named:
            yield _REASONS[tie.type][tie.is_back], tie
