"""Texts in scripts from right to left: each runs as its own letters do, in a page that runs from left to right."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.site.conftest import TENET, coe_text, small_files, write

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
TITLE = "השירות לא ענה (eu-west-1)!"
MORE = """\
summary: "תור ההודעות התמלא!"
published: 2026-07-28
root_causes: [{id: C1, category: technical, statement: "לתור אין גבול!"}]
timeline: [{id: E1, at: 2026-07-14T13:57:40Z, type: impact, text: "הבקשות נכשלו (HTTP 503)."}]
lessons: {went_well: [{id: L1, text: "הצוות ענה מהר!"}]}
learnings: [{id: K1, statement: "גבול לכל תור!", tenet: bounded, audience: org}]
action_items: [{id: A1, title: "להגביל את התור!", type: process, status: open, owner_team: payments, due: 2025-11-01}]
"""
BODY = "## מה קרה?\n\nהתור התמלא!\n\nIn English.\n"  # noqa: RUF001
END = """(words) => {
    const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    for (let one = texts.nextNode(); one; one = texts.nextNode()) {
        if (!one.textContent.trim().endsWith(words) || one.parentElement.closest("svg, pre, .md-sidebar")) continue;
        const range = document.createRange(), at = one.textContent.lastIndexOf(words);
        const box = (from) => (range.setStart(one, from), range.setEnd(one, from + 1), range.getBoundingClientRect().left);
        const [first, last] = [box(at), box(at + words.length - 1)];
        return first > last;
    }
    return "no such words";
}"""
"""Says of words whether their last sign stands left of their first, as in a script from right to left it has to."""


@pytest.fixture(scope="module")
def site(build_once: Callable[..., Path]) -> Path:
    other = coe_text("2026-07-20-he", title=f"'{TITLE}'", status="published", more=MORE, body=BODY)
    tenet = TENET.replace("static-stability", "bounded").replace("Static stability", "גבול לכל תור?")
    files = {**small_files(), "coes/2026/2026-07-20-he.md": other, "tenets/bounded.md": tenet}
    return build_once("directions", lambda folder: write(folder, files) and None) / "site"


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("coes/2026-07-20-he/", ["(eu-west-1)!", "התמלא!", "גבול!", "503).", "מהר!", "לכל תור!", "את התור!", "קרה?"]),
        ("coes/", ["(eu-west-1)!"]), ("actions/", ["את התור!", "(eu-west-1)!"]), ("tenets/", ["תור?"]),
        ("tenets/bounded/", ["תור?", "לכל תור!", "(eu-west-1)!"]), ("services/checkout/", ["(eu-west-1)!"]),
        ("learnings/", ["לכל תור!"]),
    ],
)  # fmt: skip
def test_the_last_sign_of_a_text_stands_at_its_left(
    site: Path, browser: Any, strict: Callable[..., str], address: str, words: list[str]
) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(strict(site) + address)
    page.wait_for_load_state("networkidle")
    assert {one: page.evaluate(END, one) for one in words} == dict.fromkeys(words, True)
    if address == "coes/2026-07-20-he/":
        assert page.evaluate(END, "English.") is False
    page.close()


def test_what_is_found_runs_as_its_letters_do(site: Path, browser: Any, strict: Callable[..., str]) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(strict(site) + "learnings/")
    page.keyboard.press("/")
    page.keyboard.type("התור")
    head = page.locator("dialog .coe-hit__title").first
    head.wait_for()
    assert page.evaluate("getComputedStyle(document.activeElement).direction") == "rtl"
    assert head.evaluate("node => getComputedStyle(node).direction") == "rtl"
    page.close()
