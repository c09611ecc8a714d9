"""The pages of the weekly reviews: whole, stable when later COEs come, and presented under the policy of the site."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import feedparser
import pytest

from tests.site.conftest import ROOT, coe, coe_text, small_files, write

MINUTES = """\
---
week: 2026-W{week}
date: {day}
facilitator: role:review-facilitator
reviewed: [{{coe: 2026-07-14-pool, outcome: accepted}}]
decisions: [{{id: D1, text: Pools get a bound.}}]
---

What was said.
"""
DAY = {"SOURCE_DATE_EPOCH": "1787184000"}  # 2026-08-20


def build(folder: Path, *arguments: str) -> dict[str, bytes]:
    run = coe("build", *arguments, cwd=folder, **DAY)
    assert run.returncode == 0, run.stderr
    site = folder / "site"
    return {file.relative_to(site).as_posix(): file.read_bytes() for file in site.rglob("*") if file.is_file()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    weeks = {
        f"reviews/2026-W{week}.md": MINUTES.format(week=week, day=day) for week, day in ((30, "2026-07-23"), (31, "2026-07-30"))
    }
    return write(tmp_path / "r", {**small_files(), **weeks, "mkdocs.yml": "site_url: https://coes.example.com/\n"})


def of_week(found: dict[str, bytes], week: str) -> dict[str, bytes]:
    return {path: data for path, data in found.items() if path.startswith(f"reviews/{week}/")}


def test_a_later_coe_changes_no_page_of_a_past_week(folder: Path) -> None:
    first = build(folder)
    later = coe_text("2026-08-18-later", title="Checkout failed in Asia as well", more="created: 2026-08-18\n")
    (folder / "coes/2026/2026-08-18-later.md").write_text(later, encoding="utf-8")
    second, cold = build(folder), build(folder, "--no-cache")
    assert second == cold, "what was kept is what would have been made"
    for week in ("2026-W30", "2026-W31"):
        assert len(of_week(first, week)) == 2
        assert of_week(first, week) == of_week(second, week)
    assert b"in Asia as well" not in first["reviews/latest/index.html"]
    assert b"in Asia as well" in second["reviews/latest/index.html"]
    assert b"in Asia as well" in second["reviews/latest/present/index.html"]


def test_the_page_of_a_week_has_digest_and_minutes_once(folder: Path) -> None:
    text = build(folder)["reviews/2026-W31/index.html"].decode()
    assert text.count("Pools get a bound.") == 2, "the decision of the week, and that of the week before"
    assert text.index("as of <time") < text.index('id="minutes"') < text.index("What was said.")
    assert 'href="present/index.html"' in text


def test_the_feed_has_the_headline_of_each_week(folder: Path) -> None:
    read = feedparser.parse(build(folder)["feeds/reviews.xml"])
    assert not read.bozo
    assert [(entry.title, entry.link) for entry in read.entries] == [
        (f"Weekly review {week}", f"https://coes.example.com/reviews/{week}/") for week in ("2026-W31", "2026-W30")
    ]
    assert all(entry.summary.endswith("1 decision taken.") for entry in read.entries)
    assert [entry.published for entry in read.entries] == ["2026-07-30T00:00:00Z", "2026-07-23T00:00:00Z"]


def test_the_public_gets_no_review(folder: Path) -> None:
    text = coe_text("2026-07-15-open").replace("visibility: internal", "visibility: public")
    (folder / "coes/2026/2026-07-15-open.md").write_text(text, encoding="utf-8")
    found = build(folder, "--audience", "public")
    assert not [path for path in found if "review" in path]
    assert b"reviews/" not in found["index.html"]


def test_the_list_is_short_and_leads_on() -> None:
    from tests.site.conftest import written_out
    from tests.site.test_collections import made

    found = written_out(made(ROOT / "examples", "2025-12-05"))
    page = found["docs/reviews/index.md"]
    assert "New COEs" not in page
    assert 'href="latest/"' in page
    assert 'href="latest/present/index.html"' in page
    assert "<!doctype html>" in found["docs/reviews/latest/present/index.html"]


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize("path", ["reviews/2025-W47/present/index.html", "reviews/latest/present/index.html"])
@pytest.mark.parametrize("how", ["served", "file"])
def test_the_presenter_runs_under_the_policy_of_the_site(
    examples: Path, browser: Any, serve: Callable[[Path], str], path: str, how: str
) -> None:
    policy = (examples / "site/csp.txt").read_text("utf-8").strip()
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    page = context.new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))

    def with_policy(route: Any) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, headers={**answer.headers, "content-security-policy": policy})

    if how == "served":
        page.route("**/*.html", with_policy)
        page.goto(f"{serve(examples / 'site')}{path}")
    else:
        page.goto((examples / "site" / path).as_uri())
    assert page.locator(".slide:visible").count() == 1
    page.keyboard.press("ArrowRight")
    assert page.locator(".place").inner_text().startswith("2 of")
    assert page.evaluate("getComputedStyle(document.querySelector('.bar')).position") == "fixed", "the style is in force"
    page.keyboard.press("o")
    link = page.locator(".slide a[href*='coes/']").first
    assert "Content-Security-Policy" not in " ".join(told)
    href = link.evaluate("link => link.href")
    page.goto(href)
    assert "404" not in page.title()
    assert page.locator("h1").count() >= 1
    assert told == []
    context.close()
