"""The register of action items: what is left, the most pressing first; what is finished, by year; and data for the filters."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from coe.insight.actions import ActionRow, ageing
from coe.site.address import page_path
from coe.site.page import Due, File
from coe.site.paging import Part, parts
from coe.site.view import Site, View

SCRIPT = "assets/js/filter.js"
OPEN_DATA, DONE_DATA = "actions/open.js", "actions/finished.js"
_WONT_DO, _FINISHED = "actions/wont-do", "actions/finished"


def action_pages(site: Site) -> Iterator[Due | File]:
    """Yield the register, a hundred rows a page, the pages of what is finished, and the data of the filters."""
    rows = site.publication.actions
    left = [row for row in rows if row.is_left]
    years = _by_year([row for row in rows if row.state in ("done", "verified")])
    wont_do = [row for row in rows if row.state == "wont_do"]
    shared = _shared(site, left, years, len(wont_do))
    for part in parts(left, "actions"):
        yield _register_page(site, part, shared)
    for year, found in years:
        title = f"Finished in {year}" if year else "Finished, day unknown"
        yield from _list_pages(site, f"{_FINISHED}/{year or 'unknown'}", title, found)
    if wont_do:
        yield from _list_pages(site, _WONT_DO, "Will not be done", wont_do)
    if rows:
        view = site.view(page_path("actions"))
        finished = [row for row in rows if not row.is_left]
        yield File(OPEN_DATA, _data("open", left, finished, view))
        yield File(DONE_DATA, _data("finished", finished, (), view))


def _by_year(rows: Sequence[ActionRow]) -> list[tuple[str, list[ActionRow]]]:
    """Return what is finished by year, the latest first; in a year by day, so that what comes later moves no page."""
    ordered = sorted(rows, key=lambda row: (str(row.finished or ""), row.source_id, row.item.id))
    groups = [(year, list(found)) for year, found in groupby(ordered, key=lambda row: str(row.finished or "")[:4])]
    return groups[::-1]


def _shared(site: Site, left: list[ActionRow], years: list[tuple[str, list[ActionRow]]], wont_do: int) -> dict[str, Any]:
    """Return what all pages of the register say of all its rows: counted once."""
    counts = Counter(_group(row) for row in left)
    return {
        "counts": counts,
        "overdue": counts["overdue"],
        "total_done": sum(len(found) for _, found in years),
        "as_of": site.publication.as_of,
        "ages": ageing(left),
        "moved": sum(bool(row.item.extensions) for row in left),
        "years": [(year, len(found), f"{_FINISHED}/{year or 'unknown'}/index.md") for year, found in years],
        "wont_do": (wont_do, f"{_WONT_DO}/index.md"),
    }


def _register_page(site: Site, part: Part[ActionRow], shared: dict[str, Any]) -> Due:
    soon = site.publication.corpus.repository.config.review.due_soon_days
    headings = {"overdue": "Overdue", "due_soon": f"Due within {soon} days", "open": "Later", "": "Open without a due date"}
    groups = [(key, headings[key], shared["counts"][key], list(found)) for key, found in groupby(part.rows, key=_group)]
    view = site.view(part.path)
    shows_data = part.number == 1 and site.publication.actions
    return site.page(
        "site/actions.html",
        part.path,
        title=part.title("Action items"),
        part=part,
        groups=groups,
        **shared,
        scripts=tuple(map(view.to, (SCRIPT, OPEN_DATA, DONE_DATA))) if shows_data else (),
    )


def _group(row: ActionRow) -> str:
    return row.state if row.state != "open" or row.item.due else ""


def _list_pages(site: Site, folder: str, title: str, rows: Sequence[ActionRow]) -> Iterator[Due]:
    for part in parts(rows, folder):
        yield site.page("site/actions-list.html", part.path, title=part.title(title), heading=title, part=part)


def _data(name: str, rows: Sequence[ActionRow], others: Sequence[ActionRow], view: View) -> bytes:
    """Return rows for `filter.js`, as a script: it loads from a file as well as from a server.

    Teams and sources stand once, and rows name them by their place. `others` are counted only, by team, state, priority
    and type, so that every count is right before the rows themselves are asked for.
    """
    every = (*rows, *others)
    teams = {row.team or "": row.team_name for row in every}
    places = {team: index for index, team in enumerate(sorted(teams, key=lambda team: (teams[team].lower(), team)))}
    titles = {(row.source_kind, row.source_id): (row.source_title, view.origin(row)) for row in rows}
    sources = {source: index for index, source in enumerate(titles)}
    cube = Counter((places[row.team or ""], row.state, row.item.priority, row.item.type) for row in others)
    value = {
        "asOf": str(view.site.publication.as_of),
        "teams": [[team, teams[team]] for team in places],
        "sources": list(titles.values()),
        "rows": [_values(row, places[row.team or ""], sources[row.source_kind, row.source_id]) for row in rows],
        "others": [[*key, number] for key, number in sorted(cube.items())],
    }
    return f"coeRegister({json.dumps(name)}, {json.dumps(value, separators=(',', ':'))});\n".encode("ascii")


def _values(row: ActionRow, team: int, source: int) -> list[object]:
    item = row.item
    owner = row.owner_name if row.owner_name and row.owner_name != row.team_name else None
    return [
        item.id, item.title, item.type, item.priority, item.commitment, item.status, row.state, team, source,
        str(item.due) if item.due else None, str(row.since) if row.since else None, len(item.extensions),
        str(row.finished) if row.finished else None, owner,
    ]  # fmt: skip
