"""Content → the folder of a site, in the place of the one before or into it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from coe.site.disk import files_below
from coe.site.key import Keys
from coe.site.output import patched, replaced
from coe.site.pages import Content
from coe.site.run import How, Progress, Run
from coe.site.spool import Spool
from coe.site.store import Store

__all__ = ["Built", "How", "press", "press_some"]


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: pages of the site, how many of them are new or changed, bytes, and what is to be told.

    `files` is what the folder now holds, by file and content.
    """

    pages: int
    changed: int
    size: int
    said: tuple[str, ...]
    files: Mapping[str, str] = field(default_factory=dict)
    keys: Keys | None = None


def press(content: Content, output: Path, how: How, progress: Progress) -> Built:
    """Return what it took to make a folder hold the site; on any error it stays what it was.

    Errors: `CoeError` when the engine refuses, a template cannot be used, or the system refuses.
    """
    store = Store(how.kept)
    with patched(output) if how.there else replaced(output) as fresh, tempfile.TemporaryFile() as spool:
        run = Run(content, how, store, fresh, Spool(spool), progress, before=output if how.reuse and not how.there else None)
        run.make()
        said = [] if how.there else list(run.finish(fresh))
    if how.there:
        for name in how.there.keys() - run.holds.keys():
            (output / name).unlink(missing_ok=True)
        said = list(run.finish(output))
    store.save(run.index)
    return Built(_pages(run.index.pages), _pages(run.changed), _size(output), tuple(said), run.holds, run.keys)


def press_some(content: Content, output: Path, how: How, last: Built) -> Built | None:
    """Return what it took to put some pages of a site that was built before into its folder, and nothing else.

    It is absent, and nothing is done, when that takes the engine. All else in the folder stays as it was, until a whole
    build looks at it.
    """
    store = Store(how.kept)
    how = replace(how, there=last.files)
    with patched(output) as fresh, tempfile.TemporaryFile() as spool:
        run = Run(content, how, store, fresh, Spool(spool), lambda *_: None)
        if last.keys is None or not run.make_some(last.keys):
            shutil.rmtree(fresh)
            return None
    return replace(last, changed=_pages(run.changed), files={**last.files, **run.holds})


def _pages(paths: Iterable[str]) -> int:
    """Return how many of some paths are pages; calendars and the like are made in the same way."""
    return sum(path.endswith((".md", ".html")) for path in paths)


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in files_below(str(folder)))
