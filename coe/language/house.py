"""What one repository adds to the language: its people, its own phrases, and the terms that it accepts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from coe.diagnostic import Severity


@dataclass(frozen=True, slots=True)
class HousePhrase:
    """One phrase that a repository wants to hear of: `pattern` is made of words, `subject` says of whom it must speak."""

    pattern: str
    message: str
    suggestion: str
    severity: Severity
    subject: Literal["people", "any"]


@dataclass(frozen=True, slots=True)
class House:
    """The language of one repository."""

    people: Mapping[str, str] = field(default_factory=dict)
    """Names, handles with `@` and addresses in small letters, each with the name of the role to write instead, if known."""
    roles_only: bool = False
    """Whether no person is to be named at all, not even beside normal work."""
    phrases: tuple[HousePhrase, ...] = ()
    accepted: tuple[str, ...] = ()
    """Terms in small letters that are never blame, such as the name of a product."""


HOUSE = House()
"""A house with no people and no words of its own."""
