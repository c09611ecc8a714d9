"""Every kind of page under its own policy, in light and dark, in both engines: axe, the console, requests to other hosts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.site.conftest import is_fault
from tools.sights import PRESENTER, SIGHTS, Sight

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

TOUCHED = {"target-size": {"enabled": True}}
RULES: tuple[tuple[str, int, dict[str, Any]], ...] = (
    ("default", 1280, {"rules": TOUCHED}),
    ("slate", 1280, {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}),
    ("slate", 390, {"runOnly": {"type": "rule", "values": ["target-size"]}, "rules": TOUCHED}),
)
"""Schemes of the theme and widths with what axe is asked there: all that it knows once, then what a look can change.

Its rules without tags are those of WCAG 2.2 A and AA and of good practice; the size of targets is asked for.
"""

MISSING = tuple(sight for sight in SIGHTS if sight.name == "missing")
OF_THE_SITE = tuple(sight for sight in SIGHTS if sight not in MISSING and sight.address != PRESENTER)
"""Slides are no page of the site: their own tests ask axe about each of them."""


def problems(browser: Any, base: str, seen: tuple[Sight, ...]) -> list[Any]:
    """Return what axe, the console and the network say against pages: nothing, when all is well."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    found: list[Any] = []
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.on("pageerror", lambda error: found.append((page.url, str(error))))
    page.on("console", lambda said: (is_fault(said) or said.type == "warning") and found.append((page.url, said.text)))
    page.on("request", lambda asked: asked.url.startswith((base, "data:", "blob:")) or found.append((page.url, asked.url)))
    page.add_init_script(axe.axe_script)
    for sight in seen:
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(base + sight.address)
        sight.prepare(page)
        for scheme, width, options in RULES:
            # What the toggle in the header does.
            page.evaluate("scheme => document.body.setAttribute('data-md-color-scheme', scheme)", scheme)
            page.set_viewport_size({"width": width, "height": 900})
            result = page.evaluate("options => axe.run(document, options)", {**options, "resultTypes": ["violations"]})
            where = (sight.name, scheme, width)
            found += [(*where, one["id"], [node["html"][:160] for node in one["nodes"][:3]]) for one in result["violations"]]
            if (over := page.evaluate("document.documentElement.scrollWidth - window.innerWidth")) > 0:
                found.append((*where, f"{over} pixels too wide"))
    context.close()
    return found


def test_every_kind_of_page_is_accessible_and_asks_nobody_else(
    examples: Path, browser: Any, strict: Callable[..., str]
) -> None:
    assert problems(browser, strict(examples / "site"), OF_THE_SITE) == []


def test_so_is_the_page_for_what_is_not_there(examples: Path, browser: Any, strict: Callable[..., str]) -> None:
    # Its addresses are those of the root of a host, because it stands in for a page at any depth.
    assert problems(browser, strict(examples / "site", is_host=True), MISSING) == []


def test_the_second_engine_is_no_worse(zensical_examples: Path, browser: Any, strict: Callable[..., str]) -> None:
    seen = tuple(sight for sight in OF_THE_SITE if sight.engines_agree)
    assert problems(browser, strict(zensical_examples / "site"), seen) == []
