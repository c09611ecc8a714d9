"""The pages of the weekly reviews: the digest of the newest week, and the minutes of each."""

from __future__ import annotations

from collections.abc import Iterator

from coe.model.organization import Minutes
from coe.model.validate import Analysis
from coe.render import Markup
from coe.review import html
from coe.review.digest import Digest
from coe.review.markdown import LinkKind
from coe.site.address import page_path
from coe.site.page import Due
from coe.site.view import Site


def review_pages(site: Site) -> Iterator[Due]:
    """Yield the digest of the newest week with the list of reviews, and a page for the minutes of each week."""
    known = site.publication
    path = page_path("reviews")
    listed = [
        (minutes, [row for row in minutes.reviewed if row.coe in known.coes]) for minutes in known.corpus.minutes.values()
    ]
    made = site.gathered.digest
    body = Markup(_fragment(site, made, path))
    yield site.page("site/reviews.html", path, title="Reviews", minutes=listed, digest=body, week=made.week.name)
    for analysis in known.analyses_of(Minutes):
        if isinstance(analysis.noun, Minutes):
            yield _review_page(site, analysis, analysis.noun)


def _fragment(site: Site, made: Digest, path: str) -> str:
    view = site.view(path)
    targets = {"coe": view.coe, "tenet": view.tenet, "program": view.program, "minutes": view.week}

    def link(kind: LinkKind, name: str) -> str | None:
        return targets[kind](name) or None

    return html.fragment(made, link=link, shadow=site.templates)


def _review_page(site: Site, analysis: Analysis, minutes: Minutes) -> Due:
    path = page_path("reviews", minutes.week)
    known = site.publication
    return site.page(
        "site/review.html",
        path,
        title=f"Review {minutes.week}",
        minutes=minutes,
        spotlight=known.coes.get(minutes.spotlight or ""),
        reviewed=[(known.coes[row.coe], row) for row in minutes.reviewed if row.coe in known.coes],
        rows=[row for row in known.actions if row.source_kind == "minutes" and row.source_id == minutes.week],
        narrative=site.view(path).narrative(analysis),
    )
