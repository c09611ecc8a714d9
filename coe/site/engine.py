"""The staged tree → HTML: the only place that knows mkdocs and zensical."""

from __future__ import annotations

import importlib.util
import logging
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Literal

from coe.errors import CoeError

Engine = Literal["mkdocs", "zensical"]
_NEEDED = {"mkdocs": ("mkdocs", "material"), "zensical": ("zensical",)}
_PACKAGE = {"mkdocs": "mkdocs-material", "zensical": "zensical"}
_SHOWN = 20


def require(engine: Engine) -> None:
    """Do nothing when a site engine is installed.

    Errors: `CoeError` saying what to install.
    """
    if any(importlib.util.find_spec(name) is None for name in _NEEDED[engine]):
        remedy = "pip install 'coekit[site]'" if engine == "mkdocs" else "pip install zensical"
        raise CoeError(f"the site needs {_PACKAGE[engine]}", remedy)


def render(settings: Path, output: Path, *, engine: Engine) -> tuple[str, ...]:
    """Return what the engine warned of; `output` then holds what it made of a staged mkdocs.yml.

    Errors: `CoeError` when the engine refuses.
    """
    require(engine)
    shutil.rmtree(output, ignore_errors=True)
    return _mkdocs(settings, output) if engine == "mkdocs" else _zensical(settings)


def unknown_plugins(names: tuple[str, ...], *, engine: Engine) -> tuple[str, ...]:
    """Return the plugins that an engine would pass over in silence."""
    if engine == "mkdocs":
        return ()
    require(engine)
    from zensical import config

    known = getattr(config, "_PLUGIN_UNSUPPORTED_OPTIONS", None)
    if known is None:  # a later version may keep its list elsewhere: all are named then, rather than none
        return names
    return tuple(name for name in names if name.removeprefix("material/").split("/", 1)[0] not in known)


class _Collected(logging.Handler):
    """Keeps what the engine warns of, each once, in order."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: dict[str, None] = {}

    def emit(self, record: logging.LogRecord) -> None:
        self.said[record.getMessage()] = None


def _mkdocs(settings: Path, output: Path) -> tuple[str, ...]:
    # The theme prints a banner about versions that this package does not allow anyway.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.commands.build import build as run
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    log, collected = logging.getLogger("mkdocs"), _Collected()
    log.addHandler(collected)
    propagate, log.propagate = log.propagate, False
    try:
        config = load_config(str(settings), site_dir=str(output))
        config.plugins.on_startup(command="build", dirty=False)
        try:
            run(config)
        finally:
            config.plugins.on_shutdown()
    except (MkDocsException, SystemExit) as error:
        raise _stopped(str(error), list(collected.said)) from error
    finally:
        log.removeHandler(collected)
        log.propagate = propagate
    return tuple(collected.said)


def _zensical(settings: Path) -> tuple[str, ...]:
    """Run the engine as a process of its own: it writes to the terminal, and ends its process when it fails."""
    command = [sys.executable, "-m", "zensical", "build", "--clean", "--config-file", str(settings)]
    run = subprocess.run(command, cwd=settings.parent, capture_output=True, encoding="utf-8", errors="replace", check=False)
    lines = [line for line in (*run.stdout.splitlines(), *run.stderr.splitlines()) if line.strip()]
    if run.returncode:
        raise _stopped(f"zensical ended with {run.returncode}", lines)
    return tuple(line.strip() for line in lines if "warning" in line.lower())


def _stopped(reason: str, said: list[str]) -> CoeError:
    told = "\n".join(f"  - {line}" for line in said[:_SHOWN])
    return CoeError(f"the site engine stopped: {reason}\n{told}".rstrip(), "See mkdocs.yml and the pages named.")
