"""The list of tenets, and a page for each: the COEs it grew from in their own words, and what carries it."""

from __future__ import annotations

from collections.abc import Iterator

from coe.insight.adoption import progress
from coe.model.organization import Tenet
from coe.model.validate import Analysis
from coe.site.address import page_path
from coe.site.grown import grown_pages
from coe.site.page import Due
from coe.site.view import Site

_STATES = ("adopted", "proposed", "retired")


def tenet_pages(site: Site) -> Iterator[Due]:
    """Yield the list of tenets and a page for each."""
    known, gathered = site.publication, site.gathered
    tenets = sorted(known.corpus.tenets.values(), key=lambda tenet: tenet.title.lower())

    def row(tenet: Tenet) -> tuple[Tenet, int, int]:
        learned = gathered.by_tenet.get(tenet.id, [])
        return tenet, len(learned), len({one.coe.id for one in learned})

    groups = [(state, [row(one) for one in tenets if one.status == state]) for state in _STATES]
    yield site.page("site/tenets.html", page_path("tenets"), title="Tenets", groups=[pair for pair in groups if pair[1]])
    for analysis in known.analyses_of(Tenet):
        if isinstance(analysis.noun, Tenet):
            yield from _tenet_pages(site, analysis, analysis.noun)


def _tenet_pages(site: Site, analysis: Analysis, tenet: Tenet) -> Iterator[Due]:
    known, gathered = site.publication, site.gathered
    view = site.view(page_path("tenets", tenet.id))
    learned = gathered.by_tenet.get(tenet.id, [])
    sources = [name for name in tenet.sources if name not in known.withheld]
    taught = {one.coe.id for one in learned}
    yield from grown_pages(
        site,
        analysis,
        tenet,
        learned=learned,
        description=tenet.statement,
        coes=len(taught),
        programs=[(program, progress(program)) for program in gathered.programs_of.get(tenet.id, [])],
        newer=gathered.superseded_by.get(tenet.id, []),
        grown=[known.coes[name] for name in sources if name in known.coes and name not in taught],
        sources=[(name, view.coe(name)) for name in sources if name not in known.coes],
    )
