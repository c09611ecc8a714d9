"""Frames → what the engine made of them: staged with the user's files, run, and looked through for what it left out."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from coe.errors import CoeError
from coe.site.engine import Engine, render, unknown_plugins
from coe.site.pages import BUILT, STAGING, Content, bytes_of
from coe.site.stage import stage

_SHOWN = 10


@contextmanager
def engine_made(content: Content, frames: Mapping[str, str], engine: Engine) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """Yield the folder that the engine made of frames and of the user's files, and what it said; then the folder goes.

    Errors: `CoeError` when the engine refuses, or leaves pages out.
    """
    root = content.site.publication.corpus.repository.root
    files = {f"docs/{path}": text.encode("utf-8") for path, text in frames.items()}
    files |= {f"docs/{name}": bytes_of(file) for name, file in content.own.items()}
    files |= {name: bytes_of(file) for name, file in content.theme.items()}
    files["mkdocs.yml"] = content.settings.encode("utf-8")
    stage(root / STAGING, files)
    (root / STAGING / "overrides").mkdir(exist_ok=True)
    built = root / BUILT
    try:
        said = render(root / STAGING / "mkdocs.yml", built, engine=engine)
        _require_all(content, frames, built, engine)
        yield built, tuple(said)
    finally:
        shutil.rmtree(built, ignore_errors=True)


def _require_all(content: Content, frames: Mapping[str, str], built: Path, engine: Engine) -> None:
    """Go on when the engine made all pages that it was given: one of the engines ends well without some."""
    own = (name for name in content.own if name.endswith(".md"))
    wanted = {content.site.addresses.file(path): path for path in (*frames, *own)}
    missing = [path for file, path in wanted.items() if not (built / file).is_file()]
    if missing:
        told = "".join(f"\n  - {path}" for path in missing[:_SHOWN])
        raise CoeError(f"{engine} left out {len(missing)} of {len(wanted)} pages:{told}", "See mkdocs.yml.")


def passed_over(content: Content, engine: Engine) -> Iterator[str]:
    """Yield what the user has set that has no effect, or makes builds slow."""
    if unknown := unknown_plugins(content.plugins, engine=engine):
        yield f"{engine} does not know {', '.join(unknown)} and leaves it out"
    if engine == "zensical" and content.hooks:
        yield "zensical runs no hooks: those of mkdocs.yml have no effect"
    elif content.foreign:
        yield f"{', '.join(content.foreign)} may change any page: the engine makes all of them in each build"
