"""A name and what the repository knows → the first text of a tenet, a program, or the minutes of a week."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from coe.config import Paths
from coe.corpus import Corpus
from coe.errors import CoeError
from coe.render import render
from coe.scaffold.draft import plain, quoted, slug_of

_FACILITATOR = "review-facilitator"
_LONGEST = 120
_OPENING = re.compile(r"^(\d{0,9})((?<=\d)[.)](?=\s|$)|(?<!\d)(?:[#>=~`<]|[-+*](?=\s|$)|[-*_](?=(?:\s*[-*_]){2,}\s*$)))")


def named(words: str, what: str) -> tuple[str, str]:
    """Return the id and the title of what is given as either of them.

    Errors: `CoeError` for words of which no id can be made.
    """
    words = " ".join(words.split())
    if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", words) and len(words) <= _LONGEST:
        title = words.replace("-", " ")
        return words, title[0].upper() + title[1:]
    slug = slug_of(words, "")
    if not slug or not words.isprintable() or len(words) > _LONGEST:
        raise CoeError(f"`{words[:60]}` cannot name a {what}", f"Write its id, such as: coe new {what} static-stability")
    return slug, words


def tenet(name: str, title: str, corpus: Corpus, *, decided: str = "", shadow: Path | None = None) -> str:
    """Return a proposed tenet; the COEs whose learnings name it already are its sources.

    `decided` are the words of the review that asked for it.
    """
    naming = {one.analysis.coe.id for one in corpus.references if one.target == "tenet" and one.id == name and one.analysis.coe}
    values = {"id": plain(name), "title": quoted(title), "sources": sorted(naming)}
    values["statement"] = quoted(decided or "TODO: what it asks for, so that one can say of a system whether it holds")
    return render("new/tenet.md.j2", values, shadow=shadow)


def program(name: str, title: str, sponsor: str, corpus: Corpus, *, decided: str = "", shadow: Path | None = None) -> str:
    """Return a proposed program; `decided` are the words of the review that asked for it."""
    services = corpus.catalog.services if corpus.catalog else ()
    service = plain(services[0].id) if services else "checkout"
    values = {"id": plain(name), "title": quoted(title), "sponsor_team": plain(sponsor), "service": service}
    values["done_when"] = quoted("TODO: how one sees that it is done, in numbers")
    values["about"] = _in_body(decided) or "TODO: the change, and why it is made for all instead of one"
    return render("new/program.md.j2", values, shadow=shadow)


@dataclass(frozen=True, slots=True)
class Table:
    """What is on the table of a review: COEs that wait, the one to read at length, tenets to decide on, and the draw."""

    waiting: tuple[str, ...] = ()
    spotlight: str = ""
    tenets: tuple[str, ...] = ()
    wheel: tuple[str, str] | None = None
    """The seed, and who was drawn with it."""


def minutes(week: str, date: str, team: str, corpus: Corpus, *, table: Table, shadow: Path | None = None) -> str:
    """Return the minutes of a week to be held, with what is on its table."""
    values = {
        "week": week,
        "date": date,
        "facilitator": _facilitator(corpus, team),
        "waiting": list(table.waiting),
        "spotlight": table.spotlight,
        "tenets": [plain(name) for name in table.tenets],
        "wheel": (quoted(table.wheel[0]), plain(table.wheel[1])) if table.wheel else None,
        "team": plain(team),
    }
    return render("new/minutes.md.j2", values, shadow=shadow)


def _in_body(text: str) -> str:
    """Return an author's text as a paragraph of Markdown that begins nothing else, and keeps each of its characters."""
    return _OPENING.sub(lambda match: f"{match[1]}\\{match[2]}", " ".join(text.split()))


def _facilitator(corpus: Corpus, team: str) -> str:
    """Return the role that leads reviews, as far as the catalog tells, else a team."""
    roles = [role.id for role in corpus.catalog.roles] if corpus.catalog else [_FACILITATOR]
    role = _FACILITATOR if _FACILITATOR in roles else next((name for name in roles if "facilitator" in name), None)
    return f"role:{role}" if role else plain(team)


def place(kind: str, name: str, paths: Paths) -> Path:
    """Return where a new document belongs, relative to the repository."""
    folder = {"tenet": paths.tenets, "program": paths.programs, "minutes": paths.reviews}[kind]
    return Path(folder) / f"{name}.md"
