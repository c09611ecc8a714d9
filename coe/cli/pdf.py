"""The presenter as a PDF, printed by a browser that is there: the hand-out for those who want a file."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from coe.errors import CoeError

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
_SECONDS = 120
_MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"


def printed(page: str) -> bytes:
    """Return a page that stands alone as a PDF. A browser writes the time into it, so its bytes differ from run to run.

    Errors: `CoeError` when no browser is there, or it does not print.
    """
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), _MAC if Path(_MAC).exists() else None)
    if browser is None:
        raise CoeError(
            "no Chromium or Chrome was found that could print", "Write --format present and print the page from any browser."
        )
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "page.html"), Path(folder, "page.pdf")
        source.write_text(page, encoding="utf-8")
        try:
            run = subprocess.run(_command(browser, source, target, folder), capture_output=True, timeout=_SECONDS, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise CoeError(f"{browser} does not print: {error}", "Write --format present and print the page.") from error
        if run.returncode or not target.is_file():
            said = run.stderr.decode("utf-8", "replace").strip().splitlines()
            raise CoeError(f"{browser} did not print: {said[-1] if said else 'no reason given'}", "Write --format present.")
        return target.read_bytes()


def _command(browser: str, source: Path, target: Path, profile: str) -> list[str]:
    """Return the command. The page asks nobody for anything, and the browser is told to stay away from the network too."""
    quiet = ["--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update"]
    # The sandbox of Chromium refuses to run for the superuser, as in a container of a CI system.
    alone = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    into = [f"--user-data-dir={profile}/profile", "--no-pdf-header-footer", f"--print-to-pdf={target}"]
    return [browser, *quiet, *alone, *into, source.as_uri()]
