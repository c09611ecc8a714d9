"""The presenter in headless Chromium, from a file: keys, clock, wheel, paper, and without JavaScript."""

from __future__ import annotations

import random
import re
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
from tests.review.conftest import Kit
from tests.site.conftest import ROOT, coe, small_files, write

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


LONG = (
    "A permission change made a query return every column twice, and the file that was built from it grew past its limit. " * 9
)


def long_texts(**settings: Any) -> str:
    """A week in which every author writes as much as is allowed, as a page."""
    kit = Kit()
    learned = [{"id": f"L{one}", "statement": LONG[:700], "audience": "org", "tenet": "bounded"} for one in range(1, 4)]
    causes = [{"id": f"C{one}", "category": "technical", "statement": LONG[:500]} for one in range(1, 5)]
    decided = [{"id": f"D{one}", "text": LONG[:450], "tenet": "bounded", "program": "none-yet"} for one in range(1, 7)]
    items = [kit.item(f"A{one}", title=LONG[:300], due="2026-11-01") for one in range(1, 6)]
    files = {
        **kit.minutes("2026-W46", "2026-11-13", decisions=decided),
        **kit.minutes("2026-W47", "2026-11-20", decisions=decided),
        **kit.tenet("bounded", "proposed"),
        "catalog.yaml": "teams: [{id: payments, name: Payments}]\nservices:\n"
        + "".join(f"  - {{id: service-{one}, name: Service with a long name {one}}}\n" for one in range(40)),
    }
    for one in range(6):
        files |= kit.coe(
            f"2026-11-16-event-{one}", title=LONG[:120].strip(), summary=LONG[:600].strip(), learnings=learned,
            root_causes=causes, action_items=items, services=[{"id": "service-1", "relation": "origin"}],
        )  # fmt: skip
    corpus = kit.corpus(files, {"review": settings})
    week = parse_week("2026-W47", "UTC")
    made = digest(corpus, week=week, as_of=week.last)
    assert (made.counts.left_out, len(made.new)) == (0, 6)
    return present.page(made)


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (1024, 768), (390, 844)])
def test_long_texts_stay_above_the_bar(browser: Any, tmp_path: Path, size: tuple[int, int]) -> None:
    file = tmp_path / "long.html"
    file.write_text(long_texts(**{"remarks-url": "https://git.example.com/pulls?q={week}"}), encoding="utf-8")
    page = browser.new_page(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
    page.goto(file.as_uri())
    hidden = []
    for _ in range(page.locator(".slide").count()):
        below, scrolls, wide = page.evaluate("""() => {
            const { scrollHeight, scrollWidth } = document.documentElement;
            const scrolls = scrollHeight - innerHeight, wide = scrollWidth - innerWidth;
            window.scrollTo(0, scrollHeight);
            const all = [...document.querySelectorAll(".slide.now *")].filter((one) => one.getBoundingClientRect().height);
            const low = Math.max(...all.map((one) => one.getBoundingClientRect().bottom));
            return [low - document.querySelector(".bar").getBoundingClientRect().top, scrolls, wide];
        }""")
        if below > 0 or wide > 0 or (scrolls > 0 and size[0] > 1000):
            hidden.append((title(page), below, scrolls, wide))
        page.keyboard.press("ArrowRight")
    assert hidden == []
    page.close()


def test_two_slots_of_one_name_have_a_clock_each(browser: Any, tmp_path: Path) -> None:
    file = tmp_path / "twice.html"
    agenda = [{"slot": "discussion", "minutes": 5, "title": "all"}, {"slot": "discussion", "minutes": 3, "title": "all"}]
    file.write_text(long_texts(agenda=agenda), encoding="utf-8")
    page = browser.new_page()
    page.clock.install()
    page.goto(file.as_uri())
    page.keyboard.press("ArrowRight")
    page.clock.run_for(60_000)
    page.keyboard.press("ArrowRight")
    assert page.locator(".clock").inner_text() in ("3:00 left", "2:59 left")
    assert page.locator(".whole").inner_text() in ("1:00 of 1:00:00", "1:01 of 1:00:00")
    file.write_text(file.read_text("utf-8").replace('data-week="2026-W47"', 'data-week="2026-W48"'), encoding="utf-8")
    page.reload()
    assert page.locator(".whole").inner_text() == "0:00 of 1:00:00", "the file of the next week begins anew"
    page.close()


def test_the_page_draws_as_python_does_with_ten_thousand_seeds(screen: Any, tmp_path: Path) -> None:
    corpus, week = collect(find(ROOT / "examples"), ROOT), "2025-W49"
    turned, seeds = wheel_of(corpus, week), random.Random(7)  # noqa: S311 (the same numbers in each run)
    numbers = [*(share.upto - 1 for share in turned.shares), 0, *(seeds.getrandbits(48) for _ in range(10_000))]
    drawn = [f"{number:012x}" for number in numbers]
    screen.goto(written(tmp_path, week=week))
    names = screen.evaluate(
        """(drawn) => {
            const turn = document.querySelector(".turn"), result = document.querySelector(".result");
            let seed = "";
            window.setTimeout = (act) => act();
            crypto.getRandomValues = (bytes) => bytes.map((_, at) => (bytes[at] = Number.parseInt(seed.substr(2 * at, 2), 16)));
            return drawn.map((one) => { seed = one; turn.click(); return result.querySelector("b").textContent; });
        }""",
        drawn,
    )
    assert names == [turned.pick(seed).name for seed in drawn]
    assert len(set(names)) > 5


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


def test_the_hand_out_is_printed_by_the_browser_that_is_there(browser: Any, tmp_path: Path) -> None:
    target = tmp_path / "hand-out.pdf"
    words = ("digest", str(ROOT / "examples"), "--week", WEEK, "--format", "pdf", "--output", str(target))
    run = coe(*words, cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    data = target.read_bytes()
    assert data.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b", data)) >= 2


def test_without_a_browser_the_hand_out_says_what_to_do(tmp_path: Path) -> None:
    run = coe("digest", str(ROOT / "examples"), "--week", WEEK, "--format", "pdf", cwd=tmp_path, PATH=str(tmp_path))
    assert run.returncode == 2
    assert "no Chromium or Chrome was found" in run.stderr
    assert "--format present" in run.stderr
