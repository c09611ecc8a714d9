"""Every kind of page of the built examples: what `make screenshots` takes pictures of and what a test asks axe about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

WEEK = "2025-W47"
PRESENTER = "present.html"
"""The slides are not of the site: `coe digest --format present` writes them, here beside its start page."""


def _at_rest(page: Any) -> None:
    """Leave a page as it opened."""


def _found(page: Any) -> None:
    """Wait until the explorer has answered."""
    page.wait_for_selector(".coe-explorer--on")


def _searched(page: Any) -> None:
    """Open the search dialog and ask it for something."""
    page.keyboard.press("/")
    page.keyboard.type("capacity")
    page.locator("dialog [role=option]").first.wait_for()


def _registered(page: Any) -> None:
    """Wait until the filters of the register have answered."""
    page.locator("[data-register-found] table").wait_for()


def _turned(page: Any) -> None:
    """Go to the first slide that has more than a title."""
    page.keyboard.press("ArrowRight")


@dataclass(frozen=True)
class Sight:
    """A kind of page: its name, the address of one below the start page, and what a reader does on it."""

    name: str
    address: str
    prepare: Callable[[Any], None] = _at_rest
    engines_agree: bool = False
    """Whether it is also looked at in the second engine."""


SIGHTS = (
    Sight("home", "", engines_agree=True),
    Sight("explorer", "coes/?severity=SEV1", _found, engines_agree=True),
    Sight("explorer-empty", "coes/?severity=SEV9", _found),
    Sight("search", "", _searched, engines_agree=True),
    Sight("coe", "coes/2025-11-18-cloudflare-bot-management/", engines_agree=True),
    Sight("services", "services/"),
    Sight("service", "services/amazon-dynamodb/"),
    Sight("teams", "teams/"),
    Sight("team", "teams/example-reliability/"),
    Sight("tenets", "tenets/"),
    Sight("tenet", "tenets/static-stability/"),
    Sight("programs", "programs/"),
    Sight("program", "programs/cellularisation/", engines_agree=True),
    Sight("learnings", "learnings/"),
    Sight("learnings-of-a-year", "learnings/2025/"),
    Sight("actions", "actions/"),
    Sight("actions-filtered", "actions/?state=overdue", _registered),
    Sight("actions-finished", "actions/finished/2025/"),
    Sight("trends", "trends/", engines_agree=True),
    Sight("anniversaries", "learnings/anniversaries/"),
    Sight("glossary", "learnings/glossary/"),
    Sight("reviews", "reviews/"),
    Sight("review", f"reviews/{WEEK}/", engines_agree=True),
    Sight("presenter", PRESENTER, _turned),
    Sight("missing", "404.html"),
)
