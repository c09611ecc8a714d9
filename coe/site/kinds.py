"""All kinds of pages and files of the site: a kind is one function from the site to what belongs to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from coe.model.validate import Analysis
from coe.site.actions import action_pages
from coe.site.address import page_path
from coe.site.anniversaries_page import anniversaries_page
from coe.site.api import api
from coe.site.calendar import calendars
from coe.site.coe_index import coe_index
from coe.site.coe_page import coe_page
from coe.site.coes import coe_list_pages
from coe.site.feeds import feeds, review_feed
from coe.site.glossary import glossary_page
from coe.site.home import home_page
from coe.site.learnings import learning_pages
from coe.site.page import Due, DueFile, File, Page
from coe.site.programs import program_pages
from coe.site.questions import Questions
from coe.site.reviews import review_pages
from coe.site.services import service_pages
from coe.site.teams import team_pages
from coe.site.tenets import tenet_pages
from coe.site.trends_page import trends_page
from coe.site.view import Site


def coe_pages(site: Site) -> Iterator[Due]:
    """Yield the page of each COE."""
    for name, analysis in site.publication.coe_analyses.items():
        path = page_path("coes", name)

        def make(ask: Questions, path: str = path, analysis: Analysis = analysis) -> Page:
            return coe_page(site.view(path, ask), analysis)

        # A source without a name for its bytes has flaws, and is no COE.
        yield Due(path, analysis.document.source.digest or "", make)


KINDS: tuple[Callable[[Site], Iterable[Due | DueFile | File]], ...] = (
    home_page,
    coe_list_pages,
    coe_index,
    coe_pages,
    service_pages,
    team_pages,
    tenet_pages,
    program_pages,
    learning_pages,
    anniversaries_page,
    glossary_page,
    action_pages,
    trends_page,
    review_pages,
    feeds,
    review_feed,
    calendars,
    api,
)
"""Each yields pages, which are made when they are due, and files (data, feeds, pictures), which stay as they are."""
