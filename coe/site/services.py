"""The list of services, and a page for each: its history, what is open, what recurs, and what concerns it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from coe.insight.actions import SET_ASIDE
from coe.insight.trends import Dated, Spread, summaries, tally
from coe.model.coe import Coe
from coe.model.organization import Service
from coe.site.address import page_path
from coe.site.charts import Figure, severity_figure
from coe.site.page import Due
from coe.site.paging import parts
from coe.site.view import Site, View

OPEN = 20
"""How many open action items a page shows before it leads to the register."""


def service_pages(site: Site) -> Iterator[Due]:
    """Yield the list of services and a page for each: those with COEs first, the latest first."""
    known = site.publication
    pairs = [(service, known.coes_of_service(service.id)) for service in known.services.values()]
    by_name = sorted(pairs, key=lambda pair: pair[0].name.lower())
    ordered = sorted(by_name, key=lambda pair: pair[1][0][0].id if pair[1] else "", reverse=True)
    for part in parts(ordered, "services"):
        yield site.page("site/services.html", part.path, title=part.title("Services"), part=part)
    for service, coes in pairs:
        yield from _service_pages(site, service, coes)


def _service_pages(site: Site, service: Service, coes: Sequence[tuple[Coe, str]]) -> Iterator[Due]:
    path = page_path("services", service.id)
    for part in parts(coes, path.removesuffix("/index.md")):
        view = site.view(part.path)
        more = _insight(site, service, [coe for coe, _ in coes], view) if part.number == 1 else {}
        yield site.page(
            "site/service.html",
            part.path,
            title=part.title(service.name),
            description=service.description or "",
            service=service,
            first_page=path,
            part=part,
            **more,
        )


def _insight(site: Site, service: Service, coes: Sequence[Coe], view: View) -> dict[str, Any]:
    gathered, known = site.gathered, site.publication
    left = gathered.actions_of_service.get(service.id, [])
    adopted = gathered.adoption.get(service.id, {})
    programs = [known.corpus.programs[name] for name in adopted]
    named = {learning.tenet for coe in coes for learning in coe.learnings if learning.tenet}
    carried = {name for program in programs for name in program.tenets}
    return {
        "strip": _strip(site, coes, view),
        "left": left[:OPEN],
        "left_total": len(left),
        "recurring": gathered.recurring(coes, f"{service.name} {service.id}".replace("-", " ")),
        "programs": [(program, adopted[program.id]) for program in programs],
        "tenets": [known.corpus.tenets[name] for name in sorted(named | carried) if name in known.corpus.tenets],
        "spreads": list(measured(site, coes)),
    }


def measured(site: Site, coes: Sequence[Coe]) -> tuple[Spread, ...]:
    """Return the measures of some COEs as the trends have them: of incidents whose analysis is in review or later."""
    days = site.gathered.days
    told = [
        coe
        for coe in coes
        if coe.kind == "incident" and coe.status != "draft" and coe.status not in SET_ASIDE and coe.id in days
    ]
    return summaries(told, took=site.gathered.took)


def _strip(site: Site, coes: Sequence[Coe], view: View) -> Figure | None:
    """Return the incidents of a service over the years of the whole site, absent when there is none."""
    days, columns = site.gathered.days, site.gathered.columns
    counted = [
        Dated(coe, days[coe.id]) for coe in coes if coe.kind == "incident" and coe.id in days and coe.status not in SET_ASIDE
    ]
    levels = ("SEV1", "SEV2", "SEV3", "SEV4", "SEV5")
    found = tally("severity", "Incidents over time", counted, columns, lambda coe: (coe.severity,), fixed=levels)
    return severity_figure(view, found, columns, small=True) if counted else None
