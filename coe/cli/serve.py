"""`coe serve`."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from coe.cli import app
from coe.cli.build import AsOf, Making, RepositoryPath, Strict, Wish, make_site, open_repository, watched
from coe.cli.console import EXIT_FINDINGS, say
from coe.cli.watch import Marks, Watched
from coe.errors import CoeError

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
    engine: Making = None,
) -> None:
    """Build the site, serve it, and build it again on every save; a flaw keeps the last good site."""
    from coe.site.server import Server

    wish = Wish(strict, as_of, engine, is_draft=True)
    repository = open_repository(path, wish)
    site, seen = repository.root / FOLDER, watched(repository).marks()
    if not make_site(repository, site, wish):
        raise typer.Exit(EXIT_FINDINGS)
    try:
        with Server(site, host, port) as server:
            say(f"serving {server.url}  (Ctrl-C ends it)")
            for _ in _changes(lambda: watched(repository), seen):
                if _rebuilt(path, site, wish):
                    server.reload()
    except KeyboardInterrupt:
        say("stopped")


def _rebuilt(path: Path, site: Path, wish: Wish) -> bool:
    """Build again, and say whether there is a new site; else the terminal tells why the last good one stays."""
    try:
        return make_site(open_repository(path, wish), site, wish)
    except CoeError as error:
        say(f"error: {error.message}")
        if error.help:
            say(f"  help: {error.help}")
        return False


def _changes(files: Callable[[], Watched], before: Marks) -> Iterator[frozenset[str]]:
    """Yield what changed since some marks, each time that something did and nothing more does."""
    while True:
        now = _looked(files())
        if now == before:
            continue
        while (later := _looked(files())) != now:
            now = later
        changed = frozenset(path for path in {*before, *now} if before.get(path) != now.get(path))
        before = now
        yield changed


def _looked(files: Watched) -> Marks:
    began = time.perf_counter()
    marks = files.marks()
    time.sleep(max(_LOOK, _SHARE * (time.perf_counter() - began)))
    return marks
