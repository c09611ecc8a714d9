"""The index of learnings: by tenet, program, audience and tag; all of them by year; and those that no tenet holds yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from coe.model.organization import Program, Tenet
from coe.site.address import page_path
from coe.site.gathered import Learned
from coe.site.page import Due
from coe.site.paging import parts
from coe.site.view import Site

NEWEST, MOST = 8, 100
"""How many learnings the index shows, and a page of one tag: the explorer has all COEs of a tag."""

AUDIENCES = {"public": "For everyone", "org": "For the organization", "team": "For the team"}


def learning_pages(site: Site) -> Iterator[Due]:
    """Yield the index of learnings, and its pages by audience, by tag and by year, and the candidates."""
    gathered, known = site.gathered, site.publication
    every = gathered.learnings
    tags = sorted(gathered.by_tag.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    audiences: Counter[str] = Counter(one.learning.audience for one in every)
    yield site.page(
        "site/learnings.html",
        page_path("learnings"),
        title="Learnings",
        description="What teams can use of what others went through.",
        total=len(every),
        coes=len({one.coe.id for one in every}),
        tenets=_named(gathered.by_tenet, known.corpus.tenets),
        programs=_named(gathered.by_program, known.corpus.programs),
        audiences=[(key, name, audiences[key]) for key, name in AUDIENCES.items() if audiences[key]],
        tags=[(tag, len(found)) for tag, found in tags[:MOST]],
        candidates=gathered.candidates[:NEWEST],
        candidates_total=len(gathered.candidates),
        newest=every[:NEWEST],
        years=[(year, len(list(found))) for year, found in groupby(every, key=_year)],
    )
    for year, found in groupby(every, key=_year):
        yield from _listed(site, f"learnings/{year}", f"Learnings of {year}", list(found))
    yield from _listed(site, "learnings/candidates", "Learnings without a tenet", gathered.candidates)
    for key, name in AUDIENCES.items():
        meant = [one for one in every if one.learning.audience == key]
        if meant:
            yield from _listed(site, f"learnings/audience/{key}", f"Learnings: {name[0].lower()}{name[1:]}", meant)
    for tag, learned in tags:
        yield _tag_page(site, tag, learned)


def _year(one: Learned) -> str:
    return one.coe.id[:4]


def _named(
    found: Mapping[str, Sequence[Learned]], nouns: Mapping[str, Tenet] | Mapping[str, Program]
) -> list[tuple[str, str, int]]:
    """Return id, title and number of learnings of what they name, by title."""
    rows = [(name, nouns[name].title, len(learned)) for name, learned in found.items() if name in nouns]
    return sorted(rows, key=lambda row: row[1].lower())


def _listed(site: Site, folder: str, title: str, found: Sequence[Learned]) -> Iterator[Due]:
    for part in parts(found, folder):
        yield site.page(
            "site/learnings-list.html", part.path, title=part.title(title), heading=title, part=part, tag="", total=part.total
        )


def _tag_page(site: Site, tag: str, learned: Sequence[Learned]) -> Due:
    [part] = parts(learned[:MOST], f"learnings/tag/{tag}")
    title = f"Learnings: {tag}"
    return site.page("site/learnings-list.html", part.path, title=title, heading=title, part=part, tag=tag, total=len(learned))
