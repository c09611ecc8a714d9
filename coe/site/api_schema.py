"""The JSON Schema of `api/v1/`: one for all of its files, told apart by `kind`."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any, get_args

from coe.insight.actions import STATES
from coe.insight.periods import Unit
from coe.insight.trends import Counts
from coe.model.schema import SCHEMA_URL, json_schema
from coe.site.api import VERSION
from coe.site.audience import AUDIENCES

NAME = "api"
_TEXT: dict[str, Any] = {"type": "string"}
_PERHAPS: dict[str, Any] = {"type": ["string", "null"]}
_DAY: dict[str, Any] = {"type": "string", "format": "date"}
_PERHAPS_DAY: dict[str, Any] = {"type": ["string", "null"], "format": "date"}
_COUNT: dict[str, Any] = {"type": "integer", "minimum": 0}
_TEXTS: dict[str, Any] = {"type": "array", "items": _TEXT}
_LISTED = ("coes", "services", "teams", "tenets", "programs", "actions", "learnings")


def api_schema() -> dict[str, Any]:
    """Return the schema of all files of the interface."""
    kinds = ("index", *_LISTED, "coe", "trends")
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": SCHEMA_URL.format(version=VERSION, name=NAME),
        "title": "Api",
        "description": "The files below api/v1/ of a site. What `null` stands for is not known; keys may be added.",
        "oneOf": [{"$ref": f"#/definitions/{kind}"} for kind in kinds],
        "definitions": {
            "index": _index(),
            **{kind: _list(kind) for kind in _LISTED},
            "coe": _coe(),
            "trends": _trends(),
            **{f"{kind}-item": item for kind, item in _items().items()},
        },
    }


def api_schema_text() -> str:
    """Return the schema as it is committed."""
    return json.dumps(api_schema(), indent=2, ensure_ascii=False) + "\n"


def _object(**properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": list(properties), "properties": properties}


def _head(kind: str) -> dict[str, Any]:
    return {"version": {"const": VERSION}, "kind": {"const": kind}}


def _index() -> dict[str, Any]:
    audience = {"enum": list(AUDIENCES), "description": "Who the site was built for."}
    files = _object(**dict.fromkeys((*_LISTED, "trends"), _TEXT))
    counts = _object(coes=_COUNT, actions=_COUNT)
    return _object(**_head("index"), name=_TEXT, url=_PERHAPS, audience=audience, as_of=_DAY, counts=counts, files=files)


def _list(kind: str) -> dict[str, Any]:
    following = {**_PERHAPS, "description": "The file beside this one that lists more."}
    items = {"type": "array", "items": {"$ref": f"#/definitions/{kind}-item"}}
    return _object(**_head(kind), audience={"enum": list(AUDIENCES)}, count=_COUNT, next=following, items=items)


def _coe() -> dict[str, Any]:
    measures = {"type": "object", "additionalProperties": {"type": "integer"}, "description": "In seconds, by name."}
    whole = {"$ref": SCHEMA_URL.format(version=VERSION, name="coe")}
    return _object(**_head("coe"), url=_TEXT, measures=measures, coe=whole)


def _trends() -> dict[str, Any]:
    number = {"type": ["number", "null"], "description": "In seconds; null where too few values bear it."}
    summary = {"n": _COUNT, **dict.fromkeys(("median", "p90", "least", "most"), number)}
    row = _object(word=_TEXT, total=_COUNT, by_period=_array(_COUNT))
    tally = _object(name=_TEXT, title=_TEXT, n=_COUNT, of=_COUNT, rows=_array(row))
    spread = _object(name=_TEXT, title=_TEXT, of=_COUNT, **summary, by_period=_array(_object(period=_TEXT, **summary)))
    due = {
        **dict.fromkeys(("due", "done", "in_time", "late", "day_unknown", "not_done"), _COUNT),
        "percent": {"type": ["integer", "null"], "minimum": 0, "maximum": 100},
    }
    apart = dict.fromkeys(("moved", "later", "without_date", "wont_do"), _COUNT)
    return _object(
        **_head("trends"), audience={"enum": list(AUDIENCES)}, unit={"enum": list(get_args(Unit))},
        periods={**_TEXTS, "description": "The columns of each `by_period` of numbers."},
        counts=_object(**dict.fromkeys((field.name for field in fields(Counts)), _COUNT)),
        severities=tally, durations=_array(spread), tallies=_array(tally),
        completion=_object(**due, by_period=_array(_object(period=_TEXT, **due)), **apart),
    )  # fmt: skip


def _array(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _with_url(name: str) -> dict[str, Any]:
    """Return the schema of a noun with its address beside its own fields."""
    made = json_schema(name)
    return {
        "type": "object",
        "required": [*made["required"], "url"],
        "properties": {**{key: {} for key in made["properties"]}, "url": _TEXT},
    }


def _items() -> dict[str, dict[str, Any]]:
    own = json_schema("coe")["properties"]
    item = json_schema("coe")["definitions"]["ActionItem"]["properties"]
    learning = json_schema("coe")["definitions"]["Learning"]["properties"]
    source = _object(kind={"enum": ["coe", "minutes"]}, id=_TEXT)
    return {
        "coes": _object(
            id=_TEXT, title=_TEXT, summary=_PERHAPS, **{name: _words(own[name]) for name in ("kind", "status", "severity")},
            day=_TEXT, published=_PERHAPS_DAY, team=_TEXT, services=_TEXTS, tags=_TEXTS, url=_TEXT, data=_TEXT,
        ),
        "services": _object(id=_TEXT, name=_TEXT, status=_TEXT, coes=_TEXTS, url=_TEXT),
        "teams": _object(id=_TEXT, name=_TEXT, open_actions=_COUNT),
        "tenets": _with_url("tenet"),
        "programs": _with_url("program"),
        "actions": _object(
            id=_TEXT, source=source, title=_TEXT,
            **{name: _words(item[name]) for name in ("type", "priority", "commitment", "status")},
            state={"enum": list(STATES)}, team=_PERHAPS, due=_PERHAPS_DAY, finished=_PERHAPS_DAY, url=_TEXT,
        ),
        "learnings": _object(
            id=_TEXT, coe=_TEXT, statement=_TEXT, audience=_words(learning["audience"]), tenet=_PERHAPS, program=_PERHAPS,
            url=_TEXT,
        ),
    }  # fmt: skip


def _words(field: dict[str, Any]) -> dict[str, Any]:
    return {"enum": field["enum"]}
