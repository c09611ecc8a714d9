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
        return _draft07(super().generate(schema, mode))

    def sort(self, value: JsonSchemaValue, parent_key: str | None = None) -> JsonSchemaValue:  # noqa: ARG002 (pydantic's)
        return value  # fields stay in the order in which people fill them in


def _draft07(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema for draft-07; its examples and defaults are data, in which nothing is renamed."""
    out: dict[str, Any] = {}
    for key, value in schema.items():
        if key in ("properties", "patternProperties", "$defs"):
            name = "definitions" if key == "$defs" else key
            out[name] = {word: _draft07(inner) for word, inner in value.items()}
        elif key in ("anyOf", "allOf", "oneOf"):
            out[key] = [_draft07(inner) for inner in value]
        elif key in ("items", "additionalProperties") and isinstance(value, dict):
            out[key] = _draft07(value)
        elif key == "$ref":
            out[key] = value.replace("#/$defs/", "#/definitions/")
        elif key != "title":  # made by the generator from a name that stands beside it anyway
            out[key] = value
    return _absent_not_null(out)


def _absent_not_null(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema that does not offer null: an absent field is the only way to say "unknown"."""
    options = schema.get("anyOf", [])
    if {"type": "null"} in options:
        rest = [option for option in options if option != {"type": "null"}]
        schema = {key: value for key, value in schema.items() if key != "anyOf"}
        schema = {**rest[0], **schema} if len(rest) == 1 else {"anyOf": rest, **schema}
    if isinstance(schema.get("default"), dict) or schema.get("default", 0) in (None, [], ()):
        schema = {key: value for key, value in schema.items() if key != "default"}
    if "$ref" in schema and len(schema) > 1:
        schema = {"allOf": [{"$ref": schema["$ref"]}], **{key: value for key, value in schema.items() if key != "$ref"}}
    return schema


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
    if "definitions" in made:  # their order would tell which part of the model was made ready first
        made["definitions"] = dict(sorted(made["definitions"].items()))
    return {**head, **{key: value for key, value in made.items() if key not in head}}


def schema_text(name: str) -> str:
    """Return the schema as it is committed: sorted only where order says nothing, one final line break."""
    return json.dumps(json_schema(name), indent=2, ensure_ascii=False) + "\n"
