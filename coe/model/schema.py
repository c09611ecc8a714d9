"""The JSON Schemas of the nouns, for editors and for others' tools."""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, JsonSchemaValue

from coe.config import Config
from coe.model.validate import NOUNS

VERSION = 1
SCHEMA_URL = "https://coekit.github.io/coekit/schema/v{version}/{name}.schema.json"
NAMES: tuple[str, ...] = (*NOUNS, "config")


class _Draft07(GenerateJsonSchema):
    """JSON Schema as draft-07 readers know it: `definitions`, and no keyword beside a `$ref`."""

    schema_dialect = "http://json-schema.org/draft-07/schema#"
    ref_template = "#/definitions/{model}"

    def generate(self, schema: Any, mode: JsonSchemaMode = "validation") -> JsonSchemaValue:
        made = super().generate(schema, mode)
        return _draft07(made)  # type: ignore[no-any-return]


def _draft07(value: Any) -> Any:
    if isinstance(value, list):
        return [_draft07(item) for item in value]
    if not isinstance(value, dict):
        return value
    out = {("definitions" if key == "$defs" else key): _draft07(item) for key, item in value.items()}
    if isinstance(out.get("title"), str):  # made by the generator from a name that stands beside it anyway
        del out["title"]
    if "$ref" in out and len(out) > 1:
        out["allOf"] = [{"$ref": out.pop("$ref").replace("#/$defs/", "#/definitions/")}]
    elif "$ref" in out:
        out["$ref"] = out["$ref"].replace("#/$defs/", "#/definitions/")
    # An absent field is the only way to say "unknown": null is not offered.
    options = out.get("anyOf", [])
    if {"type": "null"} in options:
        rest = [option for option in options if option != {"type": "null"}]
        del out["anyOf"]
        if len(rest) == 1 and "$ref" not in rest[0]:
            out = {**rest[0], **out}
        else:
            out["allOf" if len(rest) == 1 else "anyOf"] = rest
    if out.get("default", 0) is None or out.get("default") in ([], {}):
        del out["default"]
    return out


def json_schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema of `coe`, `tenet`, `program`, `minutes`, `catalog` or `config`.

    Errors: `KeyError` for any other name.
    """
    model: type[BaseModel] = Config if name == "config" else NOUNS[name]
    made = model.model_json_schema(by_alias=True, schema_generator=_Draft07)
    head = {
        "$schema": _Draft07.schema_dialect,
        "$id": SCHEMA_URL.format(version=VERSION, name=name),
        "title": model.__name__,
        "description": (model.__doc__ or "").strip(),
    }
    return {**head, **{key: value for key, value in made.items() if key not in head}}


def schema_text(name: str) -> str:
    """Return the schema as it is committed: sorted only where order says nothing, one final line break."""
    return json.dumps(json_schema(name), indent=2, ensure_ascii=False) + "\n"
