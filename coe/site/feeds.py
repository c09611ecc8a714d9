"""Publication → Atom feeds of published COEs: all of them, per service and per team."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from zoneinfo import ZoneInfo

from coe.insight.actions import event_day
from coe.model.coe import Coe
from coe.render import render
from coe.site.address import page_path
from coe.site.page import File
from coe.site.view import Site

MOST = 50
"""How many COEs a feed holds: readers ask again before there are more."""
OUT = frozenset({"published", "closed"})
_SPACE = uuid.UUID("5f9a3a5e-6d0b-4c0e-9f52-0f3a8f2b7c11")
"""What our ids are made in: an id is the same on every machine and at every address of the site."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")


class Entry(NamedTuple):
    """A COE as an entry of a feed; days are moments there."""

    coe: Coe
    id: str
    url: str
    published: str
    updated: str
    terms: tuple[str, ...]


def stable_id(*words: str) -> str:
    """Return an id for what is called by some words: always the same one."""
    return uuid.uuid5(_SPACE, "\0".join(words)).urn


def plain(text: str) -> str:
    """Return a text as XML, JSON and calendars may hold it: without control characters."""
    return _CONTROL.sub("\ufffd", text)


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
    entries = tuple(_entry(site, path, coe, day) for day, _, coe in dated)
    values = {
        "title": title,
        "id": stable_id("feed", site.name, path),
        "own": site.address(path, start=path),
        "home": site.address(site.first, start=path),
        "updated": max((entry.updated for entry in entries), default=_moment(site.publication.as_of)),
        "entries": entries,
        "author": site.name,
    }
    return File(path, plain(render("site/feed.xml", values, shadow=site.templates)).encode("utf-8"))


def _entry(site: Site, path: str, coe: Coe, published: dt.date) -> Entry:
    updated = max((published, *(revision.at for revision in coe.revisions)))
    services = (site.publication.names.service(relation.id) for relation in coe.services)
    return Entry(
        coe,
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
