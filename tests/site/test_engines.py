"""Both engines make the same site of one staged tree: the same pages, and links that lead somewhere."""

from __future__ import annotations

import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from coe.cli.build import Wish, make_site
from coe.config import find
from coe.errors import CoeError
from coe.site import engine
from coe.site.engine import unknown_plugins
from tests.site.conftest import ROOT, coe, small_files, write

zensical = pytest.mark.skipif(not shutil.which("zensical") and not engine.importlib.util.find_spec("zensical"),
                              reason="zensical is not installed")  # fmt: skip


class _Links(HTMLParser):
    """Collects where the content of a page leads, and its anchors."""

    def __init__(self) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids.add(given.get("id") or "")
        if tag == "a" and given.get("href"):
            self.links.add(str(given["href"]))


def pages_of(site: Path) -> dict[str, _Links]:
    """Return the pages of a site with their links; only those of the article, which is ours in both themes."""
    found = {}
    for file in site.rglob("*.html"):
        if file.name == "404.html":
            continue
        text = file.read_text("utf-8")
        article = re.search(r"<article\b.*?</article>", text, re.DOTALL)
        read = _Links()
        read.feed(article[0] if article else "")
        found[file.relative_to(site).as_posix()] = read
    return found


@zensical
def test_both_engines_make_the_same_pages_and_links(tmp_path: Path) -> None:
    leave = shutil.ignore_patterns("site", ".coe", ".site*")
    folder = tmp_path / "examples"
    shutil.copytree(ROOT / "examples", folder, ignore=leave)
    write(
        folder,
        {"docs/about.md": "# About\n\nSee [the tenets](tenets/index.md).\n", "coe.toml": (folder / "coe.toml").read_text()},
    )
    sites = {}
    for name in ("mkdocs", "zensical"):
        run = coe("build", "--engine", name, "--output", f"../{name}", "--as-of", "2025-11-22", cwd=folder)
        assert run.returncode == 0, run.stdout + run.stderr
        sites[name] = pages_of(tmp_path / name)
    assert set(sites["mkdocs"]) == set(sites["zensical"])
    assert len(sites["mkdocs"]) > 60
    for page, made in sites["mkdocs"].items():
        other = sites["zensical"][page]
        assert made.links == other.links, page
        for link in made.links:
            target = urlsplit(urljoin(f"https://site/{page}", link))
            if target.netloc == "site":
                path = unquote(target.path).lstrip("/")
                assert (tmp_path / "zensical" / path / ("index.html" if path.endswith("/") or not path else "")).exists(), link
    again = coe("build", "--engine", "zensical", "--output", "../zensical", "--as-of", "2025-11-22", cwd=folder)
    assert ", 0 changed" in again.stderr


def test_a_page_that_the_engine_leaves_out_fails_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write(tmp_path / "r", small_files())
    run = engine._mkdocs

    def forgetful(settings: Path, output: Path) -> tuple[str, ...]:
        said = run(settings, output)
        (output / "tenets/static-stability/index.html").unlink()
        return said

    monkeypatch.setattr(engine, "_mkdocs", forgetful)
    with pytest.raises(CoeError, match=r"left out 1 of \d+ pages:\n  - tenets/static-stability/index.md"):
        make_site(find(folder), folder / "site", Wish(as_of="2026-08-20"))
    assert not (folder / "site").exists()


@zensical
def test_plugins_that_an_engine_does_not_know_are_named() -> None:
    assert unknown_plugins(("search", "no-such-plugin", "material/tags"), engine="zensical") == ("no-such-plugin",)
    assert unknown_plugins(("no-such-plugin",), engine="mkdocs") == ()


@zensical
def test_the_build_says_what_zensical_passes_over(small: Path) -> None:
    write(small, {"mkdocs.yml": "site_name: x\nplugins: [no-such-plugin]\nhooks: [own.py]\n", "own.py": ""})
    run = coe("build", "--engine", "zensical", cwd=small)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "zensical does not know no-such-plugin" in run.stderr
    assert "zensical runs no hooks" in run.stderr
