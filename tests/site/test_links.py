"""Every link on every page leads somewhere: pages, anchors, pictures, styles and scripts, in both engines."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from tests.site.conftest import ROOT, coe_text, write

HOST, BASE = "coes.example.com", "https://coes.example.com/sub/"
SETTINGS = f"site_name: x\nsite_url: {BASE}\n"
OWN = "# Own page\n\nSee [the tenets](../tenets/index.md) and [what is said there](other%20page.md#a-part-of-it).\n"
LOADED = {"link": "href", "script": "src", "img": "src", "use": "href"}
"""What a page has a browser fetch, by the attribute that names it."""

zensical = pytest.mark.skipif(importlib.util.find_spec("zensical") is None, reason="zensical is not installed")


class _Page(HTMLParser):
    """Collects where a page leads, what it loads, and its anchors."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.leads: set[str] = set()
        self.loads: set[str] = set()
        self.ids: set[str] = {""}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids |= {found for name in ("id", "name") if (found := given.get(name))}
        if tag == "a" and given.get("href") is not None:
            self.leads.add(str(given["href"]))
        elif (place := LOADED.get(tag)) and given.get(place):
            kind = self.leads if given.get("rel") in {"canonical", "prev", "next", "alternate"} else self.loads
            kind.add(str(given[place]))


def dead_ends(site: Path) -> Iterator[str]:
    """Yield the links that lead nowhere, and what is loaded from elsewhere, each with the page it stands on."""
    pages = {file.relative_to(site).as_posix(): _Page(file.read_text("utf-8")) for file in sorted(site.rglob("*.html"))}
    for name, page in pages.items():
        for link in sorted(page.leads | page.loads):
            target = urlsplit(urljoin(BASE + name.removesuffix("index.html"), link))
            if target.netloc != HOST:
                if link in page.loads and target.scheme != "data":
                    yield f"{name} loads {link}"
                continue
            file = unquote(target.path).removeprefix("/sub/")
            file += "index.html" if file.endswith("/") or not file else ""
            is_there = target.path.startswith("/sub/") and (site / file).is_file()
            # Where a script writes the anchor, the page is all that there is to see.
            if not is_there or (file in pages and unquote(target.fragment) not in pages[file].ids | {"__search"}):
                yield f"{name} leads to {link}"


def everything(folder: Path) -> None:
    """Write the examples with pages of the user's own, below a path of their host."""
    shutil.copytree(ROOT / "examples", folder, ignore=shutil.ignore_patterns("site", ".coe", ".site*"), dirs_exist_ok=True)
    write(folder, {
        "coe.toml": (ROOT / "examples/coe.toml").read_text("utf-8"), "mkdocs.yml": SETTINGS,
        "docs/own/one.md": OWN, "docs/own/other page.md": "# Other page\n\n## A part of it\n\nWords.\n",
    })  # fmt: skip


def nearly_nothing(folder: Path) -> None:
    """Write a repository with one COE that says as little as it may, read from a folder."""
    bare = coe_text().replace("impact:\n  windows: [{id: I1, start: 2026-07-14T13:57:40Z, end: 2026-07-14T14:29:00Z}]\n", "")
    assert "impact" not in bare
    catalog = "teams: [{id: payments, name: Payments}]\nservices: [{id: checkout, name: Checkout, team: payments}]\n"
    settings = f"{SETTINGS}plugins: [offline]\n"
    write(folder, {"catalog.yaml": catalog, "coes/2026/2026-07-14-pool.md": bare, "mkdocs.yml": settings})


@pytest.mark.parametrize("engine", ["mkdocs", pytest.param("zensical", marks=zensical)])
@pytest.mark.parametrize("make", [everything, nearly_nothing])
@pytest.mark.parametrize("audience", ["internal", "public"])
def test_every_link_leads_somewhere(
    build_once: Callable[..., Path], make: Callable[[Path], None], engine: str, audience: str
) -> None:
    name = f"links-{make.__name__}-{engine}-{audience}"
    folder = build_once(name, partial(make), "--engine", engine, "--audience", audience)
    assert len(list((folder / "site").rglob("*.html"))) > (100 if make is everything else 10)
    assert list(dead_ends(folder / "site")) == []


def test_a_link_that_leads_nowhere_is_found(tmp_path: Path) -> None:
    page = '<a href="b/#x"></a><a href="b/#y"></a><a href="c"></a><a href="/"></a><img src="https://a.example/i.png">'
    write(tmp_path, {"index.html": page, "b/index.html": '<p id="x"><script src="../s.js"></script>'})
    assert list(dead_ends(tmp_path)) == [
        "b/index.html leads to ../s.js",
        "index.html leads to /",
        "index.html leads to b/#y",
        "index.html leads to c",
        "index.html loads https://a.example/i.png",
    ]
