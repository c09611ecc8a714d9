"""The finished site → its full-text index, in shards that are made again only when one of their pages changed.

Pagefind's command reads HTML. It is given what stands between the borders of the article and nothing around it, so
that a new entry of the navigation is no change, with the facets of a COE as filters.
"""

from __future__ import annotations

import hashlib
import html
import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from coe.errors import CoeError
from coe.insight.facets import FACETS
from coe.site.publication import Publication

FullText = Literal["pagefind", "engine", "none"]
"""What answers a full-text search: our index, that of the site engine, or nothing."""

FOLDER, ENTRY = "pagefind", "coe.js"
"""Where the index stands in the site, and what the search box loads first: it tells how many shards there are."""

ENGINE_LIMIT = 1000
"""Up to so many COEs the index of the site engine is small enough to load whole."""

SHARD_FROM, SHARD = 5000, 2500
"""From so many pages on there are shards, and the size of one. The command takes up to 0.43 GB of memory per 1,000 pages."""

FORM = "1"
"""Part of every key; it changes with the form of what the command is given."""

_OURS = re.compile(r"<div class=[\"']?coe[\"'>]")
_TOLD = re.compile(r"(?:coes|tenets|programs|reviews)/(?!page/)[^/]+/index\.html|glossary/index\.html")
"""Of our own pages those that tell something; lists of titles are no texts. Of the user's pages, all are taken."""

_ARTICLE = re.compile(r"<article\b[^>]*>(.*)</article>", re.DOTALL)
_LANG = re.compile(r"<html\b[^>]*?\blang=[\"']?([A-Za-z-]+)")
_TITLE = re.compile(r"<title\b[^>]*>(.*?)</title>", re.DOTALL)
_KEPT = ("pagefind.js", "pagefind-worker.js", "pagefind-entry.json", "fragment", "index", "filter")
_UNREAD = ".headerlink, svg, thead, .coe-head__eyebrow, .coe-head__badges, .coe-hidden"
"""What is no text of a page: signs, drawings, heads of tables, and what the facets say already."""


class Indexed(NamedTuple):
    """What a run did: how many pages the index holds, in how many shards, and how many of these were made anew."""

    pages: int
    shards: int
    fresh: int


@dataclass(frozen=True, slots=True)
class _Leaf:
    """One page as the command gets it."""

    path: str
    data: bytes


def full_text(coes: int) -> FullText:
    """Return what answers a full-text search among so many COEs on this machine."""
    if importlib.util.find_spec("pagefind_bin") is not None:
        return "pagefind"
    return "engine" if coes <= ENGINE_LIMIT else "none"


def advice(mode: FullText) -> str:
    """Return what to tell who builds; empty when nothing is missing."""
    if mode == "pagefind":
        return ""
    found = "the site engine's own index serves" if mode == "engine" else "search finds titles, summaries, causes and learnings"
    return f"full-text search needs pagefind, until then {found}: pip install 'coekit[site]'"


def complete(site: Path, publication: Publication, *, cache: Path, bare: bool = True) -> str:
    """Return what to tell who builds; the finished site then holds its full-text index, where pagefind is installed.

    Errors: as those of `index`.
    """
    mode = full_text(len(publication.coes))
    if mode == "pagefind":
        filters = {
            f"coes/{name}/index.html": {facet.key: facet.of(coe) for facet in FACETS} for name, coe in publication.coes.items()
        }
        index(site, cache=cache, filters=filters, bare=bare)
    return advice(mode)


def index(site: Path, *, cache: Path, filters: Mapping[str, Mapping[str, tuple[str, ...]]], bare: bool = True) -> Indexed:
    """Return what was done; the finished site then holds its index.

    `cache` keeps the shards of earlier runs, `filters` are facets by the path of a page in the site, `bare` says that
    addresses end in `/`.

    Errors: `CoeError` when the command fails or a file cannot be written.
    """
    try:
        shards = _shards(list(_leaves(site, filters)))
        keys = [_key(shard, bare) for shard in shards]
        fresh = [key for key in keys if not (cache / key).is_dir()]
        for key, shard in zip(keys, shards, strict=True):
            if key in fresh:
                _make(shard, cache / key, bare=bare)
        target = site / FOLDER
        shutil.rmtree(target, ignore_errors=True)
        for number, key in enumerate(keys):
            _place(cache / key, target / str(number) if number else target)
        (target / ENTRY).write_text(f'export * from "./pagefind.js";\nexport const shards = {len(keys)};\n', "utf-8")
        _drop(cache, frozenset(keys))
    except OSError as error:
        raise CoeError(f"cannot write the full-text index: {error.strerror or error}", "See the space left.") from error
    return Indexed(sum(map(len, shards)), len(shards), len(fresh))


def _leaves(site: Path, filters: Mapping[str, Mapping[str, tuple[str, ...]]]) -> Iterator[_Leaf]:
    """Yield the pages to index: the COEs first and the oldest of them before, so that a new one changes the last shard."""
    paths = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html") if path.name != "404.html")
    for path in sorted(paths, key=lambda path: not path.startswith("coes/")):
        text = (site / path).read_text("utf-8", "replace")
        article = _ARTICLE.search(text)
        if article and (_TOLD.fullmatch(path) or not _OURS.search(article.group(1))):
            yield _Leaf(path, _leaf(text, article.group(1), {"section": (_section(path),), **filters.get(path, {})}))


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


def _shards(leaves: list[_Leaf]) -> list[list[_Leaf]]:
    """Return the pages in shards of one size; the last takes what is left, up to nearly twice as many."""
    if len(leaves) < SHARD_FROM:
        return [leaves]
    starts = range(0, len(leaves) - SHARD + 1, SHARD)
    return [leaves[start : start + SHARD if start != starts[-1] else None] for start in starts]


def _key(shard: list[_Leaf], bare: bool) -> str:
    found = hashlib.blake2b(f"{FORM} {_version()} {bare}".encode(), digest_size=16)
    for leaf in shard:
        found.update(f"\0{leaf.path}\0{len(leaf.data)}\0".encode())
        found.update(leaf.data)
    return found.hexdigest()


def _version() -> str:
    from importlib.metadata import version

    return version("pagefind_bin")


def _make(shard: list[_Leaf], folder: Path, *, bare: bool) -> None:
    """Write the index of some pages to a folder, whole or not at all."""
    work = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(work, ignore_errors=True)
    tree, out = work / "pages", work / "index"
    try:
        for leaf in shard:
            (tree / leaf.path).parent.mkdir(parents=True, exist_ok=True)
            (tree / leaf.path).write_bytes(leaf.data)
        out.mkdir(parents=True)
        if shard:
            _run(tree, out, *(() if bare else ("--keep-index-url",)))
        for path in out.iterdir():  # its own search boxes, which we do not use
            if path.name not in _KEPT and not path.name.startswith(("pagefind.", "wasm.")):
                path.unlink()
        out.rename(folder)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _run(tree: Path, out: Path, *options: str) -> None:
    from pagefind_bin import get_executable  # type: ignore[import-untyped,unused-ignore]  # not in every environment

    command = [
        str(get_executable()),
        "--site",
        ".",
        "--output-path",
        str(out.absolute()),
        "--quiet",
        "--exclude-selectors",
        _UNREAD,
        *options,
    ]
    # Run in its own folder and environment: it would read its settings from where the build was started.
    env = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
    done = subprocess.run(command, cwd=tree, env=env, capture_output=True, text=True, errors="replace", check=False)
    if done.returncode:
        told = (done.stderr or done.stdout).strip().splitlines()
        raise CoeError(
            f"pagefind stopped: {told[-1] if told else done.returncode}", "Build without it: `pip uninstall pagefind`."
        )


def _place(shard: Path, target: Path) -> None:
    """Put a shard into the site, by links where the file system has them."""
    for here, _, names in os.walk(shard):
        there = target / Path(here).relative_to(shard)
        there.mkdir(parents=True, exist_ok=True)
        for name in names:
            try:
                os.link(Path(here, name), there / name)
            except OSError:
                shutil.copyfile(Path(here, name), there / name)


def _drop(cache: Path, kept: frozenset[str]) -> None:
    """Remove the shards that no page of this site needs any more."""
    for path in cache.iterdir():
        if path.name not in kept:
            shutil.rmtree(path, ignore_errors=True)
