"""The first key on a page offers the way past the navigation: on each kind of page, in both engines."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

ADDRESSES = ("", "coes/", "trends/", "coes/2025-11-18-cloudflare-bot-management/", "learnings/", "404.html")
"""With and without a table of contents, and the page for what is not there."""


def walked(browser: Any, base: str, address: str) -> dict[str, Any]:
    """Return what two keys of Tab meet, between which the link is followed."""
    page = browser.new_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    page.goto(base + address)
    page.keyboard.press("Tab")
    link = page.evaluate("document.activeElement.textContent.trim()")
    place = page.locator(":focus").bounding_box()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    met = page.evaluate("""() => {
        const can = "a[href], button, input, summary, [tabindex='0']";
        const found = [...document.querySelectorAll(`main :is(${can})`)];
        const seen = found.filter((one) => one.checkVisibility() && !one.closest(".md-sidebar, [hidden]"));
        return { first: document.activeElement === seen[0], top: scrollY };
    }""")
    page.close()
    return {"link": link, "width": place["width"], **met}


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("engine", ["examples", "zensical_examples"])
def test_the_first_key_leads_past_the_navigation(
    request: pytest.FixtureRequest, browser: Any, strict: Callable[..., str], engine: str, address: str
) -> None:
    site: Path = request.getfixturevalue(engine) / "site"
    found = walked(browser, strict(site, is_host=True), address)
    assert found["link"] == "Skip to content"
    assert found["width"] > 24
    assert found["first"], "the next key meets the first thing of the content"
    assert found["top"] < 100, "the head of the page is still in sight"
