"""The finished site → the pages that are searched, each as the indexer gets it.

It gets what stands between the borders of the article and nothing around it, so that a new entry of the navigation is no
change, with the facets of a COE as filters.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

Filters = Mapping[str, Mapping[str, tuple[str, ...]]]
"""The facets of pages, by their path in the site."""

_OURS = re.compile(r"<div class=[\"']?coe[\"'>]")
_TOLD = re.compile(r"(?:coes|tenets|programs|reviews)/(?!(?:page|latest)/)[^/]+/index\.html|glossary/index\.html")
"""Of our own pages those that tell something; lists of titles are no texts. Of the user's pages, all are taken."""

_ARTICLE = re.compile(r"<article\b[^>]*>(.*)</article>", re.DOTALL)
_LANG = re.compile(r"<html\b[^>]*?\blang=[\"']?([A-Za-z-]+)")
_TITLE = re.compile(r"<title\b[^>]*>(.*?)</title>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page as the command gets it."""

    path: str
    data: bytes


def leaves(site: Path, filters: Filters) -> Iterator[Leaf]:
    """Yield the pages to index: the COEs first and the oldest of them before, so that a new one changes the last shard."""
    paths = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html") if path.name != "404.html")
    for path in sorted(paths, key=lambda path: not path.startswith("coes/")):
        text = (site / path).read_text("utf-8", "replace")
        article = _ARTICLE.search(text)
        if article and (_TOLD.fullmatch(path) or not _OURS.search(article.group(1))):
            yield Leaf(path, _leaf(text, article.group(1), {"section": (_section(path),), **filters.get(path, {})}))


def _section(path: str) -> str:
    folder = path.partition("/")[0]
    return {"coes": "coe", "tenets": "tenet", "programs": "program", "reviews": "review"}.get(folder, "page")


def _leaf(page: str, article: str, filters: Mapping[str, tuple[str, ...]]) -> bytes:
    """Return what the command reads of a page: its language, title, facets and article."""
    lang, title = _LANG.search(page), _TITLE.search(page)
    chosen = "".join(
        f'<i data-pagefind-filter="{key}">{html.escape(value)}</i>' for key, values in filters.items() for value in values
    )
    return (
        f'<!doctype html><html lang="{lang.group(1) if lang else "en"}"><title>{title.group(1) if title else ""}</title>'
        f"<body><div data-pagefind-ignore>{chosen}</div><article data-pagefind-body>{article}</article>"
    ).encode()


def article_of(page: str) -> str:
    """Return the HTML inside the article of a page."""
    found = _ARTICLE.search(page)
    return found.group(1) if found else ""
