"""The list of programs with who has adopted what, and a page for each: how far every service is, and what shows it."""

from __future__ import annotations

from collections.abc import Iterator

from coe.insight.adoption import STATES, progress
from coe.model.organization import Adoption, Program
from coe.site.address import page_path
from coe.site.grown import grown_pages
from coe.site.page import Due
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
            one = analysis.noun
            learned, rows = gathered.by_program.get(one.id, []), _ordered(site, one)
            yield from grown_pages(
                site, analysis, one, learned=learned, description=one.done_when, progress=progress(one), rows=rows
            )


def _ordered(site: Site, program: Program) -> list[Adoption]:
    """Return the services of a program: what is left first, those that are exempt last, each by name."""
    names = site.publication.names
    return sorted(program.adoption, key=lambda one: (STATES.index(one.status), names.service(one.service).lower()))
