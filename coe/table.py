"""What all tables of the configuration share."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Table(BaseModel):
    """A frozen, strict and closed table."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", defer_build=True)
