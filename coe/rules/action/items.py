"""The action items that somebody waits for."""

from __future__ import annotations

from collections.abc import Iterator

from coe.diagnostic import Path
from coe.model.actions import ActionItem
from coe.model.coe import SET_ASIDE, Coe
from coe.model.organization import Minutes

SYSTEM_TYPES = frozenset({"prevent", "detect", "mitigate"})
"""Types of action items that change how a system behaves."""


def all_items(noun: object) -> Iterator[tuple[Path, ActionItem]]:
    """Yield the action items of a COE or of minutes, each with its path."""
    for index, item in enumerate(noun.action_items if isinstance(noun, Coe | Minutes) else ()):
        yield ("action_items", index), item


def awaited_items(noun: object) -> Iterator[tuple[Path, ActionItem]]:
    """Yield the action items of a document that is under review or later, and not set aside."""
    if not isinstance(noun, Coe) or noun.status not in SET_ASIDE:
        yield from all_items(noun)
