"""`coe set`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from coe.cli import app
from coe.cli.completing import documents
from coe.cli.edited import opened, writable, written

File = Annotated[
    Path, typer.Argument(metavar="FILE", help="The document to edit, or its id.", show_default=False, autocompletion=documents)
]
Where = Annotated[
    str, typer.Argument(metavar="PATH", help="Field, such as status or action_items[A1].status.", show_default=False)
]
NewValue = Annotated[str, typer.Argument(metavar="VALUE", help="What it is to hold.", show_default=False)]


@app.command("set", short_help="Set one value in front matter.")
def set_command(file: File, path: Where, value: NewValue) -> None:
    """Set one value in front matter; every other character of the file stays.

    An item of a list is named by its id or by its number from 0. A field that is missing is put where it belongs.
    The file is written only when the value is allowed there.
    """
    from coe.format.address import path_of
    from coe.format.edit import set_value

    analysis = opened(file)
    written(analysis, set_value(analysis, path_of(analysis.document, path), writable(value)))
