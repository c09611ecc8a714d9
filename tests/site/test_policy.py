"""The policy of a site: it is enough for every page in a browser, and it refuses everything else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coe.site.policy import Inline, Seen, headers, refusals
from tests.site.conftest import coe, is_fault, small_files, write

PAGE = b"""<!doctype html><html><head><STYLE>a{color:red}</STYLE></head><body>
<script>one()</script><script type="module">two()</script><script type="application/json" id="x">{"a": 1}</script>
<script src="x.js"></script><p>say onclick= and style= as words</p></body></html>"""


def inline_of(folder: Path, page: bytes, name: str = "index.html") -> Inline:
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_bytes(page)
    return Seen().inline_of(folder, folder.rglob("*.html"))


def test_scripts_and_styles_of_pages_are_allowed_by_their_hashes_and_data_needs_none(tmp_path: Path) -> None:
    found = inline_of(tmp_path, PAGE)
    assert len(found.scripts) == 2
    assert "'sha256-X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE='" not in found.policy
    assert len(found.styles) == 1
    assert found.refused == ()
    assert "'unsafe-inline'" not in found.policy
    assert "'unsafe-eval'" not in found.policy
    assert found.policy.startswith("default-src 'none'; script-src 'self' 'wasm-unsafe-eval' 'sha256-")


def test_a_hash_is_the_one_that_a_browser_makes(tmp_path: Path) -> None:
    """The example of the standard: CSP Level 3, section 8.4."""
    found = inline_of(tmp_path, b"<script>alert('Hello, world.');</script>")
    assert found.scripts == {"'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"}


@pytest.mark.parametrize(
    ("page", "said"), [(b"<b onclick='x()'>a</b>", "onclick"), (b"<p class=a STYLE='color:red'>a</p>", "style")]
)
def test_what_no_hash_allows_is_told(page: bytes, said: str, tmp_path: Path) -> None:
    found = inline_of(tmp_path, page, "own/index.html")
    assert refusals(found) == [f"own/index.html has an inline `{said}`, which the Content-Security-Policy of the site refuses"]


def test_a_page_that_did_not_change_is_not_read_again(tmp_path: Path) -> None:
    site, kept = tmp_path / "site", tmp_path / "kept"
    site.mkdir()
    (site / "a.html").write_bytes(b"<script>one()</script>")
    (site / "b.html").write_bytes(b"<script>two()</script>")
    first = Seen()
    both = first.inline_of(site, sorted(site.rglob("*.html")))
    first.save(kept)
    (site / "a.html").write_bytes(b"<script>three()</script>")
    assert Seen.load(kept, frozenset({"a.html", "b.html"})).inline_of(site, site.rglob("*.html")).scripts == both.scripts
    now = Seen.load(kept, frozenset({"b.html"})).inline_of(site, sorted(site.rglob("*.html"))).scripts
    assert now == Seen().inline_of(site, site.rglob("*.html")).scripts
    (kept / "inline.json").write_text("[1")
    assert Seen.load(kept, frozenset({"b.html"})).inline_of(site, site.rglob("*.html")).scripts == now


def test_hosts_are_told_in_their_form() -> None:
    assert headers("x", is_public=True).splitlines()[:2] == ["/*", "  Content-Security-Policy: x"]
    assert "X-Robots-Tag" not in headers("x", is_public=True)
    assert "X-Robots-Tag: noindex" in headers("x", is_public=False)


def test_an_override_of_the_user_that_the_policy_refuses_is_named(small: Path) -> None:
    over = '{% extends "base.html" %}{% block announce %}<b onclick="x()">Ours</b><script>own()</script>{% endblock %}'
    write(small, small_files() | {"mkdocs.yml": "theme: {name: material, custom_dir: over}\n", "over/main.html": over})
    run = coe("build", cwd=small)
    assert run.returncode == 0, run.stderr
    assert "has an inline `onclick`, which the Content-Security-Policy of the site refuses" in run.stderr


def test_the_policy_of_a_later_build_is_that_of_a_first_one(small: Path, tmp_path: Path) -> None:
    """Pages that only the engine knows change too: the user's own, and the one for what is not there."""
    settings = "site_name: x\nsite_url: https://a.example/{}/\n"
    write(small, {"coe.toml": "", "mkdocs.yml": settings.format("one"), "docs/own.md": "# Own\n\n<script>one()</script>\n"})
    assert coe("build", cwd=small).returncode == 0
    for changed in ({"docs/own.md": "# Own\n\n<script>two()</script>\n"}, {"mkdocs.yml": settings.format("two")}):
        write(small, changed)
        for more in ((), ("--no-cache", "--output", str(tmp_path / "first"))):
            assert coe("build", *more, cwd=small).returncode == 0
        assert (small / "site/csp.txt").read_text("utf-8") == (tmp_path / "first/csp.txt").read_text("utf-8")


LISTEN = """
window.refused = [];
document.addEventListener("securitypolicyviolation",
  e => window.refused.push(`${e.violatedDirective} ${e.blockedURI} ${e.sample}`));
"""


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
def test_no_page_meets_the_policy_and_search_and_scripts_work(
    examples: Path, browser: Any, strict: Callable[[Path], str]
) -> None:
    site = examples / "site"
    base = strict(site)
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(LISTEN)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if is_fault(message) else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    refused: dict[str, list[str]] = {}
    for file in sorted(site.rglob("*.html")):
        name = file.relative_to(site).as_posix()
        if name == "404.html":  # its addresses are those of the root of a host
            continue
        page.goto(base + name.removesuffix("index.html"))
        page.wait_for_load_state("load")
        if found := page.evaluate("window.refused"):
            refused[name] = found
    page.goto(base)
    if page.locator(".md-search, .coe-search, [class*=coe-search]").count():
        page.keyboard.press("/")
        page.keyboard.type("droplet", delay=20)
        page.locator(".md-search-result__item a, dialog [role=option]").first.wait_for()
    page.goto(base)
    page.locator("label.md-header__button[for^=__palette]").locator("visible=true").first.click()
    page.goto(base + "coes/?q=dns")
    page.wait_for_load_state("networkidle")
    refused |= {"search": found} if (found := page.evaluate("window.refused")) else {}
    assert refused == {}
    assert [text for text in said if "404" not in text] == []
    context.close()


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
def test_the_policy_stops_what_is_not_of_the_site(small: Path, browser: Any, strict: Callable[[Path], str]) -> None:
    write(small, small_files())
    assert coe("build", cwd=small).returncode == 0
    site = small / "site"
    page_file = site / "tenets/index.html"
    evil = "<script>window.pwned=1</script><img src=x onerror=window.pwned=1><img src=https://example.com/x.png>"
    page_file.write_text(page_file.read_text("utf-8").replace("</body>", f"{evil}</body>"), "utf-8")
    context = browser.new_context()
    context.add_init_script(LISTEN)
    page = context.new_page()
    page.goto(strict(site) + "tenets/")
    page.wait_for_load_state("load")
    assert page.evaluate("window.pwned") is None
    assert len(page.evaluate("window.refused")) >= 3
    context.close()
