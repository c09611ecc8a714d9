"""All kinds of pages and files of the site: a kind is one function from the site to what belongs to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from coe.site.actions import action_pages
from coe.site.address import page_path
from coe.site.anniversaries_page import anniversaries_page
from coe.site.coe_page import coe_page
from coe.site.coes import coe_list_pages
from coe.site.glossary import glossary_page
from coe.site.home import home_page
from coe.site.learnings import learning_pages
from coe.site.page import File, Page
from coe.site.programs import program_pages
from coe.site.reviews import review_pages
from coe.site.services import service_pages
from coe.site.teams import team_pages
from coe.site.tenets import tenet_pages
from coe.site.trends_page import trends_page
from coe.site.view import Site


def _coe_pages(site: Site) -> Iterator[Page]:
    for name, analysis in site.publication.coe_analyses.items():
        yield coe_page(site.view(page_path("coes", name)), analysis)


KINDS: tuple[Callable[[Site], Iterable[Page | File]], ...] = (
    home_page,
    coe_list_pages,
    _coe_pages,
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
)
"""Each yields pages, which the engine makes HTML of, and files (data, feeds, pictures), which it copies as they are."""
