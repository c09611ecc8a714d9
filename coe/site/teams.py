"""The list of teams by name, and a page for each: what it runs, what it wrote, what it has open. Nothing here ranks teams."""

from __future__ import annotations

from collections.abc import Iterator

from coe.model.organization import Team
from coe.site.address import page_path
from coe.site.page import Due
from coe.site.paging import parts
from coe.site.services import OPEN
from coe.site.view import Site


def team_pages(site: Site) -> Iterator[Due]:
    """Yield the list of teams and a page for each."""
    teams = sorted(site.gathered.teams.values(), key=lambda team: (team.name.lower(), team.id))
    services = {team.id: [one for one in site.publication.services.values() if one.team == team.id] for team in teams}
    for part in parts(teams, "teams"):
        yield site.page(
            "site/teams.html", part.path, title=part.title("Teams"), part=part, services=services,
            coes={team.id: len(site.gathered.coes_of_team.get(team.id, ())) for team in part.rows},
        )  # fmt: skip
    for team in teams:
        yield from _team_pages(site, team)


def _team_pages(site: Site, team: Team) -> Iterator[Due]:
    known, gathered = site.publication, site.gathered
    left = gathered.actions_of_team.get(team.id, [])
    path = page_path("teams", team.id)
    for part in parts(gathered.coes_of_team.get(team.id, []), path.removesuffix("/index.md")):
        yield site.page(
            "site/team.html",
            part.path,
            title=part.title(team.name),
            description=team.description or "",
            team=team,
            first_page=path,
            part=part,
            services=[service for service in known.services.values() if service.team == team.id],
            programs=[program for program in known.corpus.programs.values() if program.sponsor_team == team.id],
            left=left[:OPEN],
            left_total=len(left),
            overdue=sum(row.state == "overdue" for row in left),
        )
