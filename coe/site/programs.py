"""The list of programs with who has adopted what, and a page for each: how far every service is, and what shows it."""

from __future__ import annotations

from collections.abc import Iterator

from coe.insight.adoption import STATES, progress
from coe.model.organization import Adoption, Program
from coe.model.validate import Analysis
from coe.site.address import page_path
from coe.site.page import Due
from coe.site.paging import parts
from coe.site.view import Site

_COLUMNS = 10
"""How many programs stand side by side in the matrix; each has a page of its own anyway."""

_ROWS = 100


def program_pages(site: Site) -> Iterator[Due]:
    """Yield the list of programs and a page for each."""
    known, gathered = site.publication, site.gathered
    programs = sorted(known.corpus.programs.values(), key=lambda program: program.title.lower())
    shown = [program for program in programs if program.adoption and program.status != "abandoned"][:_COLUMNS]
    named = {one.service for program in shown for one in program.adoption}
    services = sorted((known.services[name] for name in named if name in known.services), key=lambda one: one.name.lower())
    yield site.page(
        "site/programs.html",
        page_path("programs"),
        title="Programs",
        programs=[(program, progress(program)) for program in programs],
        columns=shown,
        services=services[:_ROWS],
        hidden=max(0, len(services) - _ROWS),
        adoption=gathered.adoption,
    )
    for analysis in known.analyses_of(Program):
        if isinstance(analysis.noun, Program):
            yield from _program_pages(site, analysis, analysis.noun)


def _program_pages(site: Site, analysis: Analysis, program: Program) -> Iterator[Due]:
    path = page_path("programs", program.id)
    learned = site.gathered.by_program.get(program.id, [])
    for part in parts(learned, path.removesuffix("/index.md")):
        yield site.page(
            "site/program.html",
            part.path,
            title=part.title(program.title),
            description=program.done_when,
            program=program,
            first_page=path,
            part=part,
            progress=progress(program),
            rows=_ordered(site, program),
            decisions=site.gathered.decisions.get(("program", program.id), []),
            narrative=site.view(path).narrative(analysis) if part.number == 1 else "",
        )


def _ordered(site: Site, program: Program) -> list[Adoption]:
    """Return the services of a program: what is left first, those that are exempt last, each by name."""
    names = site.publication.names
    return sorted(program.adoption, key=lambda one: (STATES.index(one.status), names.service(one.service).lower()))
