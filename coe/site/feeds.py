"""Publication → Atom feeds: of published COEs, all of them, per service and per team; and of the weekly reviews."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from zoneinfo import ZoneInfo

from coe.exchange import plain, stable_id
from coe.insight.actions import event_day
from coe.model.coe import Coe
from coe.render import render
from coe.review import words
from coe.site.address import page_path
from coe.site.page import DueFile, File
from coe.site.questions import Questions
from coe.site.view import Site

MOST = 50
"""How many COEs a feed holds: readers ask again before there are more."""
REVIEWS, MOST_WEEKS = "feeds/reviews.xml", 12
"""The feed of the reviews, and how many weeks it holds: each takes a look at the whole past."""
OUT = frozenset({"published", "closed"})


class Entry(NamedTuple):
    """A COE or a week as an entry of a feed; days are moments there."""

    title: str
    summary: str
    id: str
    url: str
    published: str
    updated: str
    terms: tuple[str, ...] = ()


def feeds(site: Site) -> Iterator[File]:
    """Yield the feed of all COEs, and those of services and teams that have any."""
    known = site.publication
    coes = [coe for coe in known.coes.values() if coe.status in OUT]
    yield _feed(site, "feeds/coes.xml", site.name, coes)
    teams: dict[str, list[Coe]] = {}
    services: dict[str, list[Coe]] = {}
    for coe in coes:
        teams.setdefault(coe.owner_team, []).append(coe)
        for name in dict.fromkeys(relation.id for relation in coe.services):
            services.setdefault(name, []).append(coe)
    for name, some in services.items():
        yield _feed(site, f"feeds/services/{name}.xml", f"{site.name}: {known.names.service(name)}", some)
    for name, some in teams.items():
        yield _feed(site, f"feeds/teams/{name}.xml", f"{site.name}: {known.names.team(name)}", some)


def _feed(site: Site, path: str, title: str, coes: Iterable[Coe]) -> File:
    zone = ZoneInfo(site.publication.corpus.repository.config.review.timezone)
    dated = sorted(((_published(coe, zone), coe.id, coe) for coe in coes), key=lambda one: one[:2], reverse=True)[:MOST]
    data = _written(site, path, title, tuple(_entry(site, path, coe, day) for day, _, coe in dated))
    return File(path, data)


def _written(site: Site, path: str, title: str, entries: tuple[Entry, ...]) -> bytes:
    values = {
        "title": title,
        "id": stable_id("feed", site.name, path),
        "own": site.address(path, start=path),
        "home": site.address(site.first, start=path),
        "updated": max((entry.updated for entry in entries), default=_moment(site.publication.as_of)),
        "entries": entries,
        "author": site.name,
    }
    return plain(render("site/feed.xml", values, shadow=site.templates)).encode("utf-8")


def review_feed(site: Site) -> Iterator[DueFile]:
    """Yield the feed of the weekly reviews, where the audience reads minutes: each week with the headline of its digest."""
    weeks = list(site.publication.corpus.minutes)[:MOST_WEEKS]
    if site.publication.is_public:
        return
    inputs = (site.url, *(site.weeks.inputs(site.weeks.week(week)) for week in weeks))

    def make(ask: Questions) -> bytes:  # noqa: ARG001 (all that it tells is in its inputs)
        return _written(site, REVIEWS, f"{site.name}: weekly reviews", tuple(_week(site, week) for week in weeks))

    yield DueFile(REVIEWS, stable_id(*inputs), make)


def _week(site: Site, name: str) -> Entry:
    week, minutes = site.weeks.week(name), site.publication.corpus.minutes[name]
    made = site.weeks.digest(week)
    said = words.quiet(made) or ", ".join(words.headline(made))
    decided = f"{words.counted(len(minutes.decisions), 'decision')} taken"
    return Entry(
        f"Weekly review {name}",
        f"{said.removesuffix('.')}. {decided}.",
        stable_id("review", name),
        site.address(page_path("reviews", name), start=REVIEWS),
        _moment(minutes.date),
        _moment(max(minutes.date, site.weeks.day(week))),
    )


def _entry(site: Site, path: str, coe: Coe, published: dt.date) -> Entry:
    updated = max((published, *(revision.at for revision in coe.revisions)))
    services = (site.publication.names.service(relation.id) for relation in coe.services)
    return Entry(
        coe.title,
        coe.summary or coe.title,
        stable_id("coe", coe.id),
        site.address(page_path("coes", coe.id), start=path),
        _moment(published),
        _moment(updated),
        tuple(dict.fromkeys((coe.severity, coe.kind.replace("_", " "), *services))),
    )


def _published(coe: Coe, zone: ZoneInfo) -> dt.date:
    return coe.published or event_day(coe, zone) or dt.date(1970, 1, 1)


def _moment(day: dt.date) -> str:
    return f"{day}T00:00:00Z"
