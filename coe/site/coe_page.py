"""COE → its page, and the same as Markdown for a chat, a ticket or a document elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from coe.insight.similar import NOTE
from coe.model.causes import ReviewAnswer
from coe.model.coe import Coe
from coe.model.impact import Window
from coe.model.learning import Lesson
from coe.model.measures import duration_words, impact_duration, impact_start, measures
from coe.model.timeline import Event
from coe.model.validate import Analysis
from coe.render import Markup, render
from coe.review.markdown import escaped
from coe.site import words
from coe.site.answers import answered_causes, counts, done, planned, progress, unanswered
from coe.site.facts import header_facts, impact_facts, people_facts, response_facts, silence, unknown_measures
from coe.site.page import Page
from coe.site.past import history, notices, related
from coe.site.plain import markdown
from coe.site.timeline import Drawing, drawing
from coe.site.view import View

_QUESTIONS = (
    ("detection", "Time to detect"), ("diagnosis", "Time to diagnose"), ("mitigation", "Time to mitigate"),
    ("prevention", "Chance of it"), ("blast_radius", "Reach"),
)  # fmt: skip
_LESSONS = (
    ("went_well", "Went well"), ("went_poorly", "Went poorly"), ("got_lucky", "Got lucky"), ("surprises", "Surprises"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One event of the table; `day` is given where the day changes."""

    event: Event
    offset: str
    day: str


def coe_page(view: View, analysis: Analysis) -> Page:
    """Return the page of one COE. Of other documents it knows what `view.ask` answers, and nothing else."""
    coe = analysis.coe
    if coe is None:
        raise TypeError("the page of a COE is made from a COE")
    narrative = view.narrative(analysis)
    values = {**_told(coe, view), **_linked(coe, view)}
    drawn = drawing(coe)
    return view.page(
        "site/coe.html",
        title=coe.title,
        description=coe.summary or "",
        meta={"hide": ["navigation"]},
        drawn=_svg(coe, drawn, view) if drawn else "",
        narrative=narrative,
        copy=_markdown({**values, "narrative": markdown(narrative)}, view),
        self_href=view.to(view.path),
        **values,
    )


def _markdown(values: Mapping[str, Any], view: View) -> str:
    """Return the page as Markdown."""
    return _spaced(render("site/coe.md.j2", {**values, "view": view, "md": escaped}, shadow=view.site.templates))


def _told(coe: Coe, view: View) -> Mapping[str, Any]:
    """Return what a COE tells of itself."""
    return {
        "coe": coe,
        "zero": impact_start(coe),
        "facts": tuple(header_facts(coe)),
        "impact": tuple(impact_facts(coe)),
        "measures": measures(coe),
        "unknown_measures": tuple(unknown_measures(coe)),
        "windows": tuple(_windows(coe)),
        "rows": tuple(_rows(coe)),
        "causes": tuple(answered_causes(coe)),
        "unanswered": unanswered(coe),
        "done": done(coe),
        "planned": planned(coe),
        "lessons": tuple(_lessons(coe)),
        "questions": tuple(_questions(coe)),
        "response": tuple(response_facts(coe, view)),
        "silence": silence(coe),
        "messages": sorted(enumerate(coe.communications, 1), key=lambda pair: pair[1].at),
        "people": tuple(people_facts(coe, view)),
    }


def _linked(coe: Coe, view: View) -> Mapping[str, Any]:
    """Return what others tell of a COE: documents, git, and the day on which the site is made."""
    similar = view.ask.similar(coe.id)
    return {
        "notices": tuple(notices(coe, view)),
        "progress": progress(coe, view),
        "counts": tuple(counts(coe, view, len(similar))),
        "growth": view.ask.growth(coe.id),
        "reviews": view.ask.reviews(coe.id),
        "spotlights": view.ask.spotlights(coe.id),
        "related": tuple(related(coe, view)),
        "similar": similar,
        "similar_note": NOTE,
        "history": history(coe, view),
    }


def _svg(coe: Coe, drawn: Drawing, view: View) -> Markup:
    kinds = [
        (coe.timeline, "event"), (coe.impact.windows if coe.impact else (), "impact window"), (coe.communications, "message"),
    ]  # fmt: skip
    parts = ", ".join(words.count(len(things), noun) for things, noun in kinds if things)
    length = impact_duration(coe)
    said = f" Customers were affected for {duration_words(length)}." if length else ""
    values = {"t": drawn, "title": f"Timeline of {coe.title}", "description": f"{parts}.{said}", "view": view}
    return Markup(render("site/timeline.svg", values, shadow=view.site.templates))


def _windows(coe: Coe) -> Iterator[tuple[Window, str]]:
    for window in sorted(coe.impact.windows, key=lambda window: window.start) if coe.impact else ():
        yield window, duration_words(window.end - window.start) if window.end else ""


def _rows(coe: Coe) -> Iterator[Row]:
    zero, last = impact_start(coe), ""
    for event in sorted(coe.timeline, key=lambda event: event.at):
        day = words.day(event.at)
        yield Row(event, words.offset(event.at, zero), day if day != last else "")
        last = day


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


def _spaced(text: str) -> str:
    """Return a text without spare empty lines; those in code stay."""
    out: list[str] = []
    inside = False
    for line in text.split("\n"):
        inside ^= line.startswith("```")
        if line.strip() or inside or (out and out[-1]):
            out.append(line.rstrip())
    return "\n".join(out).strip("\n") + "\n"
