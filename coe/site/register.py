"""The register of action items, and the pages of the weekly reviews."""

from __future__ import annotations

from collections.abc import Iterator

from coe.model.organization import Minutes
from coe.model.validate import Analysis
from coe.render import Markup
from coe.review import html
from coe.review.digest import Digest, digest
from coe.review.markdown import LinkKind
from coe.review.week import parse_week, week_of_day
from coe.site.address import page_path
from coe.site.page import Page
from coe.site.view import Site


def actions_page(site: Site) -> Iterator[Page]:
    """Yield the register: what is overdue, what is due soon, what is open, what is finished."""
    known = site.publication
    soon = known.corpus.repository.config.review.due_soon_days
    rows = known.actions
    finished = sorted(
        (row for row in rows if row.state in ("done", "verified")), key=lambda row: str(row.finished or ""), reverse=True
    )
    groups = [
        ("overdue", "Overdue", [row for row in rows if row.state == "overdue"]),
        ("due-soon", f"Due within {soon} days", [row for row in rows if row.state == "due_soon"]),
        ("later", "Later", [row for row in rows if row.state == "open" and row.item.due]),
        ("no-date", "Open without a due date", [row for row in rows if row.state == "open" and not row.item.due]),
        ("done", "Done", finished),
        ("wont-do", "Will not be done", [row for row in rows if row.state == "wont_do"]),
    ]
    yield site.page(
        "site/actions.html",
        page_path("actions"),
        title="Action items",
        groups=[group for group in groups if group[2]],
        total_open=sum(row.is_left for row in rows),
        overdue=len(groups[0][2]),
        total_done=len(finished),
        as_of=known.as_of,
    )


def review_pages(site: Site) -> Iterator[Page]:
    """Yield the digest of the newest week with the list of reviews, and a page for the minutes of each week."""
    known = site.publication
    path = page_path("reviews")
    listed = [
        (minutes, [row for row in minutes.reviewed if row.coe in known.coes]) for minutes in known.corpus.minutes.values()
    ]
    made = _newest(site)
    body = Markup(_fragment(site, made, path))
    yield site.page("site/reviews.html", path, title="Reviews", minutes=listed, digest=body, week=made.week.name)
    for analysis in known.analyses_of(Minutes):
        if isinstance(analysis.noun, Minutes):
            yield _review_page(site, analysis, analysis.noun)


def _newest(site: Site) -> Digest:
    """Return the digest of this week; of the latest week that met, when this one has brought nothing yet."""
    known = site.publication
    review = known.corpus.repository.config.review
    this = week_of_day(known.as_of, review.timezone, review.week_starts)
    made = digest(known.corpus, week=this, as_of=known.as_of)
    met = [parse_week(name, review.timezone, review.week_starts) for name in known.corpus.minutes]
    past = [week for week in met if week.last <= known.as_of]
    if not made.is_quiet or not past:
        return made
    latest = max(past, key=lambda week: week.last)
    return digest(known.corpus, week=latest, as_of=latest.last)


def _fragment(site: Site, made: Digest, path: str) -> str:
    view = site.view(path)
    targets = {"coe": view.coe, "tenet": view.tenet, "program": view.program, "minutes": view.week}

    def link(kind: LinkKind, name: str) -> str | None:
        return targets[kind](name) or None

    return html.fragment(made, link=link, shadow=site.templates)


def _review_page(site: Site, analysis: Analysis, minutes: Minutes) -> Page:
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
