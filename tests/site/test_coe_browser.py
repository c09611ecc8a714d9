"""The page of a COE in headless Chromium: times, links, copies, paper, access."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from markdown_it import MarkdownIt

from tests.site.conftest import is_fault
from tests.site.hostile import hostile

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

BOTS = "coes/2025-11-18-cloudflare-bot-management/"
DNS = "coes/2025-10-20-aws-dynamodb-dns-us-east-1/"
WAF = "coes/2019-07-02-cloudflare-waf-regex/"
FIRST_ROW = "#event-E1 time"


@pytest.fixture(scope="session")
def hostile_site(build_once: Callable[[str, Callable[[Path], None]], Path]) -> Path:
    return build_once("hostile", hostile) / "site"


@pytest.fixture
def open_page(examples: Path, browser: Any, serve: Callable[[Path], str]) -> Iterator[Callable[..., Any]]:
    """Return a function that opens a page of the examples; what goes wrong in it fails the test."""
    base = serve(examples / "site")
    wrong: list[str] = []
    contexts = []

    def start(name: str, **more: Any) -> Any:
        options = {"timezone_id": "America/New_York", "reduced_motion": "reduce", "viewport": {"width": 1280, "height": 900}}
        context = browser.new_context(**{**options, **more})
        contexts.append(context)
        page = context.new_page()
        address = name if "://" in name else base + name
        if not address.startswith("file:"):  # there the theme's own search misses its index
            page.on("pageerror", lambda error: wrong.append(str(error)))
            page.on("console", lambda said: wrong.append(said.text) if is_fault(said) or said.type == "warning" else None)
        ours = urlsplit(address).netloc
        page.on("request", lambda asked: wrong.append(asked.url) if urlsplit(asked.url).netloc != ours else None)
        page.goto(address)
        return page

    yield start
    for context in contexts:
        context.close()
    assert wrong == []


def toggle(page: Any) -> Any:
    return page.get_by_role("button", name="Local time").first


def test_local_time_changes_rows_drawing_and_measures_alike(open_page: Callable[..., Any]) -> None:
    page = open_page(BOTS)
    before = page.locator(".md-content").inner_text()
    assert page.locator(FIRST_ROW).inner_text() == "11:05"
    toggle(page).click()
    assert page.locator(FIRST_ROW).inner_text() == "06:05"
    assert page.locator(".coe-measures__span").first.inner_text() == "impact start 06:28 → detected 06:31"
    assert page.locator(".coe-facts").first.get_by_text("2025-11-18 06:28 EST").count() == 1
    assert page.locator(".coe-tl-axis [data-at]").first.text_content() == "06:00"
    assert page.locator(".coe-tl-zone").text_content() == "EST"
    assert page.locator("#mark-E1 title").text_content().startswith("2025-11-18 06:05 EST: ")
    assert page.locator(".coe-tl-bar title").first.text_content().endswith("2025-11-18 06:28 EST to 2025-11-18 09:30 EST")
    assert page.locator(".coe-table--timeline th").first.inner_text() == "EST"
    assert " UTC" not in page.locator(".coe-tl").text_content()
    assert page.get_by_role("status").inner_text() == "Times are shown in local time, EST."
    toggle(page).click()
    assert page.locator(".md-content").inner_text() == before
    assert page.get_by_role("status").inner_text() == "Times are shown in UTC."


def test_a_day_begins_where_the_reader_is(open_page: Callable[..., Any]) -> None:
    page = open_page(DNS, timezone_id="Asia/Tokyo")
    days = page.locator(".coe-table--timeline .coe-day:visible")
    assert days.all_inner_texts() == ["2025-10-20", "2025-10-21"]
    toggle(page).click()
    assert days.all_inner_texts() == ["2025-10-20", "2025-10-21"]
    after = page.locator(".coe-day--local").nth(1).evaluate("row => row.nextElementSibling.id")
    assert page.locator(f"#{after} time").first.inner_text() == "01:36", "16:36 UTC is the next day in Tokyo"
    labels = [text for text in page.locator(".coe-tl-day").all_text_contents() if text]
    assert labels == ["2025-10-20", "2025-10-21"]
    assert page.locator(".coe-measures__span").nth(1).inner_text() == "impact start 15:48 → recovered 2025-10-21 20:05"


def test_the_choice_is_remembered_and_made_by_keyboard(open_page: Callable[..., Any]) -> None:
    page = open_page(BOTS)
    toggle(page).focus()
    page.keyboard.press("Space")
    assert toggle(page).get_attribute("aria-pressed") == "true"
    page.reload()
    assert toggle(page).get_attribute("aria-pressed") == "true"
    assert page.locator(FIRST_ROW).inner_text() == "06:05"
    page.goto(page.url.replace(BOTS, DNS))
    assert page.locator(FIRST_ROW).inner_text() == "02:48"
    toggle(page).focus()
    page.keyboard.press("Enter")
    page.reload()
    assert page.locator(FIRST_ROW).inner_text() == "06:48"


def test_without_a_script_all_is_there_in_utc(open_page: Callable[..., Any]) -> None:
    page = open_page(BOTS, java_script_enabled=False)
    assert page.locator("button.coe-button:visible").count() == 0, "no button that would do nothing"
    assert page.locator(FIRST_ROW).inner_text() == "11:05"
    page.get_by_text("The whole page as text").click()
    assert page.locator("#markdown-text").inner_text().startswith("# HTTP 5xx errors across")
    page.get_by_role("link", name="C1, link to this cause").click()
    assert page.url.endswith("#cause-C1")


def test_a_row_leads_to_the_drawing_and_back(open_page: Callable[..., Any]) -> None:
    page = open_page(BOTS)
    page.get_by_role("link", name="E3 in the drawing").click()
    assert page.locator("#mark-E3:target").count() == 1
    page.locator("#mark-E3").click()
    assert page.locator("tr#event-E3:target").count() == 1
    for mark in page.locator(".coe-tl-event, .coe-tl-message").all():
        assert page.locator(mark.get_attribute("href")).count() == 1


def test_addresses_texts_and_the_page_can_be_copied(open_page: Callable[..., Any]) -> None:
    page = open_page(WAF, permissions=["clipboard-read", "clipboard-write"])
    here = page.url

    def copied(role: str, name: str | re.Pattern[str]) -> str:
        page.get_by_role(role, name=name).first.click()
        page.get_by_text(re.compile("copied|Copied")).wait_for()
        return str(page.evaluate("navigator.clipboard.readText()"))

    assert copied("link", "E2, link to this event") == f"{here}#event-E2"
    assert page.url == f"{here}#event-E2", "the link still leads there"
    page.locator("#causes .headerlink").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{here}#causes")
    page.get_by_text("The address is copied.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == f"{here}#causes"
    cited = copied("button", "Copy the citation")
    assert cited.endswith(f"COE 2019-07-02-cloudflare-waf-regex, published 2019-07-12. {here}")
    page.get_by_role("button", name="Copy as Markdown").click()
    page.wait_for_timeout(100)
    page.get_by_text("Copied.").wait_for()
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith("# HTTP 502 on proxied sites")
    assert text.endswith(f"From <{here}>\n")


def test_a_refused_clipboard_is_said(open_page: Callable[..., Any]) -> None:
    page = open_page(WAF)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('refused')); }")
    page.get_by_role("button", name="Copy the citation").click()
    page.get_by_text("The browser does not let this page copy.").wait_for()


def test_pages_opened_as_files_lead_to_each_other(examples: Path, open_page: Callable[..., Any]) -> None:
    page = open_page((examples / "site" / BOTS / "index.html").as_uri())
    page.get_by_role("link", name="Cloudflare CDN").first.click()
    assert page.url.endswith("/services/cloudflare-cdn/index.html")
    page.go_back()
    toggle(page).click()
    assert page.locator(FIRST_ROW).inner_text() == "06:05"


def test_what_the_script_writes_and_copies_cannot_run(hostile_site: Path, open_page: Callable[..., Any], serve: Any) -> None:
    page = open_page(serve(hostile_site) + DNS, permissions=["clipboard-read", "clipboard-write"])
    before = page.locator(".md-content").inner_text()
    toggle(page).click()
    toggle(page).click()
    assert page.locator(".md-content").inner_text() == before
    page.get_by_role("button", name="Copy as Markdown").click()
    page.wait_for_timeout(100)
    page.get_by_text("Copied.").wait_for()
    text = page.evaluate("navigator.clipboard.readText()")
    assert "window.pwned" in text
    tokens = [token for block in MarkdownIt("commonmark").parse(text) for token in (block, *(block.children or ()))]
    assert not [token.content for token in tokens if token.type in ("html_block", "html_inline", "image")]
    links = {str(token.attrs["href"]).partition(":")[0] for token in tokens if token.type == "link_open"}
    assert links <= {"http", "https", "mailto"}
    assert page.evaluate("window.pwned") is None


def test_similar_coes_and_back_links_say_why(open_page: Callable[..., Any]) -> None:
    page = open_page(WAF)
    section = page.locator("#grew + .coe")
    assert "names this COE as its source" in section.inner_text()
    similar = page.locator("#similar + .coe")
    assert "both speak for the tenet" in similar.inner_text()
    assert "A small overlap is not a likeness" in similar.inner_text()


@pytest.mark.parametrize(("name", "width", "scheme"), [(BOTS, 1280, "light"), (DNS, 1280, "dark"), (DNS, 390, "light")])
def test_axe_finds_nothing(open_page: Callable[..., Any], name: str, width: int, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    page = open_page(name, viewport={"width": width, "height": 900}, color_scheme=scheme)
    toggle(page).click()
    # The theme's own search box is not of this page.
    found = axe.run(page, {"exclude": [[".md-search"]]}, options={"rules": {"target-size": {"enabled": True}}})
    assert found.violations_count == 0, found.generate_report()
    over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert over <= 0, f"{over} pixels too wide"


def test_paper_has_whole_rows_and_no_buttons(open_page: Callable[..., Any]) -> None:
    page = open_page(DNS, color_scheme="dark")
    page.emulate_media(media="print")
    assert page.locator(".coe-tools:visible, .coe-up:visible, .headerlink:visible, .md-header:visible").count() == 0
    assert page.locator(".coe-head .coe-sev, .coe-head .coe-state").evaluate_all(
        "all => all.every(one => one.checkVisibility())"
    )
    for name in (".coe-table--timeline tbody tr", ".coe-cause", ".coe-action", ".coe-why", ".coe-figure"):
        breaks = page.locator(name).evaluate_all("all => [...new Set(all.map(one => getComputedStyle(one).breakInside))]")
        assert breaks == ["avoid"], name
    assert page.locator(".coe-table--timeline thead").evaluate("head => getComputedStyle(head).display") == "table-header-group"
    address = page.locator("#text-sources + .coe a").first
    assert "aws.amazon.com" in address.evaluate("link => getComputedStyle(link, '::after').content")
    assert page.pdf(format="A4")[:5] == b"%PDF-"


def test_ten_whys_deep_is_readable_on_a_phone(open_page: Callable[..., Any]) -> None:
    page = open_page(DNS, viewport={"width": 390, "height": 844})
    step = page.evaluate("""() => { const left = list => list.getBoundingClientRect().left;
        const [a, b] = [...document.querySelectorAll('.coe-whys')];
        return left(b) - left(a) + parseFloat(getComputedStyle(b).paddingLeft); }""")
    assert 0 < step * 9 < 390 / 2.5


def test_each_printed_sheet_names_its_page_and_shows_what_is_for_paper(
    examples: Path, browser: Any, strict: Callable[..., str]
) -> None:
    page = browser.new_page()
    page.goto(strict(examples / "site") + "coes/2025-11-18-cloudflare-bot-management/")
    page.wait_for_load_state("networkidle")
    page.emulate_media(media="print")
    named = page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--coe-running')")
    assert json.loads(named) == f"{page.locator('h1').inner_text()} (2025-11-18)"
    rules = page.evaluate("""() => [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
        .filter((rule) => rule instanceof CSSPageRule).map((rule) => rule.cssText).join(" ")""")
    assert "@bottom-left" in rules
    assert "var(--coe-running" in rules
    for hidden in (".coe-copy", "#markdown", ".coe-tools", ".md-header", ".md-tabs", ".md-footer"):
        assert not page.locator(hidden).first.is_visible(), hidden
    assert page.locator("#cite").is_visible()
    page.close()
