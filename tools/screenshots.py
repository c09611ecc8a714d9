"""Take the pictures of `docs/images/`, and of every kind of page in every look, to be looked at, into `build/screenshots/`.

The site is read from `examples/site/` (`make site`), the report from a run of `coe check` on `tests/fixtures/flawed`.
"""

from __future__ import annotations

import argparse
import functools
import html
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sights import PRESENTER, SIGHTS, WEEK, Sight

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HOST = "127.0.0.1"
ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "examples" / "site"
IMAGES = ROOT / "docs" / "images"
COE = "2025-11-18-cloudflare-bot-management"
COLUMNS = 96
LINES = 36
REPORT = ("check", "tests/fixtures/flawed/coes/2026/2026-05-01-language.md", "--color", "always")
SHOTS = ROOT / "build" / "screenshots"
LOOKS: tuple[tuple[str, int, int, Any], ...] = (
    ("light", 1280, 900, "light"),
    ("dark", 1280, 900, "dark"),
    ("phone", 390, 844, "light"),
    ("projector", 1920, 1080, "light"),
)
TALLEST = 3600
"""Pixels of a page that a picture shows at most: a reader sees how it goes on, and no picture is a megabyte of tables."""
_ANSI = re.compile(r"\x1b\[([\d;]*)m")
_STYLES = {
    "1": "font-weight:700", "2": "opacity:.65", "31": "color:#ff7b72", "32": "color:#7ee787", "33": "color:#e3b341",
    "34": "color:#79c0ff", "36": "color:#76e3ea",
}  # fmt: skip
_TERMINAL = """<!doctype html><meta charset="utf-8"><style>
body { margin: 0; padding: 20px; background: #d8dee4; display: inline-block }
.window { background: #0d1117; color: #e6edf3; border-radius: 10px; padding: 14px 20px 18px; box-shadow: 0 4px 14px #0004 }
.bar { height: 22px }
.bar i { float: left; width: 12px; height: 12px; border-radius: 6px; margin-right: 8px; background: #484f58 }
pre { margin: 0; font: 14px/1.42 "DejaVu Sans Mono", "Liberation Mono", monospace }
</style><div class="window"><div class="bar"><i></i><i></i><i></i></div><pre>%s</pre></div>"""


class Quiet(SimpleHTTPRequestHandler):
    """Serve files without a line per request."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name of the base class)
        """Say nothing."""


def as_html(text: str) -> str:
    """Return the text of a terminal, with its styles, as HTML."""
    out, last, opened = [], 0, 0
    for match in _ANSI.finditer(text):
        out.append(html.escape(text[last : match.start()]))
        last = match.end()
        codes = [code for code in match[1].split(";") if code not in ("", "0")]
        if codes:
            out.append(f'<span style="{";".join(_STYLES[code] for code in codes)}">')
            opened += 1
        else:
            out.append("</span>" * opened)
            opened = 0
    return "".join(out) + html.escape(text[last:]) + "</span>" * opened


def report() -> str:
    """Return the command and the first findings that it prints, in colours, as a page."""
    done = subprocess.run(
        [sys.executable, "-m", "coe", *REPORT],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": str(COLUMNS)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 1:
        raise RuntimeError(f"coe check ended with {done.returncode}: {done.stderr}")
    lines = done.stdout.splitlines()
    cut = max((at for at, line in enumerate(lines[:LINES]) if not line.strip()), default=LINES)
    shown = "\n".join([*lines[:cut], "…", lines[-1]])
    return _TERMINAL % f"$ coe {REPORT[0]} {REPORT[1]}\n{as_html(shown)}"


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder while the block runs; the value is its address."""
    with ThreadingHTTPServer((HOST, 0), functools.partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://{HOST}:{server.server_address[1]}"
        finally:
            server.shutdown()


def chromium(playwright: Any) -> Browser:
    """Return a browser: the one of the system, else the one of playwright."""
    system = next((path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(path).exists()), None)
    arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    browser: Browser = playwright.chromium.launch(executable_path=system, args=arguments)
    return browser


def site_picture(browser: Browser, address: str, out: Path) -> Path:
    """Take the page of a COE, wide and light."""
    page = browser.new_page(viewport={"width": 1280, "height": 1720}, device_scale_factor=1.5, reduced_motion="reduce")
    page.goto(f"{address}/coes/{COE}/", wait_until="networkidle")
    file = out / "site.png"
    page.screenshot(path=file)
    page.close()
    return file


def sights(browser: Browser, address: str, out: Path, *, wanted: tuple[Sight, ...]) -> Iterator[Path]:
    """Take every kind of page in every look, and print its first sheet."""
    for look, width, height, scheme in LOOKS:
        (out / look).mkdir(parents=True, exist_ok=True)
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce")
        page = context.new_page()
        for sight in wanted:
            page.goto("about:blank")
            page.goto(f"{address}/{sight.address}", wait_until="load")
            sight.prepare(page)
            page.evaluate("document.fonts.ready.then(() => true)")
            page.screenshot(path=out / look / f"{sight.name}.png", **_shown(page, sight, look))
            yield out / look / f"{sight.name}.png"
            if look == "light":
                yield _printed(page, out / "print" / f"{sight.name}.pdf")
        context.close()


def _shown(page: Any, sight: Sight, look: str) -> dict[str, Any]:
    """Return what of a page its picture shows: what a projector or a dialog fills, else the page down to `TALLEST`."""
    if look == "projector" or sight.name in ("search", "presenter"):
        return {}
    size = page.viewport_size
    tall = page.evaluate("document.documentElement.scrollHeight")
    return {"full_page": True, "clip": {"x": 0, "y": 0, "width": size["width"], "height": min(tall, TALLEST)}}


def _printed(page: Any, file: Path) -> Path:
    """Print the first sheet of a page."""
    file.parent.mkdir(parents=True, exist_ok=True)
    page.pdf(path=file, format="A4", page_ranges="1", prefer_css_page_size=True)
    return file


def report_picture(browser: Browser, out: Path) -> Path:
    """Take the report."""
    page = browser.new_page(device_scale_factor=1.5)
    page.set_content(report())
    file = out / "report.png"
    page.locator("body").screenshot(path=file)
    return file


@contextmanager
def slides() -> Iterator[None]:
    """Have the slides of the week beside the start page of the site while the block runs."""
    file = SITE / PRESENTER
    command = [sys.executable, "-m", "coe", "digest", "examples", "--week", WEEK, "--format", "present", "--output", str(file)]
    subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True, stdout=subprocess.DEVNULL)
    try:
        yield
    finally:
        file.unlink(missing_ok=True)


def main() -> int:
    """Run the command line and return its exit code."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=IMAGES, help="folder for the two pictures of the documentation")
    parser.add_argument("--looks", type=Path, default=SHOTS, help="folder for the pictures of every kind of page")
    parser.add_argument("--only", action="append", help="a kind of page, such as `coe`; the documentation's are left alone")
    options = parser.parse_args()
    if not (SITE / "index.html").exists():
        print(f"error: {SITE} has no site: run `make site`", file=sys.stderr)
        return 1
    wanted = tuple(sight for sight in SIGHTS if not options.only or sight.name in options.only)
    with sync_playwright() as playwright, served(SITE) as address, slides():
        browser = chromium(playwright)
        taken = [] if options.only else [report_picture(browser, options.out), site_picture(browser, address, options.out)]
        looks = list(sights(browser, address, options.looks, wanted=wanted))
        browser.close()
    for file in taken:
        print(f"{file} {file.stat().st_size // 1000} KB")
    print(f"{options.looks}: {len(looks)} pictures and sheets of {len(wanted)} kinds of pages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
