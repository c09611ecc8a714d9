"""Publication → `api/v1/`: what the site knows, as JSON for other programs. Keys are only added; anything else is version 2.

The shapes are in schema/api.schema.json, which `api_schema` makes, and in docs/reference/api.md.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from coe.exchange import plain
from coe.insight.actions import ActionRow
from coe.model.coe import Coe
from coe.model.scalars import Noun
from coe.report.trends import as_data
from coe.site.address import Section, page_path
from coe.site.page import File
from coe.site.view import Site

VERSION = 1
ROOT = f"api/v{VERSION}"
PART = 1000
"""How many things one file lists; the next file is named in it."""


def api(site: Site) -> Iterator[File]:
    """Yield all files of the interface."""
    known = site.publication
    coes = known.coes.values()
    yield from _list(site, "coes", (_coe_row(site, coe) for coe in coes))
    yield from _list(site, "services", (_service(site, name) for name in known.services))
    yield from _list(site, "teams", _teams(site))
    yield from _list(site, "tenets", (_whole(site, "tenets", tenet) for tenet in known.corpus.tenets.values()))
    yield from _list(site, "programs", (_whole(site, "programs", one) for one in known.corpus.programs.values()))
    yield from _list(site, "actions", (_action(site, row) for row in known.actions))
    yield from _list(site, "learnings", _learnings(site, coes))
    for coe in coes:
        yield _one_coe(site, coe)
    # Each value stands in the file of its COE: ten thousand of them would be megabytes here. The day stands in the index.
    told = as_data(site.gathered.trends, with_points=False)
    del told["as_of"]
    yield _file("trends.json", {**told, "version": VERSION, "kind": "trends", "audience": known.audience})
    files = {
        name: f"{name}.json" for name in ("coes", "services", "teams", "tenets", "programs", "actions", "learnings", "trends")
    }
    counts = {"coes": len(known.coes), "actions": len(known.actions)}
    head = {"name": site.name, "url": site.url or None, "audience": known.audience, "as_of": str(known.as_of)}
    yield _file("index.json", {"version": VERSION, "kind": "index", **head, "counts": counts, "files": files})


def _file(name: str, data: dict[str, Any]) -> File:
    return File(f"{ROOT}/{name}", f"{plain(_json(data))}\n".encode())


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _list(site: Site, kind: str, rows: Iterable[dict[str, Any]]) -> Iterator[File]:
    """Yield a list in parts: `coes.json`, `coes-2.json` and so on."""
    found = list(rows)
    parts = [found[at : at + PART] for at in range(0, len(found), PART)] or [[]]
    for number, part in enumerate(parts, 1):
        following = f"{kind}-{number + 1}.json" if number < len(parts) else None
        name = f"{kind}.json" if number == 1 else f"{kind}-{number}.json"
        head = {"version": VERSION, "kind": kind, "audience": site.publication.audience, "count": len(found)}
        yield _file(name, {**head, "next": following, "items": part})


def _url(site: Site, section: Section, name: str) -> str:
    """Return the address of a page: whole, or from the root of the site where its address is not known."""
    path = page_path(section, name)
    return site.url + site.addresses.url(path)


def _coe_row(site: Site, coe: Coe) -> dict[str, Any]:
    return {
        "id": coe.id,
        "title": coe.title,
        "summary": coe.summary,
        "kind": coe.kind,
        "status": coe.status,
        "severity": coe.severity,
        "day": coe.id[:10],
        "published": str(coe.published) if coe.published else None,
        "team": coe.owner_team,
        "services": list(dict.fromkeys(relation.id for relation in coe.services)),
        "tags": list(coe.tags),
        "url": _url(site, "coes", coe.id),
        "data": f"coes/{coe.id}.json",
    }


def _one_coe(site: Site, coe: Coe) -> File:
    """Return the file of one COE: its fields as they are in front matter, and what is measured from them."""
    found = {name: int(length) for name, length in site.gathered.took(coe).items()}
    head = {"version": VERSION, "kind": "coe", "url": _url(site, "coes", coe.id), "measures": found}
    text = coe.model_dump_json(by_alias=True, exclude_none=True)
    if '"x-' in text:
        text = _json(_fields(coe))
    whole = f'{_json(head)[:-1]},"coe":{text}}}'
    return File(f"{ROOT}/coes/{coe.id}.json", f"{plain(whole)}\n".encode())


def _fields(noun: Noun) -> dict[str, Any]:
    """Return the fields of a noun that are there; a repository's own fields are its own business."""
    made: dict[str, Any] = _without_own(noun.model_dump(mode="json", by_alias=True, exclude_none=True))
    return made


def _without_own(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_own(item) for key, item in value.items() if not key.startswith("x-")}
    return [_without_own(item) for item in value] if isinstance(value, list) else value


def _whole(site: Site, section: Section, noun: Any) -> dict[str, Any]:
    return {**_fields(noun), "url": _url(site, section, noun.id)}


def _service(site: Site, name: str) -> dict[str, Any]:
    service = site.publication.services[name]
    coes = [coe.id for coe, _ in site.publication.coes_of_service(name)]
    return {**_fields(service), "coes": coes, "url": _url(site, "services", name)}


def _teams(site: Site) -> Iterator[dict[str, Any]]:
    """Yield the teams that documents or the catalog name, each with what it has left to do."""
    known = site.publication
    left = Counter(row.team for row in known.actions if row.is_left)
    named = (*(team.id for team in known.catalog.teams), *(coe.owner_team for coe in known.coes.values()))
    for name in sorted({*named, *(row.team for row in known.actions if row.team)}):
        yield {"id": name, "name": known.names.team(name), "open_actions": left[name]}


def _action(site: Site, row: ActionRow) -> dict[str, Any]:
    item = row.item
    return {
        "id": item.id,
        "source": {"kind": row.source_kind, "id": row.source_id},
        "title": item.title,
        "type": item.type,
        "priority": item.priority,
        "commitment": item.commitment,
        "status": item.status,
        "state": row.state,
        "team": row.team,
        "due": str(item.due) if item.due else None,
        "finished": str(row.finished) if row.finished else None,
        "url": _url(site, "coes" if row.source_kind == "coe" else "reviews", row.source_id),
    }


def _learnings(site: Site, coes: Iterable[Coe]) -> Iterator[dict[str, Any]]:
    for coe in coes:
        for learning in coe.learnings:
            yield {
                "id": learning.id,
                "coe": coe.id,
                "statement": learning.statement,
                "audience": learning.audience,
                "tenet": learning.tenet,
                "program": learning.program,
                "url": f"{_url(site, 'coes', coe.id)}#learning-{learning.id}",
            }
