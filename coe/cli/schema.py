"""`coe schema`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from typing import Annotated

import typer

from coe.cli import app
from coe.errors import CoeError


@app.command("schema", short_help="Print the JSON Schema of a kind of document, of the report, or of the digest.")
def schema_command(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="Which one. [default: list them]", show_default=False)
    ] = None,
) -> None:
    """Print the JSON Schema of a kind of document, of the report, or of the digest, for editors and other tools."""
    import json

    from coe.model.schema import NAMES, schema_text
    from coe.report.schema import NAME, report_schema_text
    from coe.review.schema import NAME as DIGEST
    from coe.review.schema import digest_schema_text
    from coe.text import nearest

    texts: dict[str, Callable[[], str]] = {known: partial(schema_text, known) for known in NAMES}
    texts[NAME] = report_schema_text
    texts[DIGEST] = digest_schema_text
    if name is None:
        width = max(map(len, texts))
        sys.stdout.write("".join(f"{known:{width}}  {json.loads(text())['description']}\n" for known, text in texts.items()))
    elif name in texts:
        sys.stdout.write(texts[name]())
    else:
        guess = nearest(name, texts)
        known = f"There are {', '.join(texts)}."
        raise CoeError(f"there is no schema `{name}`", f"Did you mean `{guess}`? {known}" if guess else known)
