"""The explorer in headless Chromium: its counts are those computed from the files, and it can be used in every way."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from tests.site.conftest import ROOT, coe_text

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

COUNT = 230
HOSTILE = "Chéckout <img src=x onerror=window.pwned=1> {{ 7*7 }} &lt;b&gt;"
MORE = (
    "summary: Zurück in Łódź after a naïve retry.\ntags: [coupon, constructor]\n"
    "trigger: {type: attack}\nlearnings: [{id: L1, statement: Bound a shared pool., audience: org, program: retry-budgets}]\n"
)


def write_repository(folder: Path) -> None:
    """Write generated COEs and one that attacks."""
    generator = ROOT / "benchmarks/generate.py"
    subprocess.run([sys.executable, str(generator), str(folder), "--count", str(COUNT - 1)], check=True, capture_output=True)
    text = coe_text("2026-07-14-pool", title=f"'{HOSTILE}'", more=MORE, status="published")
    text = text.replace("owner_team: payments", "owner_team: storefront").replace("id: checkout", "id: catalog-api")
    (folder / "coes/2026").mkdir(parents=True, exist_ok=True)
    (folder / "coes/2026/2026-07-14-pool.md").write_text(text, encoding="utf-8")
    (folder / "programs").mkdir()
    (folder / "programs/retry-budgets.md").write_text(
        "---\nid: retry-budgets\ntitle: Retry budgets\nstatus: active\nlever: education\nsponsor_team: storefront\n"
        "done_when: Every client has one.\n---\n",
        encoding="utf-8",
    )


@pytest.fixture(scope="session")
def repository(build_once: Callable[[str, Callable[[Path], None]], Path]) -> Path:
    """Return a repository of a few hundred COEs with its site built."""
    return build_once("explorer", write_repository)


@pytest.fixture(scope="session")
def known(repository: Path) -> list[dict[str, Any]]:
    """Return the front matter of all COEs, as any reader of YAML sees it."""
    texts = [path.read_text("utf-8") for path in (repository / "coes").rglob("*.md")]
    return [yaml.load(text.split("---\n")[1], Loader=yaml.BaseLoader) for text in texts]  # noqa: S506 (texts only)


def go(page: Any, base: str, query: str = "") -> None:
    page.goto(f"{base}coes/{query}")
    page.wait_for_selector(".coe-explorer--on")


def facets(page: Any) -> dict[str, dict[str, int]]:
    """Return the counts that the page shows, by facet and name, with all values laid open."""
    for button in page.locator(".coe-facet:not([hidden]) .coe-facet__all:not([hidden])").all():
        if button.text_content().startswith("Show all"):
            button.evaluate("button => button.click()")
    found: dict[str, dict[str, int]] = page.evaluate(
        """() => {
          const text = (place, name) => place.querySelector(name).textContent;
          const counts = (facet) => [...facet.querySelectorAll('li')].map(
            (li) => [text(li, '.coe-facet__name'), Number(text(li, '.coe-facet__count').replaceAll(',', ''))]);
          return Object.fromEntries([...document.querySelectorAll('.coe-facet')].map(
            (facet) => [text(facet, 'legend'), Object.fromEntries(counts(facet))]));
        }"""
    )
    return found


OF: dict[str, Callable[[dict[str, Any]], set[str]]] = {
    "service": lambda coe: {one["id"] for one in coe.get("services", [])},
    "team": lambda coe: {coe["owner_team"]},
    "severity": lambda coe: {coe["severity"]},
    "kind": lambda coe: {coe["kind"]},
    "status": lambda coe: {coe["status"]},
    "year": lambda coe: {coe["id"][:4]},
    "cause": lambda coe: {one["category"] for key in ("root_causes", "contributing_factors") for one in coe.get(key, [])},
    "trigger": lambda coe: {coe["trigger"]["type"]} if "trigger" in coe else set(),
    "detection": lambda coe: {coe["detection"]["method"]} if "detection" in coe else set(),
    "mitigation": lambda coe: {one["type"] for one in coe.get("mitigation", [])},
    "tenet": lambda coe: {one["tenet"] for one in coe.get("learnings", []) if "tenet" in one},
    "program": lambda coe: {one["program"] for one in coe.get("learnings", []) if "program" in one},
    "tag": lambda coe: set(coe.get("tags", [])),
}
NAMES = {
    "service": "Service", "team": "Team", "severity": "Severity", "kind": "Kind", "status": "Status", "year": "Year",
    "cause": "Cause", "trigger": "Trigger", "detection": "Detected by", "mitigation": "Mitigated by", "tenet": "Tenet",
    "program": "Program", "tag": "Tag",
}  # fmt: skip


def chosen(coe: dict[str, Any], choice: dict[str, set[str]], but: str = "") -> bool:
    return all(OF[key](coe) & values for key, values in choice.items() if key != but)


CHOICES: tuple[dict[str, set[str]], ...] = (
    {},
    {"severity": {"SEV2"}},
    {"severity": {"SEV2", "SEV3"}, "year": {"2024"}},
    {"service": {"catalog-api", "push"}, "cause": {"technical"}, "severity": {"SEV3", "SEV4"}},
    {"program": {"retry-budgets"}},
)


@pytest.mark.parametrize("choice", CHOICES, ids=lambda choice: "-".join(choice) or "nothing")
def test_each_count_is_that_of_the_files(
    choice: dict[str, set[str]], repository: Path, known: list[dict[str, Any]], page: Any, serve: Callable[[Path], str]
) -> None:
    query = "&".join(f"{key}={value}" for key, values in choice.items() for value in sorted(values))
    go(page, serve(repository / "site"), f"?{query}")
    hits = [coe for coe in known if chosen(coe, choice)]
    assert int(page.get_attribute(".coe-explorer", "data-shown")) == len(hits)
    shown = facets(page)
    for key, name in NAMES.items():
        counted = Counter(value for coe in known if chosen(coe, choice, but=key) for value in OF[key](coe))
        kept = {value: counted.get(value, 0) for value in choice.get(key, set())}
        assert Counter(shown.get(name, {}).values()) == Counter((dict(counted) | kept).values()), key
    severe = [coe for coe in known if chosen(coe, choice, "severity") and coe["severity"] == "SEV2"]
    assert shown["Severity"].get("SEV2", 0) == len(severe)
    assert page.wrong == []


def test_words_are_found_as_beginnings_without_accents_in_all_texts(
    repository: Path, known: list[dict[str, Any]], page: Any, serve: Callable[[Path], str]
) -> None:
    go(page, serve(repository / "site"))

    def amount(text: str) -> int:
        page.fill(".coe-explorer__text", text)
        page.wait_for_function("() => !document.querySelector('[data-explorer]').hasAttribute('aria-busy')")
        return int(page.get_attribute(".coe-explorer", "data-shown"))

    assert amount("zuruck LODZ") == 1
    assert amount("checkout") >= 1, "an accent in the title is no hindrance"
    assert amount("uruck") == 0, "words are found from their beginning"

    def folded(text: str) -> list[str]:
        plain = unicodedata.normalize("NFKD", text.lower())
        return "".join(letter if letter.isalnum() else " " for letter in plain if not unicodedata.combining(letter)).split()

    def texts(coe: dict[str, Any]) -> list[str]:
        found = [coe["title"], coe.get("summary", ""), coe["id"], coe["severity"], *coe.get("tags", [])]
        found += [one["id"] for one in coe.get("services", [])]
        found += [one["statement"] for key in ("root_causes", "contributing_factors", "learnings") for one in coe.get(key, [])]
        return folded(" ".join(found))

    for query in ("thread pool", "tenan eu-west", "rollback sev1", "queue"):
        wanted = sum(all(any(word.startswith(one) for word in texts(coe)) for one in folded(query)) for coe in known)
        assert amount(query) == wanted, query


def test_the_address_holds_all_that_is_chosen(repository: Path, page: Any, serve: Callable[[Path], str]) -> None:
    base = serve(repository / "site")
    go(page, base)
    page.get_by_role("checkbox", name="SEV2").check()
    page.get_by_role("checkbox", name="SEV3").check()
    page.get_by_role("checkbox", name="2024").check()
    page.fill(".coe-explorer__text", "thread pool")
    page.get_by_role("button", name="Impact", exact=True).click()
    assert parse_qs(urlsplit(page.url).query) == {
        "q": ["thread pool"], "severity": ["SEV2", "SEV3"], "year": ["2024"], "sort": ["impact"],
    }  # fmt: skip
    rows = page.locator(".coe-table--coes tbody tr").all_inner_texts()
    address = page.url
    page.goto(base)
    go(page, base, f"?{urlsplit(address).query}")
    page.wait_for_function("() => document.querySelectorAll('.coe-explorer__chips li').length === 5")
    assert page.locator(".coe-table--coes tbody tr").all_inner_texts() == rows
    assert page.locator("th[aria-sort=descending]").inner_text().startswith("Impact")
    page.get_by_role("button", name="Remove Year: 2024").click()
    assert "year" not in parse_qs(urlsplit(page.url).query)
    page.go_back()
    assert parse_qs(urlsplit(page.url).query)["year"] == ["2024"]
    assert page.get_by_role("checkbox", name="2024").is_checked()
    page.get_by_role("button", name="Clear all").click()
    assert urlsplit(page.url).query == "sort=impact"
    assert page.wrong == []


def test_rows_come_a_hundred_at_a_time_and_sort_both_ways(repository: Path, page: Any, serve: Callable[[Path], str]) -> None:
    go(page, serve(repository / "site"))
    rows = page.locator(".coe-table--coes tbody tr")
    assert rows.count() == 100
    page.get_by_role("button", name="Show 100 more of 130").click()
    assert rows.count() == 200
    page.get_by_role("button", name="Show 30 more of 30").click()
    assert rows.count() == COUNT
    assert page.locator(".coe-explorer__more").is_hidden()
    days = page.locator(".coe-table--coes time").all_inner_texts()
    assert days == sorted(days, reverse=True)
    page.get_by_role("button", name="Date", exact=True).click()
    assert page.locator(".coe-table--coes time").first.inner_text() == min(days)


def test_everything_can_be_done_with_the_keyboard(repository: Path, page: Any, serve: Callable[[Path], str]) -> None:
    go(page, serve(repository / "site"))
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "coe-explorer-text"
    page.keyboard.type("thread pool")
    page.keyboard.press("ArrowDown")
    links = page.locator("a.coe-table__lead")
    second = links.nth(1).get_attribute("href")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.href") == second
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "coe-explorer-text"
    page.keyboard.press("Escape")
    assert page.input_value(".coe-explorer__text") == ""
    page.keyboard.press("Enter")
    first = page.evaluate("document.activeElement.href")
    page.keyboard.press("Enter")
    page.wait_for_url(first)


def test_counts_are_announced(repository: Path, page: Any, serve: Callable[[Path], str]) -> None:
    go(page, serve(repository / "site"))
    page.get_by_role("checkbox", name="SEV3").check()
    amount = page.get_attribute(".coe-explorer", "data-shown")
    page.wait_for_function("said => document.querySelector('.coe-explorer [role=status]').textContent === said",
                           arg=f"{amount} of {COUNT} COEs")  # fmt: skip


def test_an_empty_list_says_what_to_drop(repository: Path, page: Any, serve: Callable[[Path], str]) -> None:
    go(page, serve(repository / "site"), "?program=retry-budgets&severity=SEV1&year=2026")
    assert page.locator(".coe-scroll").is_hidden()
    assert "No COE has all of this." in page.locator(".coe-explorer__empty").inner_text()
    page.get_by_role("button", name="Drop Severity: SEV1: 1 COE").click()
    assert page.get_attribute(".coe-explorer", "data-shown") == "1"
    go(page, serve(repository / "site"), "?severity=SEV9&nonsense=1&sort=nothing&dir=sideways")
    assert page.get_attribute(".coe-explorer", "data-shown") == "0"
    assert page.wrong == []


def test_titles_that_attack_are_text(repository: Path, page: Any, serve: Callable[[Path], str]) -> None:
    go(page, serve(repository / "site"), "?q=<img src=x onerror=window.pwned=1>&tag=constructor")
    page.fill(".coe-explorer__text", "checkout")
    link = page.locator("a.coe-table__lead").first
    assert link.inner_text() == HOSTILE
    assert link.locator("mark").inner_text() == "Chéckout"
    assert page.evaluate("window.pwned") is None
    assert page.locator(".coe-explorer img").count() == 0


def test_without_javascript_the_list_is_pages_of_a_hundred(
    repository: Path, browser: Any, serve: Callable[[Path], str]
) -> None:
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(f"{serve(repository / 'site')}coes/")
    seen: list[str] = []
    for number in (1, 2, 3):
        seen += opened.locator("a.coe-table__lead").all_inner_texts()
        assert opened.locator(".coe-pager a[aria-current]").inner_text().endswith(str(number))
        if number < 3:
            opened.get_by_role("link", name=f"Page {number + 1}").click()
    days = opened.locator(".coe-table--coes time").all_inner_texts()
    context.close()
    assert len(seen) == COUNT
    assert days == sorted(days, reverse=True)


def test_opened_from_a_folder_it_works_as_well(repository: Path, page: Any) -> None:
    page.goto((repository / "site/coes/index.html").as_uri())
    page.wait_for_selector(".coe-explorer--on")
    page.get_by_role("checkbox", name="SEV2").check()
    assert int(page.get_attribute(".coe-explorer", "data-shown")) < COUNT
    assert page.locator("a.coe-table__lead").first.get_attribute("href").endswith("/index.html")
    assert page.wrong == []


def test_a_phone_needs_no_sideways_scrolling(repository: Path, browser: Any, serve: Callable[[Path], str]) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    opened = context.new_page()
    go(opened, serve(repository / "site"), "?severity=SEV2&q=thread")
    assert opened.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    inner = opened.eval_on_selector(".coe-explorer .coe-scroll", "one => one.scrollWidth - one.clientWidth")
    assert inner <= 0
    context.close()
