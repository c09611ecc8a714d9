"""The JSON Schema of the JSON digest."""

from __future__ import annotations

from coe.resources import folder

NAME = "digest"


def digest_schema_text() -> str:
    """Return the schema as it is committed: it is written by hand, because the digest of a version never changes."""
    return (folder("schema") / f"{NAME}.schema.json").read_text("utf-8")
