"""All kinds of pages and files of the site: a kind is one function from the site to what belongs to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from coe.site.address import page_path
from coe.site.api import api
from coe.site.calendar import calendars
from coe.site.coe_page import coe_page
from coe.site.feeds import feeds
from coe.site.listing import home_page, program_pages, service_pages, tenet_pages
from coe.site.page import File, Page
from coe.site.register import actions_page, review_pages
from coe.site.view import Site


def _coe_pages(site: Site) -> Iterator[Page]:
    for name, analysis in site.publication.coe_analyses.items():
        yield coe_page(site.view(page_path("coes", name)), analysis)


KINDS: tuple[Callable[[Site], Iterable[Page | File]], ...] = (
    home_page,
    _coe_pages,
    service_pages,
    tenet_pages,
    program_pages,
    actions_page,
    review_pages,
    feeds,
    calendars,
    api,
)
"""Each yields pages, which the engine makes HTML of, and files (data, feeds, pictures), which it copies as they are."""
