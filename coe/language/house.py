"""What one repository adds to the language: its people, its own phrases, and the terms that it accepts."""

from __future__ import annotations

from typing import Literal, NamedTuple

from coe.diagnostic import Severity
from coe.language.people import People


class HousePhrase(NamedTuple):
    """One phrase that a repository wants to hear of: `pattern` is made of words, `subject` says of whom it must speak."""

    pattern: str
    message: str
    suggestion: str
    severity: Severity
    subject: Literal["people", "any"]


class House(NamedTuple):
    """The language of one repository."""

    people: People = People()
    """The people of the catalog and of the history, by every name that they have."""
    roles_only: bool = False
    """Whether no person is to be named at all, not even beside normal work."""
    phrases: tuple[HousePhrase, ...] = ()
    accepted: tuple[str, ...] = ()
    """Terms in small letters that are never blame, such as the name of a product."""


HOUSE = House()
"""A house with no people and no words of its own."""
