"""The search box in headless Chromium: two layers, one dialog, and nothing that an author writes runs in it."""

from __future__ import annotations

import functools
import http.server
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.site.conftest import AS_OF, ROOT, small_files, write

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
pytest.importorskip("pagefind_bin", reason="pagefind is not installed")

POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'unsafe-inline'; worker-src 'self'; connect-src 'self'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'"
)
"""The theme has inline scripts of its own; ours are held to the rest."""

WITHOUT = "import sys; sys.modules['pagefind_bin'] = None; sys.argv = ['coe', 'build']; from coe.__main__ import main; main()"


def ask(page: Any, words: str, *, key: str = "/") -> None:
    """Open the box and wait until both layers have answered."""
    page.keyboard.press(key)
    page.locator("dialog.coe-search").wait_for()
    page.keyboard.insert_text(words)
    page.get_by_text("in the full text").wait_for()


def groups(page: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll('.coe-hits [role=group]')].map((group) =>
          [group.ariaLabel, [...group.querySelectorAll('[role=option]')].map((one) => one.getAttribute('href'))]))"""
    )
    return found


def test_what_the_index_knows_comes_first_and_the_full_text_joins_it(
    examples: Path, page: Any, serve: Callable[[Path], str]
) -> None:
    base = serve(examples / "site")
    page.goto(base)
    assert not [url for url in page.asked if "coes.js" in url or "/pagefind/" in url], "nothing is loaded before it is needed"
    ask(page, "capacity")
    found = groups(page)
    assert len(found["COEs"]) >= 3
    first = page.get_by_role("option").first
    assert first.locator(".coe-sev").inner_text().startswith("SEV")
    assert first.locator("time").inner_text()
    assert first.locator("mark").first.inner_text().lower() == "capacity"
    parts = [href for group in ("COEs", "In the text of COEs") for href in found.get(group, []) if "#" in href]
    assert parts, "hits lead to the sections that hold them"
    assert "Tenets" in found
    assert page.wrong == []
    assert {urlsplit(url).netloc for url in page.asked if not url.startswith(("data:", "blob:"))} == {urlsplit(base).netloc}


def test_a_word_that_stands_in_the_timeline_alone_is_found(examples: Path, page: Any, serve: Callable[[Path], str]) -> None:
    page.goto(serve(examples / "site"))
    ask(page, "droplet")
    found = groups(page)
    assert any("2025-10-20-aws-dynamodb" in href for href in found.get("COEs", []) + found.get("In the text of COEs", []))
    page.keyboard.press("Enter")
    page.wait_for_url("**/coes/2025-10-20-aws-dynamodb*/**")


def test_keys_move_and_open_and_close(examples: Path, page: Any, serve: Callable[[Path], str]) -> None:
    page.goto(serve(examples / "site"))
    ask(page, "dns", key="s")
    box = page.get_by_role("combobox")
    assert box.get_attribute("aria-expanded") == "true"
    first = box.get_attribute("aria-activedescendant")
    page.keyboard.press("ArrowDown")
    second = box.get_attribute("aria-activedescendant")
    assert second != first
    assert page.locator("[role=option][aria-selected=true]").get_attribute("id") == second
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.locator("[role=option][aria-selected=true]").get_attribute("id") == page.get_by_role(
        "option"
    ).last.get_attribute("id")
    for _ in range(6):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement === document.body || document.querySelector('dialog').contains(document.activeElement)"
        )
    page.keyboard.press("Escape")
    assert page.locator("dialog.coe-search").is_hidden()
    page.get_by_role("button", name="Search").click()
    assert page.locator("dialog.coe-search").is_visible()
    page.get_by_role("button", name="Close").click()
    assert page.locator("dialog.coe-search").is_hidden()


def test_letters_typed_into_a_field_open_nothing(examples: Path, page: Any, serve: Callable[[Path], str]) -> None:
    page.goto(f"{serve(examples / 'site')}coes/")
    page.wait_for_selector(".coe-explorer--on")
    page.keyboard.press("/")
    page.keyboard.type("s/s")
    assert page.input_value(".coe-explorer__text") == "s/s"
    assert page.locator("dialog.coe-search[open]").count() == 0


def test_what_is_chosen_in_the_explorer_narrows_the_full_text(examples: Path, page: Any, serve: Callable[[Path], str]) -> None:
    page.goto(f"{serve(examples / 'site')}coes/?year=2017&q=data")
    page.wait_for_selector(".coe-explorer--on")
    page.get_by_role("button", name="Search the full text").click()
    page.get_by_text("in the full text").wait_for()
    hrefs = [href for found in groups(page).values() for href in found]
    assert hrefs
    assert all("/coes/2017-" in href for href in hrefs)
    page.locator("dialog").get_by_role("button", name="Remove Year: 2017").click()
    page.wait_for_function(
        "() => [...document.querySelectorAll('[role=option]')].some(one => !one.href.includes('/coes/2017-'))"
    )


def test_texts_that_attack_are_text(hostile_site: Path, page: Any, serve: Callable[[Path], str]) -> None:
    page.goto(serve(hostile_site))
    ask(page, "window")
    assert "onerror=window.pwned=1" in page.locator(".coe-hits").inner_text()
    assert page.locator(".coe-hits").locator("img, script, svg, iframe").count() == 0
    assert page.evaluate("window.pwned") is None
    assert page.wrong == []


def test_it_works_under_a_strict_policy(examples: Path, page: Any) -> None:
    class Strict(http.server.SimpleHTTPRequestHandler):
        def end_headers(self) -> None:
            self.send_header("Content-Security-Policy", POLICY)
            super().end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Strict, directory=str(examples)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    page.goto(f"http://127.0.0.1:{server.server_port}/site/")
    ask(page, "capacity")
    assert groups(page)["COEs"]
    server.shutdown()
    server.server_close()
    assert page.wrong == []


def test_opened_from_a_folder_it_says_what_it_lacks(examples: Path, page: Any) -> None:
    page.goto((examples / "site/index.html").as_uri())
    page.keyboard.press("/")
    page.keyboard.insert_text("capacity")
    page.get_by_role("option").first.wait_for()
    assert "The full text needs a web server." in page.locator(".coe-search__note").inner_text()
    assert page.get_by_role("option").first.get_attribute("href").endswith("/index.html")
    assert page.wrong == []


def test_without_the_indexer_a_small_site_has_its_full_text_all_the_same(
    tmp_path: Path, page: Any, serve: Callable[[Path], str]
) -> None:
    files = small_files(body="## What happened\n\nA zebrafish crossed the datacentre.")
    folder = write(tmp_path / "r", {**files, "docs/own/page.md": "# Own page\n\nQuokkas live here.\n"})
    run = subprocess.run(
        [sys.executable, "-c", WITHOUT, "--as-of", AS_OF], cwd=folder, capture_output=True, text=True, check=False,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    assert "pip install 'coekit[site]'" in run.stderr
    page.goto(serve(folder / "site"))
    ask(page, "zebrafish")
    assert any(href.endswith("/coes/2026-07-14-pool/#text-what-happened") for href in groups(page)["In the text of COEs"])
    page.get_by_role("combobox").fill("quokka")
    page.get_by_text("1 page in the full text").wait_for()
    assert groups(page)["Pages"][0].endswith("/own/page/")
    assert page.wrong == []


def test_a_phone_shows_the_whole_dialog(examples: Path, browser: Any, serve: Callable[[Path], str]) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    opened = context.new_page()
    opened.goto(serve(examples / "site"))
    opened.get_by_role("button", name="Search").click()
    opened.keyboard.insert_text("capacity")
    opened.get_by_text("in the full text").wait_for()
    box = opened.locator("dialog.coe-search").bounding_box()
    assert (box["x"], box["width"]) == (0, 390)
    assert (
        opened.evaluate(
            "(() => { const one = document.querySelector('.coe-hits'); return one.scrollWidth - one.clientWidth })()"
        )
        <= 0
    )
    context.close()
