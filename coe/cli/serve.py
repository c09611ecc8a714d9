"""`coe serve`."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coe.cli import app
from coe.cli.build import (
    AsOf,
    For,
    Made,
    Making,
    RepositoryPath,
    Strict,
    Wish,
    make_site,
    open_repository,
    report,
)
from coe.cli.console import EXIT_FINDINGS, say, tell
from coe.cli.site_sources import watched
from coe.cli.watch import Marks, Watched, free_the_last
from coe.errors import CoeError

if TYPE_CHECKING:
    from coe.config import Repository

FOLDER = ".coe/site-served"
_LOOK = 0.1
_SHARE = 10
"""Between two looks at the files there is this many times the time that a look takes."""


@app.command("serve", short_help="Serve the site, and build it again on every save.")
def serve_command(
    path: RepositoryPath = Path(),
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Port to serve on.")] = 8000,
    host: Annotated[
        str, typer.Option("--host", help="Address to serve on; others than this machine's show it to the network.")
    ] = "127.0.0.1",
    strict: Strict = True,
    as_of: AsOf = None,
    audience: For = None,
    engine: Making = None,
) -> None:
    """Build the site, serve it, and build it again on every save; a flaw keeps the last good site."""
    from coe.site.server import Server

    wish = Wish(strict, as_of, engine, is_draft=True, audience=audience)
    repository = open_repository(path, wish)
    seen = watched(repository).marks()
    desk = _Desk(path, repository, wish)
    if not desk.whole():
        raise typer.Exit(EXIT_FINDINGS)
    try:
        with Server(desk.site, host, port) as server:
            say(f"serving {server.url}  (Ctrl-C ends it)")
            for changed in _changes(lambda: watched(desk.repository), seen):
                _follow(desk, changed, server.reload)
                free_the_last()
    except KeyboardInterrupt:
        say("stopped")


def _follow(desk: _Desk, changed: frozenset[Path], reload: Callable[[], None]) -> None:
    """Show what changed; when only COEs did, their own pages first. A flaw keeps the last good site."""
    try:
        try:
            is_good = desk.some(changed)
        except CoeError:  # such as a document that is not what it was in the last site: the whole says it, or has it
            is_good = None
        if is_good:
            reload()
        if is_good is not False and desk.whole():
            reload()
    except CoeError as error:
        tell(error)


class _Desk:
    """What is warm while somebody writes: the corpus and the site as they were last."""

    def __init__(self, path: Path, repository: Repository, wish: Wish) -> None:
        self.repository = repository
        self.site = repository.root / FOLDER
        self._path, self._wish = path, wish
        self._last: Made | None = None

    def whole(self) -> bool:
        """Build the whole site, and say whether it could be built."""
        self.repository = repository = open_repository(self._path, self._wish)
        made = make_site(repository, self.site, self._wish, self._last)
        self._last = made or self._last
        return made is not None

    def some(self, changed: frozenset[Path]) -> bool | None:
        """Put the pages of changed COEs in their place: true when it was done, false when a flaw is in the way.

        There is no answer when more than that has to be done.
        """
        from coe.cli.gather import gather_again
        from coe.site.address import page_path
        from coe.site.pages import content
        from coe.site.press import press_some

        last = self._last
        files = frozenset(file for file in changed if not file.is_dir())
        known = {file: one for one in last.corpus.analyses if one.coe and (file := one.document.source.file)} if last else {}
        if last is None or not files or not files <= known.keys() or not all(file.is_file() for file in files):
            return None
        corpus, errors = gather_again(last.corpus, files)
        if errors and self._wish.strict:
            report(errors, len(files))
            return False
        names = {file: one.coe.id for one in corpus.analyses if one.coe and (file := one.document.source.file) in files}
        if any(names.get(file) != one.coe.id for file, one in known.items() if file in files and one.coe):
            return None
        publication = self._wish.publication(corpus, last.alike)
        asked = frozenset(page_path("coes", name) for name in names.values())
        built = press_some(content(publication, strict=self._wish.strict, only=asked), self.site, last.how, last.built)
        if built is None:
            return None
        self._last = replace(last, built=built)
        return True


def _changes(files: Callable[[], Watched], before: Marks) -> Iterator[frozenset[Path]]:
    """Yield what changed since some marks, each time that something did and nothing more does."""
    while True:
        now = _looked(files())
        if now == before:
            continue
        while (later := _looked(files())) != now:
            now = later
        changed = frozenset(Path(path) for path in {*before, *now} if before.get(path) != now.get(path))
        before = now
        yield changed


def _looked(files: Watched) -> Marks:
    began = time.perf_counter()
    marks = files.marks()
    time.sleep(max(_LOOK, _SHARE * (time.perf_counter() - began)))
    return marks
