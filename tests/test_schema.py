"""The JSON Schemas: as committed, valid, complete, and of one mind with the checker about real documents."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator, FormatChecker
from ruamel.yaml import YAML
from ruamel.yaml.constructor import SafeConstructor

from coe.model.schema import NAMES, json_schema, schema_text

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
FOLDERS = {"coes": "coe", "tenets": "tenet", "programs": "program", "reviews": "minutes"}
DOCUMENTS = sorted(
    (file, name) for folder, name in FOLDERS.items() for file in (EXAMPLES / folder).rglob("*.md") if file.stem != "README"
)


class PlainConstructor(SafeConstructor):
    """YAML 1.2 has no type for times: they stay the text that was written."""


PlainConstructor.add_constructor("tag:yaml.org,2002:timestamp", lambda _, node: node.value)


def load(text: str) -> Any:
    reader = YAML(typ="safe", pure=True)
    reader.Constructor = PlainConstructor
    return reader.load(text)


def validator(name: str) -> Draft7Validator:
    return Draft7Validator(json_schema(name), format_checker=FormatChecker())


def fields(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    owners = {"": schema, **schema.get("definitions", {})}
    for owner, inner in owners.items():
        for name, field in inner.get("properties", {}).items():
            yield f"{owner}.{name}", field


@pytest.mark.parametrize("name", NAMES)
def test_committed_schema_is_what_the_model_says(name: str) -> None:
    committed = ROOT / "schema" / f"{name}.schema.json"
    assert committed.read_text("utf-8") == schema_text(name), "stale: run `python tools/generate.py schema`"


def test_nothing_else_is_committed_as_schema() -> None:
    known = (*NAMES, "report", "digest", "api")
    assert {file.name for file in (ROOT / "schema").iterdir()} == {f"{name}.schema.json" for name in known}


@pytest.mark.parametrize("name", NAMES)
def test_schema_is_valid_draft_07(name: str) -> None:
    schema = json_schema(name)
    Draft7Validator.check_schema(schema)
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert schema["$id"].endswith(f"/{name}.schema.json")
    text = schema_text(name)
    assert "$defs" not in text, "that is a word of a later draft"
    assert '"null"' not in text, "unknown means absent"


@pytest.mark.parametrize("name", NAMES)
def test_no_keyword_stands_beside_a_reference(name: str) -> None:
    def walk(value: Any) -> Iterator[dict[str, Any]]:
        if isinstance(value, dict):
            yield value
        for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            yield from walk(inner)

    beside = [part for part in walk(json_schema(name)) if isinstance(part.get("$ref"), str) and len(part) > 1]
    assert not beside, "draft-07 ignores what stands beside a $ref"


@pytest.mark.parametrize("name", NAMES)
def test_every_field_is_described_and_its_examples_are_valid(name: str) -> None:
    schema = json_schema(name)
    found = dict(fields(schema))
    assert found
    for place, field in found.items():
        assert field.get("description", "").endswith((".", "?")), f"{place} has no description"
        assert field.get("examples"), f"{place} has no example"
        own = Draft7Validator({**field, "definitions": schema.get("definitions", {})}, format_checker=FormatChecker())
        for example in [*field["examples"], *([field["default"]] if "default" in field else [])]:
            assert not list(own.iter_errors(example)), f"{place}: its own example {example!r} does not fit"


def test_examples_are_data_and_not_schema() -> None:
    (items,) = json_schema("coe")["properties"]["action_items"]["examples"]
    assert items[0]["title"] == "Bound connections per tenant"


@pytest.mark.skipif(not DOCUMENTS, reason="examples/ holds no documents")
@pytest.mark.parametrize(("file", "name"), DOCUMENTS, ids=lambda value: value.stem if isinstance(value, Path) else value)
def test_examples_fit(file: Path, name: str) -> None:
    data = load(file.read_text("utf-8").split("---\n")[1])
    assert [f"{error.json_path}: {error.message}" for error in validator(name).iter_errors(data)] == []


@pytest.mark.skipif(not EXAMPLES.is_dir(), reason="there is no examples/")
def test_example_catalog_and_configuration_fit() -> None:
    catalog = load((EXAMPLES / "catalog.yaml").read_text("utf-8"))
    config = tomllib.loads((EXAMPLES / "coe.toml").read_text("utf-8"))
    assert not list(validator("catalog").iter_errors(catalog))
    assert not list(validator("config").iter_errors(config))


COE = {
    "id": "2026-07-14-checkout-pool-exhaustion",
    "title": "Checkout errors in Europe: connection pool exhausted",
    "kind": "incident",
    "status": "draft",
    "severity": "SEV2",
    "owner_team": "payments",
    "impact": {"windows": [{"id": "I1", "start": "2026-07-14T13:57:40Z"}]},
    "x-cost-center": 812,
}
FLAWS: dict[str, dict[str, Any]] = {
    "a word that is not allowed": {"severity": "high"},
    "an unknown field": {"severty": "SEV2"},
    "a missing field": {"owner_team": ...},
    "a list in place of fields": {"impact": []},
    "null": {"summary": None},
    "an empty list of windows": {"impact": {"windows": []}},
    "an impossible day": {"created": "2026-02-30"},
    "a title of nine characters": {"title": "Too short"},
    "an id without a date": {"id": "checkout-pool-exhaustion"},
    "an unknown field further in": {"impact": {"windows": [{"start": "2026-07-14T13:57:40Z", "sevice": "checkout"}]}},
    "a text in place of a list": {"tags": "connection-pool"},
    "a percentage above 100": {"impact": {**COE["impact"], "requests_failed": {"percent": 101, "basis": "measured"}}},  # type: ignore[dict-item]
}


def test_a_small_coe_fits() -> None:
    assert not list(validator("coe").iter_errors(COE))


@pytest.mark.parametrize("flaw", FLAWS)
def test_flawed_data_does_not_fit(flaw: str) -> None:
    data = {key: value for key, value in {**copy.deepcopy(COE), **FLAWS[flaw]}.items() if value is not ...}
    assert list(validator("coe").iter_errors(data)), f"{flaw} was taken"


def coe(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "coe", *arguments], check=False, capture_output=True, text=True, encoding="utf-8", cwd=ROOT
    )


def test_command_prints_and_lists() -> None:
    run = coe("schema", "tenet")
    assert (run.returncode, run.stderr) == (0, "")
    assert json.loads(run.stdout) == json_schema("tenet")
    listed = coe("schema").stdout.splitlines()
    assert [line.split()[0] for line in listed] == [*NAMES, "report", "digest"]


def test_command_names_the_nearest() -> None:
    run = coe("schema", "progam")
    assert (run.returncode, run.stdout) == (2, "")
    assert "there is no schema `progam`" in run.stderr
    assert "Did you mean `program`?" in run.stderr
