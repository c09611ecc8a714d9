"""All COEs, the newest first, a hundred on a page: the place of the explorer, and whole without it."""

from __future__ import annotations

from collections.abc import Iterator

from coe.site.address import page_path
from coe.site.page import Due
from coe.site.view import Site

PER_PAGE = 100
EXPLORER = "assets/js/explorer.js"


def list_path(number: int) -> str:
    """Return the path of one page of the list; the first stands at the section itself."""
    return page_path("coes") if number == 1 else f"coes/page/{number}/index.md"


def coe_list_pages(site: Site) -> Iterator[Due]:
    """Yield the pages of the list of all COEs; there is one even when there is no COE yet."""
    coes = list(site.publication.coes.values())
    last = max(1, -(-len(coes) // PER_PAGE))
    for number in range(1, last + 1):
        shown = coes[(number - 1) * PER_PAGE : number * PER_PAGE]
        view = site.view(list_path(number))
        yield site.page(
            "site/coes.html",
            view.path,
            title="COEs" if number == 1 else f"COEs, page {number} of {last}",
            description=f"Post-incident analyses: {len(coes)}, the newest first.",
            coes=shown,
            total=len(coes),
            first=(number - 1) * PER_PAGE + 1,
            number=number,
            last=last,
            links=[(one, view.to(list_path(one))) for one in _near(number, last)],
            script=view.to(EXPLORER) if number == 1 and coes else "",
        )


def _near(number: int, last: int) -> list[int]:
    """Return the pages that a page links to: the first, the last, and those around it."""
    return sorted({1, last, *range(max(1, number - 2), min(last, number + 2) + 1)})
