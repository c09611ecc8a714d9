"""The JSON Schema of the digest: valid, described, and of one mind with every golden digest and with the examples."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator, FormatChecker

from coe.config import find
from coe.corpus import collect
from coe.review.digest import digest
from coe.review.json_digest import as_data
from coe.review.schema import digest_schema_text
from coe.review.week import parse_week

GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.json"))
EXAMPLES = Path(__file__).parents[2] / "examples"
SCHEMA = json.loads(digest_schema_text())
VALIDATOR = Draft7Validator(SCHEMA, format_checker=FormatChecker())


def told(data: Any) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(data)]


def fields(schema: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(schema, dict):
        yield from (schema.get("properties") or {}).items()
        for key, inner in schema.items():
            if key != "examples":
                yield from fields(inner)


def test_it_is_draft_07_and_every_field_has_a_description_and_an_example_that_fits() -> None:
    Draft7Validator.check_schema(SCHEMA)
    assert SCHEMA["$id"].endswith("/digest.schema.json")
    for name, field in fields(SCHEMA):
        assert field.get("description", "").endswith("."), name
        own = Draft7Validator({**field, "definitions": SCHEMA["definitions"]}, format_checker=FormatChecker())
        assert field.get("examples"), name
        for example in field["examples"]:
            assert not list(own.iter_errors(example)), (name, example)


@pytest.mark.parametrize("file", GOLDEN, ids=lambda file: file.stem)
def test_golden_digests_fit(file: Path) -> None:
    assert told(json.loads(file.read_text("utf-8"))) == []


def test_every_week_of_the_examples_fits() -> None:
    corpus = collect(find(EXAMPLES), EXAMPLES)
    for name in corpus.minutes:
        week = parse_week(name, "UTC")
        assert told(as_data(digest(corpus, week=week, as_of=week.last))) == [], name


@pytest.mark.parametrize("harm", ["key", "gone", "inside"])
def test_what_is_no_digest_does_not_fit(harm: str) -> None:
    data = copy.deepcopy(json.loads(GOLDEN[0].read_text("utf-8")))
    if harm == "key":
        data["new_key"] = 1
    elif harm == "gone":
        del data["recurring_causes"]
    else:
        data["week"]["name"] = "47"
    assert told(data)
