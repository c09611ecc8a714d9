"""All kinds of pages and files of the site: a kind is one function from the site to what belongs to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from coe.model.validate import Analysis
from coe.site.address import page_path
from coe.site.coe_page import coe_page
from coe.site.listing import home_page, program_pages, service_pages, tenet_pages
from coe.site.page import Due, File, Page
from coe.site.questions import Questions
from coe.site.register import actions_page, review_pages
from coe.site.view import Site


def coe_pages(site: Site) -> Iterator[Due]:
    """Yield the page of each COE."""
    for name, analysis in site.publication.coe_analyses.items():
        path = page_path("coes", name)

        def make(ask: Questions, path: str = path, analysis: Analysis = analysis) -> Page:
            return coe_page(site.view(path, ask), analysis)

        # A source without a name for its bytes has flaws, and is no COE.
        yield Due(path, analysis.document.source.digest or "", make)


KINDS: tuple[Callable[[Site], Iterable[Page | Due | File]], ...] = (
    home_page,
    coe_pages,
    service_pages,
    tenet_pages,
    program_pages,
    actions_page,
    review_pages,
)
"""Each yields pages, pages that are made when they are due, and files (data, feeds, pictures), which stay as they are."""
