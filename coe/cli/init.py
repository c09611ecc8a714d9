"""`coe init`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from coe.cli import app
from coe.cli.console import say, show

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="Folder of the repository; made when it is missing.")]


@app.command("init", short_help="Set a repository of COEs up.")
def init_command(directory: Folder = Path()) -> None:
    """Set a repository of COEs up; a file that is there stays as it is."""
    from coe.cli.given import checkout_of
    from coe.config import find
    from coe.errors import CoeError
    from coe.listing import CONFIG_NAME
    from coe.read import shown_path
    from coe.scaffold.repository import plan
    from coe.write import write_new

    root = directory.resolve()
    if root.exists() and not root.is_dir():
        raise CoeError(f"{directory} is a file", "Give a folder, or none for the current one.")
    configured = find(root).file if root.is_dir() else None
    start = Path.cwd()
    created = 0
    unfinished = []
    for planned in plan(root, checkout_of(root)):
        elsewhere = planned.file.name == CONFIG_NAME and configured == root / "pyproject.toml"
        shown = shown_path(planned.file, start)
        if elsewhere:
            show(f"kept     {shown_path(root / 'pyproject.toml', start)} ([tool.coe])")
        elif os.path.lexists(planned.file):
            show(f"kept     {shown}")
            if planned.needs and planned.lacks(_text(planned.file)):
                unfinished.append((shown, planned.text))
        else:
            write_new(planned.file, planned.text)
            created += 1
            show(f"created  {shown}")
    for shown, text in unfinished:
        say(f"\n{shown} was there already. Add to it:\n\n{text.rstrip()}")
    if created:
        say('\nNext: put your teams and services into catalog.yaml, then run: coe new "Effect and place of the event"')


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8", errors="replace")
    except OSError:
        return ""
