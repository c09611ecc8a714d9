"""Digest → the presenter: one page that runs the meeting on the projector, with its clock, and prints as a hand-out."""

from __future__ import annotations

from pathlib import Path

from coe.model.measures import duration_words, impact_duration, measures
from coe.render import Markup
from coe.render import render as render_template
from coe.review import words
from coe.review.digest import Digest
from coe.review.markdown import Link, LinkKind
from coe.review.slides import CAUSES, LEARNINGS, segments, slides


def page(digest: Digest, *, link: Link | None = None, shadow: Path | None = None) -> str:
    """Return the page. It stands alone: style and script are in it, and it asks nobody for anything.

    Errors: `CoeError` when a shadowing template cannot be rendered.
    """
    lit = digest.spotlight
    values = {
        "digest": digest,
        "slides": slides(digest),
        "segments": segments(digest.draw) if digest.draw else (),
        "measures": measures(lit.entry.coe) if lit else (),
        "impact": impact_duration(lit.entry.coe) if lit and lit.entry.coe.impact else None,
        "duration": duration_words,
        "causes": CAUSES,
        "learnings": LEARNINGS,
        "words": words,
        "text": words.plain,
        "href": link or _nowhere,
        "style": Markup(render_template("present/present.css", {}, shadow=shadow)),
        "script": Markup(render_template("present/present.js", {}, shadow=shadow)),
    }
    made = render_template("present/present.html", values, shadow=shadow)
    return "\n".join(line for line in (line.rstrip() for line in made.split("\n")) if line) + "\n"


def _nowhere(kind: LinkKind, name: str) -> str | None:  # noqa: ARG001 (a page that stands alone links to nothing)
    return None
