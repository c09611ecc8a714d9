"""Take the pictures of `docs/images/`: pages of the built example site, and a report as a terminal shows it.

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
PAGES = (("site", COE), ("index", None), ("review", "2025-W47"))
LOOKS: tuple[tuple[str, int, int, Any], ...] = (
    ("", 1280, 1720, "light"),
    ("-dark", 1280, 1720, "dark"),
    ("-phone", 390, 844, "light"),
    ("-phone-dark", 390, 844, "dark"),
)
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


def site_pictures(browser: Browser, address: str, out: Path, *, every: bool) -> Iterator[Path]:
    """Take the page of a COE, wide and light; or every page of `PAGES` in every look of `LOOKS`."""
    for suffix, width, height, scheme in LOOKS if every else LOOKS[:1]:
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, device_scale_factor=1.5, reduced_motion="reduce"
        )
        page = context.new_page()
        for name, wanted in PAGES if every else PAGES[:1]:
            page.goto(f"{address}/{_folder(wanted)}", wait_until="networkidle")
            file = out / f"{name}{suffix}.png"
            page.screenshot(path=file)
            yield file
        context.close()


def report_picture(browser: Browser, out: Path) -> Path:
    """Take the report."""
    page = browser.new_page(device_scale_factor=1.5)
    page.set_content(report())
    file = out / "report.png"
    page.locator("body").screenshot(path=file)
    return file


def _folder(name: str | None) -> str:
    """Return where the site has a page, by the name of its last folder; the start page when there is none."""
    found = sorted(SITE.rglob(f"{name}/index.html" if name else "index.html"), key=lambda file: len(file.parts))
    if not found:
        raise RuntimeError(f"{SITE} has no page {name or 'index'}: run `make site`")
    folder = found[0].parent.relative_to(SITE).as_posix()
    return "" if folder == "." else f"{folder}/"


def main() -> int:
    """Run the command line and return its exit code."""
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=IMAGES, help="folder for the pictures")
    parser.add_argument("--all", action="store_true", help="also dark, phone, index and review, to be looked at")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    try:
        with sync_playwright() as playwright:
            browser = chromium(playwright)
            made = [report_picture(browser, options.out)]
            with served(SITE) as address:
                made += site_pictures(browser, address, options.out, every=options.all)
            browser.close()
    except RuntimeError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    for file in made:
        print(f"{file} {file.stat().st_size // 1000} KB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
