"""The pages of the weekly reviews: the newest digest, and for each week with minutes its digest, minutes and presenter."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeAlias

from coe.model.organization import Minutes
from coe.model.validate import Analysis
from coe.render import Markup
from coe.review import html, present, words
from coe.review.digest import Digest
from coe.review.markdown import LinkKind
from coe.site.address import Addresses, Section, page_path
from coe.site.page import Due, DueFile, Page
from coe.site.paging import Part, parts
from coe.site.questions import Questions
from coe.site.view import Site, View

LATEST = "latest"
_LISTS: dict[str, Section] = {"coes": "coes", "actions": "actions"}

Link: TypeAlias = Callable[[LinkKind, str], "str | None"]


class Met(NamedTuple):
    """A week with minutes in a list."""

    minutes: Minutes
    read: int


def review_pages(site: Site) -> Iterator[Due | DueFile]:
    """Yield the list of reviews, the newest digest, and the pages of each week; none for the public, who reads no minutes."""
    known = site.publication
    if known.is_public:
        return
    met = [Met(minutes, sum(one.coe in known.coes for one in minutes.reviewed)) for minutes in known.corpus.minutes.values()]
    newest = site.weeks.newest
    for part in parts(met, "reviews"):
        yield _list(site, part, newest)
    yield from _week_pages(site, LATEST, newest.week.name)
    for week in known.corpus.minutes:
        yield from _week_pages(site, week, week)


def presenter_path(name: str) -> str:
    """Return the path of the presenter of a week."""
    return f"reviews/{name}/present/index.html"


def _list(site: Site, part: Part[Met], newest: Digest) -> Due:
    view = site.view(part.path)
    return site.page(
        "site/reviews.html",
        part.path,
        title=part.title("Reviews"),
        part=part,
        digest=newest,
        words=words,
        latest=view.to(page_path("reviews", LATEST)),
        present=view.to(presenter_path(LATEST)),
        feed=view.to("feeds/reviews.xml"),
    )


def _week_pages(site: Site, name: str, week: str) -> Iterator[Due | DueFile]:
    """Yield the page of a week and its presenter, one after the other: they are made of the same digest."""
    path = page_path("reviews", name)
    minutes = site.gathered.minutes.get(week)

    def make(ask: Questions) -> Page:
        return _week_page(site.view(path, ask), week, minutes)

    def show(ask: Questions) -> bytes:
        return _presenter(site, name, week, ask)

    inputs = site.weeks.inputs(site.weeks.week(week))
    yield Due(path, inputs, make)
    yield DueFile(presenter_path(name), inputs, show)


def _week_page(view: View, week: str, analysis: Analysis | None) -> Page:
    site = view.site
    known = site.publication
    made = _digest(site, week)
    minutes = analysis.noun if analysis and isinstance(analysis.noun, Minutes) else None
    is_latest = view.path == page_path("reviews", LATEST)
    return view.page(
        "site/review.html",
        title="The newest digest" if is_latest else f"Review {week}",
        week=week,
        own=view.week(week) if is_latest else "",
        present=view.to(presenter_path(LATEST if is_latest else week)),
        digest=Markup(html.fragment(made, link=_link(view), shadow=site.templates, is_whole=minutes is None)),
        minutes=minutes,
        spotlight=known.coes.get(minutes.spotlight or "") if minutes else None,
        reviewed=[(known.coes[row.coe], row) for row in minutes.reviewed if row.coe in known.coes] if minutes else [],
        rows=[row for row in known.actions if row.source_kind == "minutes" and row.source_id == week],
        narrative=view.narrative(analysis, level=4) if analysis else "",
    )


def _digest(site: Site, week: str) -> Digest:
    newest = site.weeks.newest
    return newest if newest.week.name == week else site.weeks.digest(site.weeks.week(week))


def _presenter(site: Site, name: str, week: str, ask: Questions) -> bytes:
    """Return the presenter. Its links name files: it is opened from a disk as well as from a server."""
    path = presenter_path(name)
    files = Addresses(bare=False)
    view = View(Site(site.publication, files, site.library, site.home, site.name, site.url), path, ask)
    return present.page(_digest(site, week), link=_link(view), shadow=site.templates).encode("utf-8")


def _link(view: View) -> Link:
    targets = {"coe": view.coe, "tenet": view.tenet, "program": view.program, "minutes": view.week}

    def link(kind: LinkKind, name: str) -> str | None:
        if kind == "list":
            return view.section(_LISTS[name])
        return targets[kind](name) or None

    return link
