"""The presenter in headless Chromium, from a file: keys, clock, wheel, paper, and without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from coe.config import find
from coe.corpus import collect
from coe.review import present
from coe.review.digest import digest
from coe.review.week import parse_week
from coe.review.wheel import wheel_of
from tests.site.conftest import ROOT, small_files, write

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
WEEK = "2025-W47"


def written(folder: Path, repository: Path = ROOT / "examples", week: str = WEEK) -> str:
    corpus = collect(find(repository), folder)
    window = parse_week(week, "UTC")
    file = folder / "present.html"
    file.write_text(present.page(digest(corpus, week=window, as_of=window.last)), encoding="utf-8")
    return file.as_uri()


@pytest.fixture
def screen(browser: Any, tmp_path: Path) -> Iterator[Any]:
    """A projector with the slides of the examples; a request to anybody, an error or a line on the console fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 720}, reduced_motion="reduce")
    page = context.new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("request", lambda request: told.append(request.url) if not request.url.startswith("file:") else None)
    page.goto(written(tmp_path))
    yield page
    assert told == []
    context.close()


def title(page: Any) -> str:
    text = page.locator(".slide.now h1").inner_text()
    assert isinstance(text, str)
    return text


def test_arrows_and_clicker_keys_lead_through_the_agenda(screen: Any) -> None:
    assert title(screen) == f"Weekly review {WEEK}"
    total = screen.locator(".slide").count()
    assert screen.locator(".slide:visible").count() == 1
    for key in ("ArrowRight", "PageDown", "Space"):
        screen.keyboard.press(key)
    assert screen.locator(".place").inner_text() == f"4 of {total}"
    for key in ("ArrowLeft", "PageUp"):
        screen.keyboard.press(key)
    assert screen.locator(".place").inner_text() == f"2 of {total}"
    screen.keyboard.press("End")
    screen.keyboard.press("ArrowRight")
    assert title(screen) == "Before we close"
    screen.reload()
    assert title(screen) == "Before we close", "a reload stays where it was"
    screen.keyboard.press("Home")
    screen.keyboard.press(".")
    assert not screen.locator(".slide.now").is_visible(), "the black screen of a clicker"
    screen.keyboard.press(".")
    assert screen.locator(".slide.now").is_visible()


def test_all_slides_can_be_seen_at_once_and_one_picked(screen: Any) -> None:
    screen.keyboard.press("o")
    assert screen.locator(".slide:visible").count() == screen.locator(".slide").count()
    screen.locator(".slide").nth(2).click()
    assert screen.locator(".place").inner_text().startswith("3 of")


def test_no_slide_is_larger_than_the_projector(screen: Any) -> None:
    for _ in range(screen.locator(".slide").count()):
        height = screen.evaluate("document.documentElement.scrollHeight - innerHeight")
        assert height <= 0, (title(screen), height)
        assert screen.evaluate("document.documentElement.scrollWidth <= innerWidth"), title(screen)
        screen.keyboard.press("ArrowRight")


def test_the_clock_of_a_slot_counts_down_and_says_when_it_is_over(screen: Any, tmp_path: Path) -> None:
    screen.clock.install()
    screen.goto(written(tmp_path))
    assert screen.locator(".clock").inner_text() == ""
    screen.keyboard.press("ArrowRight")
    assert screen.locator(".slotname").inner_text() == "Decisions of the last review", "a slot with nothing is passed over"
    screen.clock.run_for(61_000)
    assert screen.locator(".clock").inner_text() in ("3:59 left", "3:58 left")
    screen.keyboard.press("t")
    screen.clock.run_for(600_000)
    assert screen.locator(".clock").inner_text() in ("3:59 left", "3:58 left"), "a stopped clock stands"
    screen.keyboard.press("t")
    screen.clock.run_for(10 * 60_000)
    assert screen.locator(".clock").inner_text().endswith(" over")
    assert "over" in screen.locator(".clock").get_attribute("class")
    assert screen.locator(".whole").inner_text() in ("11:00 of 1:00:00", "11:01 of 1:00:00", "11:02 of 1:00:00")


def test_the_wheel_draws_what_the_command_draws(screen: Any, tmp_path: Path) -> None:
    corpus, week = collect(find(ROOT / "examples"), ROOT), "2025-W49"
    turned = wheel_of(corpus, week)
    screen.goto(written(tmp_path, week=week))
    while title(screen) != "The wheel":
        screen.keyboard.press("ArrowRight")
    for _ in range(5):
        screen.locator(".slide.now .turn").click()
        screen.wait_for_function("document.querySelector('.slide.now .result code')")
        command = screen.locator(".slide.now .result code").inner_text().split()
        assert command[:4] == ["coe", "wheel", week, "--seed"]
        assert command[5:] == ["--record"]
        assert screen.locator(".slide.now .result b").inner_text() == turned.pick(command[4]).name


def test_a_draw_that_the_minutes_keep_is_shown(browser: Any, tmp_path: Path) -> None:
    files = small_files()
    files["reviews/2026-W30.md"] = files["reviews/2026-W30.md"].replace(
        "decisions:", "wheel: {seed: 0000000000ff, picked: checkout}\ndecisions:"
    )
    repository = write(tmp_path / "kept", files)
    page = browser.new_page(reduced_motion="reduce")
    page.goto(written(tmp_path, repository, "2026-W30"))
    while title(page) != "The wheel":
        page.keyboard.press("ArrowRight")
    assert page.locator(".slide.now .drawn").inner_text() == "Checkout"
    page.locator(".slide.now .turn").click()
    page.wait_for_function("document.querySelector('.slide.now .result b')")
    assert page.locator(".slide.now .result").inner_text() == "Checkout"
    page.close()


def test_keyboard_alone_is_enough(screen: Any) -> None:
    for _ in range(3):
        screen.keyboard.press("Tab")
    seen = []
    for _ in range(8):
        seen.append(screen.evaluate("document.activeElement.dataset.do || document.activeElement.tagName"))
        screen.keyboard.press("Tab")
    assert {"on", "clock", "list", "dark", "screen"} <= set(seen), seen
    screen.locator('[data-do="list"]').focus()
    screen.keyboard.press("Enter")
    assert screen.locator('[data-do="list"]').get_attribute("aria-pressed") == "true"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Any, tmp_path: Path, scheme: str) -> None:
    api = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    page = browser.new_page(color_scheme=scheme, reduced_motion="reduce", viewport={"width": 1280, "height": 720})
    page.goto(written(tmp_path))
    for _ in range(page.locator(".slide").count()):
        found = api.Axe().run(page).response["violations"]
        assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == [], title(page)
        page.keyboard.press("ArrowRight")
    page.close()


def test_without_javascript_and_on_paper_all_slides_are_there(browser: Any, tmp_path: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(written(tmp_path))
    assert page.locator(".slide:visible").count() == page.locator(".slide").count() > 8
    assert not page.locator(".bar").is_visible()
    page.emulate_media(media="print")
    assert page.locator("button:visible").count() == 0
    context.close()


def test_what_authors_write_does_not_run(browser: Any, tmp_path: Path) -> None:
    hostile = '</script></style><img src=x onerror="window.pwned=1"><script>window.pwned=1</script>"\'`${1}'
    files = small_files(title="Checkout <script>window.pwned=1</script> {{ 7 }}")
    files["catalog.yaml"] = files["catalog.yaml"].replace(
        "name: Checkout,", f"name: '{hostile.replace(chr(39), chr(39) * 2)}',"
    )
    repository = write(tmp_path / "hostile", files)
    page = browser.new_page()
    page.goto(written(tmp_path, repository, "2026-W30"))
    for _ in range(page.locator(".slide").count()):
        page.keyboard.press("ArrowRight")
    assert page.evaluate("window.pwned") is None
    assert page.locator("script").count() == 1
    page.close()
