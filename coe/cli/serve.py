"""`coe serve`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coe.cli import app
from coe.cli.build import AsOf, For, RepositoryPath, Strict, asked, day, hide, make_site, open_repository
from coe.cli.console import EXIT_FINDINGS, say
from coe.errors import CoeError

if TYPE_CHECKING:
    from coe.config import Repository

FOLDER = ".coe/site-served"


@app.command("serve", short_help="Serve the site, and build it again on every save.")
def serve_command(
    path: RepositoryPath = Path(),
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Port to serve on.")] = 8000,
    host: Annotated[
        str, typer.Option("--host", help="Address to serve on; others than this machine's show it to the network.")
    ] = "127.0.0.1",
    audience: For = None,
    strict: Strict = True,
    as_of: AsOf = None,
) -> None:
    """Build the site, serve it, and build it again on every save; a flaw keeps the last good site."""
    from coe.site.engine import serve

    repository = open_repository(path)
    site = repository.root / FOLDER
    hide(site.parent)
    if not make_site(repository, site, as_of=day(as_of, repository), strict=strict, audience=asked(audience)):
        raise typer.Exit(EXIT_FINDINGS)

    def rebuild() -> None:
        try:
            fresh = open_repository(path)
            make_site(fresh, site, as_of=day(as_of, fresh), strict=strict, audience=asked(audience))
        except CoeError as error:
            say(f"error: {error.message}")
            if error.help:
                say(f"  help: {error.help}")

    serve(site, rebuild=rebuild, watch=tuple(_watched(repository)), host=host, port=port, say=say)


def _watched(repository: Repository) -> Iterator[Path]:
    """Yield what the site is made of, as far as it is there."""
    from coe.site.config import NAMES, docs_folder, user_settings

    paths, site = repository.config.paths, repository.config.site
    names = (paths.coes, paths.tenets, paths.programs, paths.reviews, paths.catalog, "coe.toml", *NAMES)
    settings, _ = user_settings(repository)
    further = (site.templates, settings.text("theme", "custom_dir"))
    for name in (*names, *(name for name in further if name)):
        if (repository.root / name).exists():
            yield repository.root / name
    docs = docs_folder(repository, settings)
    if docs:
        yield docs
