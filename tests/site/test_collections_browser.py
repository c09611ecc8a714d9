"""Pages of collections in headless Chromium: filters against Python, keyboard, files, no JavaScript."""

from __future__ import annotations

import datetime as dt
import itertools
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from coe.config import find
from coe.corpus import collect
from coe.insight.actions import ActionRow
from coe.site.publication import Publication
from tests.site.many import TEAMS, TYPES, many

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture
def page(page: Any) -> Iterator[Any]:
    """Return a page on which nothing may go wrong."""
    yield page
    assert page.wrong == []


def register(site: Path) -> list[ActionRow]:
    folder = site.parent
    return list(Publication(collect(find(folder), folder), dt.date.fromisoformat("2026-08-20")).actions)


LEFT = ("overdue", "due_soon", "open")


def fits(row: ActionRow, team: str, state: str, priority: str, kind: str) -> bool:
    return (
        (not team or row.team == team)
        and (state == "any" or (row.state == state if state else row.state in LEFT))
        and (not priority or row.item.priority == priority)
        and (not kind or row.item.type == kind)
    )


@pytest.fixture(scope="session")
def many_on_a_day(tmp_path_factory: pytest.TempPathFactory, build_once: Callable[..., Path]) -> Path:
    """Return the site of many action items, some overdue on the day it is built for."""
    return build_once("many-later", many, "--as-of", "2026-08-20") / "site"


def test_filters_find_what_python_finds(many_on_a_day: Path, page: Any, serve: Callable[[Path], str]) -> None:
    rows = register(many_on_a_day)
    base = serve(many_on_a_day)
    every = list(
        itertools.product(("", *TEAMS), ("", "any", *LEFT, "done", "verified", "wont_do"), ("", "P0", "P2"), ("", *TYPES))
    )
    draw = random.Random(3)  # noqa: S311 (a choice of cases)
    for team, state, priority, kind in [("payments", "", "", ""), ("", "any", "", ""), *draw.sample(every, 14)]:
        chosen = {"team": team, "state": state, "priority": priority, "type": kind}
        page.goto(base + "actions/?" + urlencode({key: value for key, value in chosen.items() if value}))
        page.wait_for_function("document.querySelector('#f-team').options[0].text.includes('(')")
        wanted = [row for row in rows if fits(row, team, state, priority, kind)]
        if any(chosen.values()):
            page.wait_for_function("/^[0-9,]+ action item/.test(document.querySelector('.coe-filter__said').textContent)")
            said = page.locator(".coe-filter__said").inner_text()
            late = sum(row.state == "overdue" for row in wanted)
            number = f"{len(wanted)} action item{'' if len(wanted) == 1 else 's'}"
            assert said == number + (f", {late} overdue" if late else ""), chosen
            titles = page.locator("[data-register-found] .coe-table__lead").all_inner_texts()
            assert sorted(titles[:100]) == sorted(row.item.title for row in wanted[:100]) or len(wanted) > 100, chosen
        for select, key in (("#f-team", "team"), ("#f-state", "state"), ("#f-priority", "priority"), ("#f-type", "type")):
            options = page.locator(select).evaluate("select => [...select.options].map(one => [one.value, one.text])")
            for value, text in options:
                number = sum(fits(row, *(chosen | {key: value}).values()) for row in rows)
                assert text.endswith(f"({number})"), (chosen, key, value, text, number)


def test_a_choice_is_in_the_address_and_the_address_is_a_choice(
    many_on_a_day: Path, page: Any, serve: Callable[[Path], str]
) -> None:
    base = serve(many_on_a_day)
    page.goto(base + "actions/")
    page.locator("#f-team option[value=search]").wait_for(state="attached")
    assert page.locator("[data-register-whole]").is_visible()
    page.select_option("#f-team", "search")
    page.select_option("#f-sort", "age")
    page.locator("[data-register-found] table").wait_for()
    assert page.url == base + "actions/?team=search&sort=age"
    assert not page.locator("[data-register-whole]").is_visible()
    first = page.locator("[data-register-found] tbody").inner_text()
    page.goto(page.url)
    page.locator("[data-register-found] table").wait_for()
    assert page.locator("#f-team").input_value() == "search"
    assert page.locator("[data-register-found] tbody").inner_text() == first
    page.locator(".coe-filter button").click()
    page.locator("[data-register-whole]").wait_for()
    assert page.url == base + "actions/"
    page.goto(base + "actions/?team=no-such-team&priority=P9")
    page.locator("#f-team option[value=search]").wait_for(state="attached")
    assert page.locator("[data-register-whole]").is_visible()


def test_a_team_of_a_row_leads_to_its_page(many_on_a_day: Path, page: Any, serve: Callable[[Path], str]) -> None:
    page.goto(serve(many_on_a_day) + "actions/?team=search")
    page.locator("[data-register-found] tbody a", has_text="Search").first.click()
    assert page.locator("h1").inner_text() == "Search"
    page.locator("a", has_text="in the register").click()
    page.locator("[data-register-found] table").wait_for()
    assert page.locator("#f-team").input_value() == "search"


def test_filters_work_with_the_keyboard_alone(many_on_a_day: Path, page: Any, serve: Callable[[Path], str]) -> None:
    page.goto(serve(many_on_a_day) + "actions/")
    page.locator("#f-state option[value=any]").wait_for(state="attached")
    page.locator("#f-team").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "f-state"
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.keyboard.type("Any")
    page.locator("[data-register-found] table").wait_for()
    rows = page.locator("[data-register-found] tbody tr")
    assert rows.count() == 100
    more = page.get_by_role("button", name="Show 100 more")
    more.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelectorAll('[data-register-found] tbody tr').length === 200")
    assert page.evaluate(
        "document.activeElement.closest('tr') === document.querySelectorAll('[data-register-found] tbody tr')[100]"
    )


def test_data_of_a_large_register_come_when_somebody_turns_to_the_form(
    many_on_a_day: Path, page: Any, serve: Callable[[Path], str]
) -> None:
    text = (many_on_a_day / "actions/index.html").read_text("utf-8").replace("data-register ", 'data-register="later" ')
    assert 'data-register="later"' in text
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.route("**/actions/", lambda route: route.fulfill(body=text, content_type="text/html"))
    page.goto(serve(many_on_a_day) + "actions/")
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if url.endswith("open.js")]
    page.locator("#f-team").focus()
    page.locator("#f-team option[value=search]").wait_for(state="attached")
    page.select_option("#f-team", "search")
    page.locator("[data-register-found] table").wait_for()


def test_filters_work_from_a_file(many_on_a_day: Path, browser: Any) -> None:
    page = browser.new_page()  # the theme's own search cannot load its index from a file, and says so
    page.goto(f"{(many_on_a_day / 'actions/index.html').as_uri()}?state=done")
    page.locator("[data-register-found] table").wait_for()
    assert "action item" in page.locator(".coe-filter__said").inner_text()
    page.close()


def test_targets_are_large_enough(many_on_a_day: Path, browser: Any, serve: Callable[[Path], str]) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    opened = context.new_page()
    opened.goto(serve(many_on_a_day) + "actions/")
    opened.locator("#f-team option[value=search]").wait_for(state="attached")
    least = opened.evaluate(
        """() => Math.min(...[...document.querySelectorAll('.coe-filter select, .coe-filter button, .coe-pager a')]
        .map(node => Math.min(node.getBoundingClientRect().height, node.getBoundingClientRect().width)))"""
    )
    assert least >= 24
    assert opened.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    context.close()


def test_without_javascript_all_of_it_is_there(many_on_a_day: Path, browser: Any, serve: Callable[[Path], str]) -> None:
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    base = serve(many_on_a_day)
    opened.goto(base + "actions/")
    assert not opened.locator(".coe-filter").is_visible()
    number = int(re.findall(r"(\d+) action items open", opened.locator(".coe-lead").inner_text())[0])
    seen = opened.locator(".coe-table--actions tbody tr").count()
    while opened.locator(".coe-pager a[aria-current] >> xpath=../following-sibling::li[1]/a").count():
        opened.locator(".coe-pager a[aria-current] >> xpath=../following-sibling::li[1]/a").click()
        seen += opened.locator(".coe-table--actions tbody tr").count()
    assert seen == number
    opened.goto(base + "trends/")
    opened.locator("summary").first.click()
    assert opened.locator(".coe-table--data").first.is_visible()
    context.close()


def test_a_dot_of_a_chart_leads_to_its_coe(examples: Path, page: Any, serve: Callable[[Path], str]) -> None:
    page.goto(serve(examples / "site") + "trends/")
    dot = page.locator(".coe-chart-dot").first
    title = dot.locator("title").text_content().rsplit(":", 1)[0]
    dot.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/coes/*/")
    assert page.locator("h1").inner_text() == title


def test_tabs_and_families_lead_to_all_kinds_of_pages(examples: Path, page: Any, serve: Callable[[Path], str]) -> None:
    page.goto(serve(examples / "site"))
    tabs = [text.strip() for text in page.locator(".md-tabs__link").all_inner_texts()]
    assert tabs == ["Home", "COEs", "Services", "Learnings", "Actions", "Trends", "Reviews"]
    page.locator(".md-tabs__link", has_text="Learnings").click()
    for word in ("Tenets", "Programs", "Anniversaries", "Glossary"):
        page.locator(".coe-family a", has_text=word).click()
        assert page.locator("h1").inner_text() == word
        assert page.locator(".coe-family a[aria-current]").inner_text() == word
        assert page.locator(".md-tabs__item--active").inner_text().strip() == "Learnings"


@pytest.mark.parametrize("script", [True, False])
def test_a_phone_begins_with_the_newest_columns_and_keeps_what_says_the_values(
    examples: Path, browser: Any, serve: Callable[[Path], str], script: bool
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=script)
    opened = context.new_page()
    opened.goto(serve(examples / "site") + "trends/")
    frames = opened.locator(".coe-chart-frame")
    assert frames.count() > 6
    for frame in frames.all():
        columns = frame.locator("svg").first.locator(".coe-chart-columns text").all()
        newest = max(columns, key=lambda one: float(one.get_attribute("x"))).bounding_box()
        assert newest["x"] > 0
        assert newest["x"] + newest["width"] < 390
        axis = frame.locator(".coe-chart-axis")
        said = axis.locator(".coe-chart-line text, .coe-chart-name").first.bounding_box()
        assert said["x"] >= 0
        assert said["x"] + said["width"] < newest["x"]
        assert axis.get_attribute("aria-hidden") == "true"
    context.close()


def test_pages_of_collections_print_without_cut_charts(examples: Path, browser: Any, serve: Callable[[Path], str]) -> None:
    context = browser.new_context(viewport={"width": 700, "height": 900})
    opened = context.new_page()
    opened.goto(serve(examples / "site") + "trends/")
    opened.emulate_media(media="print")
    over = opened.evaluate(
        "[...document.querySelectorAll('.coe-chart')].filter(one => one.getBoundingClientRect().right > innerWidth).length"
    )
    context.close()
    assert over == 0
