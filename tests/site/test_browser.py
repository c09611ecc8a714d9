"""The built site in headless Chromium: nothing that authors write runs, and people find what they look for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def pages(site: Path) -> list[str]:
    return sorted(path.parent.relative_to(site).as_posix().replace(".", "") for path in site.rglob("index.html"))


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme="light")
    opened = context.new_page()
    opened.errors = []
    opened.on("pageerror", lambda error: opened.errors.append(str(error)))
    opened.on("dialog", lambda dialog: (opened.errors.append(dialog.message), dialog.dismiss()))
    yield opened
    context.close()


def search(page: Any, base: str, word: str) -> Any:
    """Search for a word and return the first hit, once the full text has answered."""
    page.goto(base)
    page.keyboard.press("s")
    page.keyboard.insert_text(word)
    page.get_by_text("in the full text").wait_for()
    return page.get_by_role("option").first


def test_nothing_that_an_author_writes_runs(hostile_site: Path, page: Any, serve: Callable[[Path], str]) -> None:
    base = serve(hostile_site)
    seen = set()
    for name in pages(hostile_site):
        page.goto(urljoin(base, f"{name}/" if name else ""))
        text = page.locator("body").inner_text()
        seen |= {
            word for word in ("window.pwned=1", "{{ 7*7 }}", '--8<-- "coe.toml"', "```mermaid", "&lt;b&gt;") if word in text
        }
        assert page.evaluate("window.pwned") is None, name
        assert (
            page.locator("[onerror], [onload], [onclick], svg script, .md-content script:not([src*='assets/js/'])").count() == 0
        ), name
        assert page.locator("[href^='javascript' i], [src^='javascript' i], .mermaid").count() == 0, name
    search(page, base, "DynamoDB").hover()
    assert page.evaluate("window.pwned") is None
    assert page.errors == []
    assert len(seen) == 5, "the payloads are shown as the words they are"


def test_the_newest_coe_is_first(examples: Path, page: Any, serve: Callable[[Path], str]) -> None:
    page.goto(serve(examples / "site") + "coes/")
    days = page.locator(".coe-table--coes td time").all_inner_texts()
    assert len(days) >= 8
    assert days == sorted(days, reverse=True)


def test_search_finds_a_word_of_the_front_matter(examples: Path, page: Any, serve: Callable[[Path], str]) -> None:
    found = search(page, serve(examples / "site"), "droplet")
    assert "2025-10-20-aws-dynamodb" in found.get_attribute("href")


def test_no_page_asks_another_host_and_no_page_is_wider_than_a_phone(
    examples: Path, browser: Any, serve: Callable[[Path], str]
) -> None:
    base = serve(examples / "site")
    asked: list[str] = []
    context = browser.new_context(viewport={"width": 390, "height": 844})
    opened = context.new_page()
    opened.on("request", lambda request: asked.append(request.url))
    for name in pages(examples / "site"):
        opened.goto(urljoin(base, f"{name}/" if name else ""))
        over = opened.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert over <= 0, f"{name} is {over} pixels too wide"
    context.close()
    assert {urlsplit(url).netloc for url in asked if not url.startswith("data:")} == {urlsplit(base).netloc}


def test_every_link_between_pages_leads_somewhere(examples: Path) -> None:
    site = examples / "site"
    anchors: dict[Path, set[str]] = {}
    broken = []
    for file in site.rglob("*.html"):
        anchors[file] = set(re.findall(r'\bid="?([^"\s>]+)', file.read_text("utf-8")))
    for file in anchors:
        for href in re.findall(r'<a\b[^>]*?\bhref="?([^"\s>]+)', file.read_text("utf-8")):
            address = urlsplit(href)
            if address.scheme or address.netloc or file.name == "404.html":
                continue
            target = (file.parent / address.path).resolve() if address.path else file
            target = target / "index.html" if target.is_dir() else target
            if not target.exists() or (
                address.fragment and not address.fragment.startswith("__") and address.fragment not in anchors[target]
            ):
                broken.append((file.relative_to(site).as_posix(), href))
    assert broken == []


def test_dark_mode_has_a_dark_ground_and_readable_words(examples: Path, browser: Any, serve: Callable[[Path], str]) -> None:
    base = serve(examples / "site")
    for scheme, dark in (("light", False), ("dark", True)):
        context = browser.new_context(color_scheme=scheme, reduced_motion="reduce")
        opened = context.new_page()
        opened.goto(base + "coes/2025-10-20-aws-dynamodb-dns-us-east-1/")
        ratios = opened.evaluate(CONTRAST)
        assert ratios["ground"] < 0.1 if dark else ratios["ground"] > 0.8
        assert ratios["least"] >= 4.5, f"{scheme}: {ratios}"
        context.close()


def test_paper_is_light_on_a_dark_screen(examples: Path, browser: Any, serve: Callable[[Path], str]) -> None:
    context = browser.new_context(color_scheme="dark", reduced_motion="reduce")
    opened = context.new_page()
    opened.goto(serve(examples / "site") + "coes/2025-10-20-aws-dynamodb-dns-us-east-1/")
    opened.emulate_media(media="print")
    ratios = opened.evaluate(CONTRAST)
    context.close()
    assert ratios["ground"] > 0.8
    assert ratios["least"] >= 4.5, ratios


CONTRAST = """() => {
  const canvas = document.createElement('canvas'); canvas.width = canvas.height = 1;
  const brush = canvas.getContext('2d', {willReadFrequently: true});
  const over = (below, color) => { brush.globalCompositeOperation = 'copy'; brush.fillStyle = below; brush.fillRect(0, 0, 1, 1);
    brush.globalCompositeOperation = 'source-over'; brush.fillStyle = color; brush.fillRect(0, 0, 1, 1);
    const [r, g, b] = brush.getImageData(0, 0, 1, 1).data; return `rgb(${r}, ${g}, ${b})`; };
  const light = color => { const [r, g, b] = color.match(/[\\d.]+/g).map(v => v / 255)
      .map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4); return .2126 * r + .7152 * g + .0722 * b; };
  const ground = el => { const chain = [];
    for (; el; el = el.parentElement) chain.unshift(getComputedStyle(el).backgroundColor);
    return chain.reduce(over, 'rgb(255, 255, 255)'); };
  let least = 99, where = '';
  for (const el of document.querySelectorAll('.md-content .coe *')) {
    if (el.closest('svg') || ![...el.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue;
    const below = ground(el), a = light(over(below, getComputedStyle(el).color)), b = light(below);
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < least) { least = ratio; where = el.className + ': ' + el.textContent.slice(0, 40); }
  }
  return {least, where, ground: light(ground(document.querySelector('.md-content')))};
}"""


def test_an_event_of_the_drawing_leads_to_its_row(examples: Path, page: Any, serve: Callable[[Path], str]) -> None:
    page.goto(serve(examples / "site") + "coes/2025-10-20-aws-dynamodb-dns-us-east-1/")
    page.locator(".coe-tl-event").nth(5).click()
    assert page.evaluate("location.hash").startswith("#event-E")
    assert page.locator("tr:target").count() == 1


def test_the_table_of_contents_lists_the_headings_of_the_author(
    examples: Path, page: Any, serve: Callable[[Path], str]
) -> None:
    page.goto(serve(examples / "site") + "coes/2025-10-20-aws-dynamodb-dns-us-east-1/")
    entry = page.locator(".md-sidebar--secondary .md-nav__link", has_text="What made it hard to end")
    assert entry.count() == 1
    entry.click()
    assert page.evaluate("location.hash") == "#text-what-made-it-hard-to-end"
