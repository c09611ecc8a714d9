"""`coe lsp`."""

from __future__ import annotations

import os
import signal
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
    made = server(Path.cwd(), World(today, authors, require_known_words))
    # The thread that waits for standard input hears no Ctrl-C, and there is nothing to save: the system ends the process.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    # The protocol closes its stream at the end; standard output is flushed after that.
    with os.fdopen(os.dup(1), "wb") as out:
        made.start_io(stdout=out)
    if not made.was_told_to_end:
        raise typer.Exit(1)
