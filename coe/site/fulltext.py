"""The finished site → its full-text index, in shards that are made again only when one of their pages changed.

Pagefind's command makes the index. Without it, a small site gets its texts as one plain file.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Literal, NamedTuple

from coe.errors import CoeError
from coe.insight.facets import FACETS
from coe.site.leaves import Filters, Leaf, article_of, leaves
from coe.site.publication import Publication
from coe.site.sections import UNREAD_CLASSES, UNREAD_TAGS, sections
from coe.site.settle import settle

FullText = Literal["pagefind", "plain", "none"]
"""What answers a full-text search: an index in pieces, all texts in one file, or nothing."""

FOLDER, ENTRY, PLAIN = "pagefind", "coe.js", "plain.json"
"""Where the index stands in the site, what the search box loads first of it, and the texts where there is no index."""

PLAIN_LIMIT = 1000
"""Up to so many COEs, their texts are small enough to load whole. Unit: 1.5 KB a COE, compressed."""

SHARD = 5000
"""Pages in a shard, up to a quarter more in the last: fewer shards are fewer bytes for a reader, smaller ones less memory.

The command takes up to 0.43 GB per 1,000 pages.
"""

FORM = "2"
"""Part of every key; it changes with the form of what the command is given."""

_KEPT = ("pagefind.js", "pagefind-worker.js", "pagefind-entry.json", "fragment", "index", "filter")
_UNREAD = ", ".join([*sorted(UNREAD_TAGS), *(f".{name}" for name in sorted(UNREAD_CLASSES))])


class Indexed(NamedTuple):
    """What a run did: how many pages the index holds, in how many shards, and how many of these were made anew."""

    pages: int
    shards: int
    fresh: int


def full_text(coes: int) -> FullText:
    """Return what answers a full-text search among so many COEs on this machine."""
    if importlib.util.find_spec("pagefind_bin") is not None:
        return "pagefind"
    return "plain" if coes <= PLAIN_LIMIT else "none"


def advice(mode: FullText) -> str:
    """Return what to tell who builds; empty when nothing is missing."""
    if mode == "pagefind":
        return ""
    found = "all texts are loaded at once" if mode == "plain" else "only titles, summaries, causes and learnings are searched"
    return f"without pagefind {found}; for the full text: pip install 'coekit[site]'"


def complete(folder: Path, publication: Publication, *, cache: Path, bare: bool = True, is_draft: bool = False) -> str:
    """Return what to tell who builds; the finished site then holds its full-text index.

    `cache` keeps the shards of earlier runs, `bare` says that addresses end in `/`, `is_draft` that somebody writes and
    looks: then the index of the last run is good enough.

    Errors: `CoeError` when the command fails or a file cannot be written.
    """
    mode = full_text(len(publication.coes))
    filters = {
        f"coes/{name}/index.html": {facet.key: facet.of(coe) for facet in FACETS} for name, coe in publication.coes.items()
    }
    try:
        if mode == "pagefind":
            index(folder, cache=cache, filters=filters, bare=bare, is_draft=is_draft)
        elif mode == "plain":
            plain(folder, filters)
    except OSError as error:
        raise CoeError(f"cannot write the full-text index: {error.strerror or error}", "See the space left.") from error
    return advice(mode)


def index(folder: Path, *, cache: Path, filters: Filters, bare: bool, is_draft: bool = False) -> Indexed:
    """Return what was done; the finished site then holds its index. The other arguments are those of `complete`."""
    order = cache / "order"
    shards = [] if is_draft else _shards(list(leaves(folder, filters)))
    keys = [_key(shard, bare) for shard in shards]
    if is_draft and order.is_file():
        keys = [key for key in order.read_text("utf-8").split() if (cache / key).is_dir()]
    fresh = [(key, shard) for key, shard in zip(keys, shards, strict=False) if not (cache / key).is_dir()]
    for key, shard in fresh:
        _make(shard, cache / key, bare=bare)
    target = _emptied(folder)
    for number, key in enumerate(keys):
        _place(cache / key, target / str(number) if number else target)
    entry = 'export * from "./pagefind.js";\n' if keys else ""
    (target / ENTRY).write_text(f"{entry}export const shards = {len(keys)};\n", "utf-8")
    if not is_draft:
        _drop(cache, frozenset(keys))
        order.write_text("\n".join(keys), "utf-8")
    return Indexed(sum(map(len, shards)), len(keys), len(fresh))


def plain(folder: Path, filters: Filters) -> None:
    """Write the texts of the finished site as one file: an address, a heading and a text for each section."""
    docs = [
        {"location": _location(leaf.path) + (f"#{section.anchor}" if section.anchor else ""), **section._asdict()}
        for leaf in leaves(folder, filters)
        for section in sections(article_of(leaf.data.decode()))
    ]
    for doc in docs:
        del doc["anchor"]
    (_emptied(folder) / PLAIN).write_text(json.dumps({"docs": docs}, ensure_ascii=False, separators=(",", ":")), "utf-8")


def _emptied(folder: Path) -> Path:
    """Return the folder of the index with nothing in it."""
    shutil.rmtree(folder / FOLDER, ignore_errors=True)
    (folder / FOLDER).mkdir()
    return folder / FOLDER


def _location(path: str) -> str:
    return path.removesuffix("index.html")


def _shards(found: list[Leaf]) -> list[list[Leaf]]:
    """Return the pages in shards of one size; the last also takes a rest that is too small for one of its own."""
    starts = range(0, max(1, len(found) - SHARD // 4), SHARD)
    return [found[start : start + SHARD if start != starts[-1] else None] for start in starts] if found else []


def _key(shard: list[Leaf], bare: bool) -> str:
    found = hashlib.blake2b(f"{FORM} {_version()} {bare}".encode(), digest_size=16)
    for leaf in shard:
        found.update(f"\0{leaf.path}\0{len(leaf.data)}\0".encode())
        found.update(leaf.data)
    return found.hexdigest()


def _version() -> str:
    from importlib.metadata import version

    return version("pagefind_bin")


def _make(shard: list[Leaf], folder: Path, *, bare: bool) -> None:
    """Write the index of some pages to a folder, whole or not at all."""
    work = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(work, ignore_errors=True)
    tree, out = work / "pages", work / "index"
    try:
        for leaf in shard:
            (tree / leaf.path).parent.mkdir(parents=True, exist_ok=True)
            (tree / leaf.path).write_bytes(leaf.data)
        out.mkdir(parents=True)
        if tree.is_dir():
            _run(tree, out, *(() if bare else ("--keep-index-url",)))
            settle(out)
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
    cache.mkdir(parents=True, exist_ok=True)
    for path in cache.iterdir():
        if path.is_dir() and path.name not in kept:
            shutil.rmtree(path, ignore_errors=True)
