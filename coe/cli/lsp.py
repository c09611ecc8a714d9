"""`coe lsp`."""

from __future__ import annotations

from pathlib import Path

import typer

from coe.cli import app
from coe.errors import CoeError


@app.command("lsp", short_help="Run the language server, for editors.")
def lsp_command(
    stdio: bool = typer.Option(True, "--stdio", help="Speak through standard input and output; the only way there is."),  # noqa: ARG001 (editors say it)
) -> None:
    """Run the language server, which an editor starts: findings, completion, hover and renaming as you type.

    It needs the extra `lsp`: python -m pip install "coekit[lsp]".
    """
    from coe.cli.authors import authors
    from coe.cli.clock import today
    from coe.cli.settings import require_known_words

    try:
        from coe.lsp.repository import World
        from coe.lsp.wire.features import server
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("pygls", "lsprotocol"):
            raise
        raise CoeError("the language server is not installed", 'Run: python -m pip install "coekit[lsp]"') from error
    server(Path.cwd(), World(today, authors, require_known_words)).start_io()
