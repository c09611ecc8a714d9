"""`coe config show`."""

from __future__ import annotations

import enum
import sys
from pathlib import Path
from typing import Annotated

import typer

from coe.cli import app
from coe.errors import CoeError

config_app = typer.Typer(help="Look at the configuration.", no_args_is_help=True)
app.add_typer(config_app, name="config")


class ConfigFormat(enum.StrEnum):
    """Formats of the configuration."""

    toml = "toml"
    json = "json"


@config_app.callback()
def _options() -> None:
    """Look at the configuration."""


@config_app.command("show")
def show_command(
    path: Annotated[Path, typer.Argument(help="The repository, or a path in it.", show_default="this one")] = Path(),
    output_format: Annotated[ConfigFormat, typer.Option("--format", "-f", help="Format of the list.")] = ConfigFormat.toml,
) -> None:
    """Print the configuration in effect, and where each value comes from; what is printed is a coe.toml itself."""
    from coe.cli.settings import require_known_words
    from coe.config import find
    from coe.effective import as_json, as_toml, effective

    if not path.exists():
        raise CoeError(f"{path} does not exist", "Give the folder of a repository of COEs.")
    repository = find(path)
    require_known_words(repository)
    shown = effective(repository)
    sys.stdout.write(as_json(shown) if output_format is ConfigFormat.json else as_toml(shown))
