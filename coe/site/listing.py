"""The first page, and the pages of services, tenets and programs."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from coe.model.organization import Program, Service, Tenet
from coe.model.validate import Analysis
from coe.site.address import page_path
from coe.site.page import Page
from coe.site.view import Site

_TENET_STATES = ("adopted", "proposed", "retired")


def home_page(site: Site) -> Iterator[Page]:
    """Yield the list of all COEs, the newest first."""
    known = site.publication
    left = [row for row in known.actions if row.is_left]
    yield site.page(
        "site/home.html",
        site.home,
        title=site.name,
        description=f"Post-incident analyses: {len(known.coes)}, the newest first.",
        years=[(year, list(coes)) for year, coes in groupby(known.coes.values(), key=lambda coe: coe.id[:4])],
        total=len(known.coes),
        open_actions=len(left),
        overdue=sum(row.state == "overdue" for row in left),
        tenets=len(known.corpus.tenets),
        programs=len(known.corpus.programs),
        week=next(iter(known.corpus.minutes), ""),
    )


def service_pages(site: Site) -> Iterator[Page]:
    """Yield the list of services and a page for each: those with COEs first, the latest first."""
    known = site.publication
    pairs = [(service, known.coes_of_service(service.id)) for service in known.services.values()]
    by_name = sorted(pairs, key=lambda pair: pair[0].name.lower())
    ordered = sorted(by_name, key=lambda pair: pair[1][0][0].id if pair[1] else "", reverse=True)
    yield site.page("site/services.html", page_path("services"), title="Services", services=ordered)
    for service, coes in pairs:
        yield _service_page(site, service, coes)


def _service_page(site: Site, service: Service, coes: object) -> Page:
    adopted = [
        (program, adoption)
        for program in site.publication.corpus.programs.values()
        for adoption in program.adoption
        if adoption.service == service.id
    ]
    return site.page(
        "site/service.html",
        page_path("services", service.id),
        title=service.name,
        description=service.description or "",
        service=service,
        coes=coes,
        programs=adopted,
    )


def tenet_pages(site: Site) -> Iterator[Page]:
    """Yield the list of tenets and a page for each."""
    known = site.publication
    analyses = known.analyses_of(Tenet)
    tenets = sorted(known.corpus.tenets.values(), key=lambda tenet: tenet.title.lower())
    groups = [
        (state, [(one, known.learnings_of(tenet=one.id)) for one in tenets if one.status == state]) for state in _TENET_STATES
    ]
    yield site.page("site/tenets.html", page_path("tenets"), title="Tenets", groups=[pair for pair in groups if pair[1]])
    for analysis in analyses:
        if isinstance(analysis.noun, Tenet):
            yield _tenet_page(site, analysis, analysis.noun)


def _tenet_page(site: Site, analysis: Analysis, tenet: Tenet) -> Page:
    path = page_path("tenets", tenet.id)
    known = site.publication
    view = site.view(path)
    return site.page(
        "site/tenet.html",
        path,
        title=tenet.title,
        description=tenet.statement,
        tenet=tenet,
        learnings=known.learnings_of(tenet=tenet.id),
        programs=known.programs_of(tenet.id),
        narrative=site.view(path).narrative(analysis),
        sources=[
            (known.coes[name].title if name in known.coes else name, view.coe(name))
            for name in tenet.sources
            if name not in known.withheld
        ],
    )


def program_pages(site: Site) -> Iterator[Page]:
    """Yield the list of programs and a page for each."""
    known = site.publication
    programs = sorted(known.corpus.programs.values(), key=lambda program: program.title.lower())
    values = [(program, *_progress(program)) for program in programs]
    yield site.page("site/programs.html", page_path("programs"), title="Programs", programs=values)
    for analysis in known.analyses_of(Program):
        if isinstance(analysis.noun, Program):
            yield _program_page(site, analysis, analysis.noun)


def _program_page(site: Site, analysis: Analysis, program: Program) -> Page:
    path = page_path("programs", program.id)
    done, total = _progress(program)
    return site.page(
        "site/program.html",
        path,
        title=program.title,
        description=program.done_when,
        program=program,
        done=done,
        total=total,
        exempt=sum(adoption.status == "exempt" for adoption in program.adoption),
        learnings=site.publication.learnings_of(program=program.id),
        narrative=site.view(path).narrative(analysis),
    )


def _progress(program: Program) -> tuple[int, int]:
    """Return how many services are done, of how many that are not exempt."""
    counted = [adoption for adoption in program.adoption if adoption.status != "exempt"]
    return sum(adoption.status == "done" for adoption in counted), len(counted)
