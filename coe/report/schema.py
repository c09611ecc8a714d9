"""The JSON Schema of the JSON report."""

from __future__ import annotations

from coe.resources import folder

NAME = "report"


def report_schema_text() -> str:
    """Return the schema as it is committed: it is written by hand, because the report of a version never changes."""
    return (folder("schema") / f"{NAME}.schema.json").read_text("utf-8")
