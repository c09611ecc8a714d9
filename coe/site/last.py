"""What is done to a finished folder, whichever engine made it: sitemap, the page for what is not there, policy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape as xml_escape

from coe.errors import CoeError
from coe.render import render
from coe.site.address import Section, page_path
from coe.site.disk import files_below
from coe.site.policy import HEADERS, PLAIN, Inline, Seen, headers, refusals
from coe.site.view import Site

MISSING = "404.html"
_TITLE = re.compile(r"<h1[^>]*>\s*404[^<]*</h1>", re.IGNORECASE)
_LOGO = re.compile(r"<a href=\"?([^\">\s]*?)\.?\"?[\s>][^>]*class=\"?[^\">]*\bmd-logo\b")
_PLACES: tuple[tuple[Section, str], ...] = (("coes", "All COEs"), ("services", "Services"), ("actions", "Action items"))
_MOST = 50_000
"""How many addresses one sitemap may hold."""


def finish(folder: Path, site: Site, *, unchanged: frozenset[str] = frozenset(), kept: Path | None = None) -> tuple[str, ...]:
    """Return what is to be told; the folder then holds what belongs to the site as a whole.

    `unchanged` are pages that are byte for byte those of the last build, which left what it saw in the folder `kept`.

    Errors: `CoeError` when a file cannot be written.
    """
    pages = sorted(Path(file.path) for file in files_below(str(folder)) if file.name.endswith(".html"))
    try:
        told = (*_missing(folder, site), *_sitemap(folder, site, pages))
        known = Seen.load(kept, unchanged) if kept else Seen()
        told += tuple(_policy(folder, site, known.inline_of(folder, pages)))
        if kept:
            known.save(kept)
        return told
    except OSError as error:
        raise CoeError(f"cannot write {error.filename}: {error.strerror}", "Check its permissions.") from error


def _missing(folder: Path, site: Site) -> Iterator[str]:
    """Make the engine's page for what is not there one of ours; it is shown at any address, so its links are whole."""
    file = folder / MISSING
    if not file.is_file():
        return
    text = file.read_text("utf-8")
    logo = _LOGO.search(text)
    home = logo[1].removesuffix("index.html") if logo else ""
    base = home if home.endswith("/") else "/"
    links = [(base + site.addresses.url(page_path(name)), words) for name, words in _PLACES]
    values = {"home": base, "links": links, "search": base + site.addresses.url(page_path("coes"))}
    body = " ".join(render("site/missing.html", values, shadow=site.templates).split())
    _write(file, _TITLE.sub(lambda _: body, text, count=1))
    yield from ()


def _sitemap(folder: Path, site: Site, pages: list[Path]) -> Iterator[str]:
    """Write a sitemap of all pages, the same one whichever engine made them."""
    for name in ("sitemap.xml", "sitemap.xml.gz"):
        (folder / name).unlink(missing_ok=True)
    public = site.publication.is_public
    robots = ["User-agent: *", "Allow: /" if public else "Disallow: /"]
    if public and site.url:
        robots.append(f"Sitemap: {site.url}sitemap.xml")
    if not (folder / "robots.txt").exists():
        _write(folder / "robots.txt", "\n".join(robots) + "\n")
    if not site.url:
        if public:
            yield "no sitemap, because mkdocs.yml names no site_url"
        return
    found = [_address(site, page.relative_to(folder).as_posix()) for page in pages if page.name != MISSING]
    rows = "".join(f"<url><loc>{xml_escape(url)}</loc></url>\n" for url in found[:_MOST])
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    _write(folder / "sitemap.xml", f"{head}{rows}</urlset>\n")


def _address(site: Site, name: str) -> str:
    return site.url + site.addresses.url(f"{name.removesuffix('.html')}.md" if name.endswith("index.html") else name)


def _policy(folder: Path, site: Site, found: Inline) -> Iterator[str]:
    if not (folder / HEADERS).exists():
        _write(folder / HEADERS, headers(found.policy, is_public=site.publication.is_public))
    _write(folder / PLAIN, f"{found.policy}\n")
    yield from refusals(found)


def _write(file: Path, text: str) -> None:
    """Write a file anew: what stands there may be a second name of a file that is kept."""
    file.unlink(missing_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")
