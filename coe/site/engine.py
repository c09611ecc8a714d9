"""The staged tree → the site: the only place that knows mkdocs."""

from __future__ import annotations

import importlib.util
import logging
import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from coe.errors import CoeError

MARKER = ".coe-site"
"""An empty file that says: this folder was written by a build and may be replaced by the next one."""


def require() -> None:
    """Do nothing when the site engine is installed.

    Errors: `CoeError` saying what to install.
    """
    if any(importlib.util.find_spec(name) is None for name in ("mkdocs", "material")):
        raise CoeError("the site needs mkdocs-material", "pip install 'coekit[site]'")


class _Collected(logging.Handler):
    """Keeps what the engine warns of, each once, in order."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: dict[str, None] = {}

    def emit(self, record: logging.LogRecord) -> None:
        self.said[record.getMessage()] = None


def build(settings: Path, output: Path, *, last: Callable[[Path], Iterable[str]] = lambda _: ()) -> tuple[str, ...]:
    """Return what the engine warned of; `output` then holds the site of a staged mkdocs.yml, whole or not at all.

    `last` is done to the folder before it becomes the site; what it returns is told too.

    Errors: `CoeError` when the engine refuses, or when `output` holds files that no build wrote.
    """
    require()
    check_output(output)
    output.parent.mkdir(parents=True, exist_ok=True)
    fresh = output.with_name(f".{output.name}.new")
    try:
        shutil.rmtree(fresh, ignore_errors=True)
        said = (*_run(settings, fresh), *last(fresh))
        (fresh / MARKER).touch()
        _swap(fresh, output)
    except OSError as error:
        raise CoeError(f"cannot write {output}: {error.strerror}", "Check its permissions and the space left.") from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return said


def check_output(output: Path) -> None:
    """Do nothing when a folder may become the site.

    Errors: `CoeError` when it holds files that no build wrote: a build must not delete them.
    """
    if output.is_dir() and any(output.iterdir()) and not (output / MARKER).is_file():
        raise CoeError(f"{output} holds files that no build wrote", "Give another --output, or empty the folder.")
    if output.exists() and not output.is_dir():
        raise CoeError(f"{output} is a file", "Give a folder to --output.")


def _swap(fresh: Path, output: Path) -> None:
    """Put a folder in the place of another, so that a reader meets the old or the new one."""
    old = output.with_name(f".{output.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if output.is_dir():
        output.rename(old)
    fresh.rename(output)
    shutil.rmtree(old, ignore_errors=True)


def _run(settings: Path, output: Path) -> tuple[str, ...]:
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
        told = "\n".join(f"  - {line}" for line in list(collected.said)[:20])
        raise CoeError(f"the site engine stopped: {error}\n{told}".rstrip(), "See mkdocs.yml and the pages named.") from error
    finally:
        log.removeHandler(collected)
        log.propagate = propagate
    return tuple(collected.said)


def serve(
    site: Path, *, rebuild: Callable[[], None], watch: Iterable[Path], host: str, port: int, say: Callable[[str], None]
) -> None:
    """Serve a built site until interrupted; on every change below the watched paths, rebuild and reload the browsers.

    `rebuild` must not raise: the server would wait for a good build before it answers again.

    Errors: `CoeError` when the address cannot be served.
    """
    require()
    from mkdocs.livereload import LiveReloadServer

    server = LiveReloadServer(builder=rebuild, host=host, port=port, root=str(site))
    server.error_handler = lambda code: (site / "404.html").read_bytes() if code == 404 else None
    for path in watch:
        server.watch(str(path), recursive=path.is_dir())
    say(f"serving {server.url}  (Ctrl+C ends it)")
    try:
        server.serve()  # type: ignore[no-untyped-call]
    except KeyboardInterrupt:
        say("stopped")
    except OSError as error:
        raise CoeError(f"cannot serve on {host}:{port}: {error.strerror}", "Give another --port.") from error
    finally:
        server.shutdown()
