"""Take two more pictures of `docs/images/`: the explorer of the built example site, and a slide of the presenter."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from screenshots import IMAGES, ROOT, SITE, chromium, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PRESENT = ("digest", "examples", "--week", "2025-W47", "--format", "present", "--output")
SLIDES = 4
"""How many slides to go on: to causes and learnings of the COE in the spotlight."""


def taken(browser: Browser, address: str, file: Path, *, height: int, forward: int = 0) -> Path:
    """Take what a window of this height shows of a page, after going some slides on."""
    page = browser.new_page(viewport={"width": 1280, "height": height}, device_scale_factor=1.5, reduced_motion="reduce")
    page.goto(address, wait_until="networkidle")
    for _ in range(forward):
        page.keyboard.press("ArrowRight")
    page.screenshot(path=file)
    page.close()
    return file


def main() -> int:
    """Run the command line and return its exit code."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=IMAGES, help="folder for the pictures")
    out = parser.parse_args().out
    if not (SITE / "index.html").exists():
        print(f"error: {SITE} has no site: run `make site`", file=sys.stderr)
        return 1
    with sync_playwright() as playwright, served(SITE) as address, tempfile.TemporaryDirectory() as folder:
        slides = Path(folder) / "review.html"
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        subprocess.run([sys.executable, "-m", "coe", *PRESENT, str(slides)], cwd=ROOT, env=environment, check=True)
        browser = chromium(playwright)
        made = [
            taken(browser, f"{address}/coes/", out / "explorer.png", height=880),
            taken(browser, slides.as_uri(), out / "presenter.png", height=720, forward=SLIDES),
        ]
        browser.close()
    for file in made:
        print(f"{file} {file.stat().st_size // 1000} KB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
