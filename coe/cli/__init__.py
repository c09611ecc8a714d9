"""The command line: adapters that read the world, call one stage after the other, and write.

Each command is one file that registers itself on `app`; what it needs is imported when it runs.
"""

from __future__ import annotations

import os
import re
import sys
from importlib import import_module

import typer
from typer.core import TyperGroup

from coe.cli.console import guarded

COMMANDS = (
    *("init", "new", "add", "set", "next", "fmt", "check", "preview", "build", "serve", "digest", "minutes", "wheel"),
    *("actions", "stats", "similar", "search", "rules", "explain", "config", "schema", "doctor", "lsp"),
)
_HELD_BY = {"validate": "check", "lint": "check"}
"""Commands that share the file of another."""

_REFUSED = re.compile(r"(?:Value error, )?(?P<word>['\"].*['\"]) is not one of (?P<known>'.*')\.?", re.DOTALL)


class _Nearest(TyperGroup):
    """Commands that name the value which was most likely meant by a word that is none of those they list."""

    def invoke(self, ctx: typer.Context) -> object:  # type: ignore[override]  # the class above it is of a hidden module
        """Run the command, and say more of a value that it refuses."""
        try:
            return super().invoke(ctx)
        except typer.BadParameter as error:
            if refused := _REFUSED.fullmatch(error.message):
                from coe.text import nearest

                word, known = refused["word"], refused["known"]
                meant = nearest(word[1:-1], known.strip("'").split("', '"))
                error.message = f"{word} is not one of {known}." + (f" Did you mean '{meant}'?" if meant else "")
            raise


app = typer.Typer(
    name="coe",
    cls=_Nearest,
    help="Validate, lint and publish post-incident analyses (COEs) kept as Markdown in git.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def _options(
    version: bool = typer.Option(False, "--version", "-V", help="Show the version.", is_eager=True),
) -> None:
    if version:
        from coe import __version__

        typer.echo(f"coe {__version__}")
        raise typer.Exit


def complete(word: str = "") -> typer.Typer:
    """Return the command line with all its commands, or with no more than a run needs whose first word is a command."""
    name = _HELD_BY.get(word, word)
    for one in (name,) if name in COMMANDS else COMMANDS:
        import_module(f"coe.cli.{one}")
    return app


def run() -> None:
    """Run the command line and end the process with 0, 1 or 2."""
    # We have no plugins for pydantic: to look for some it would read the metadata of all that is installed.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    guarded(complete(*sys.argv[1:2]))
