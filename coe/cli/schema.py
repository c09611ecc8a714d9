"""`coe schema`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from coe.cli import app
from coe.errors import CoeError


@app.command("schema", short_help="Print the JSON Schema of a kind of document.")
def schema_command(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="Which one. [default: list them]", show_default=False)
    ] = None,
) -> None:
    """Print the JSON Schema of a kind of document, for editors and other tools."""
    from coe.model.schema import NAMES, json_schema, schema_text
    from coe.text import nearest

    if name is None:
        width = max(map(len, NAMES))
        sys.stdout.write("".join(f"{known:{width}}  {json_schema(known)['description']}\n" for known in NAMES))
    elif name in NAMES:
        sys.stdout.write(schema_text(name))
    else:
        guess = nearest(name, NAMES)
        known = f"There are {', '.join(NAMES)}."
        raise CoeError(f"there is no schema `{name}`", f"Did you mean `{guess}`? {known}" if guess else known)
