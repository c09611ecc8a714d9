"""Measure the explorer and the search box of a built site in Chromium: bytes on the wire, and time to the first result.

    python benchmarks/site/search.py SITE [QUERY]

The server compresses as web servers do. Bytes are those of bodies; the time is that of the browser, and holds on a quiet
machine only.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import http.server
import threading
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
TEXTS = {".html", ".css", ".js", ".json", ".svg", ".xml", ".txt"}
CHROMIUM, QUERY = "/usr/bin/chromium", "heap"
FULL = r"(text) => /in the full text/.test(text)"


class Compressing(http.server.SimpleHTTPRequestHandler):
    """Serves a folder, texts compressed, and adds up what it sends by address."""

    sent: dict[str, int]

    def do_GET(self) -> None:
        """Answer with a file."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        data = path.read_bytes()
        packed = path.suffix in TEXTS
        data = gzip.compress(data, 6) if packed else data
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Length", str(len(data)))
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(data)
        self.sent[self.path.split("?")[0]] = len(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def fresh(browser: Browser, sent: dict[str, int]) -> Page:
    """Return a page of a browser that knows nothing yet."""
    sent.clear()
    return browser.new_context(viewport={"width": 1280, "height": 900}).new_page()


def explorer(page: Page, base: str, sent: dict[str, int]) -> dict[str, float]:
    """Return what the explorer takes until it can be used, and how long a choice takes then."""
    page.goto(f"{base}coes/")
    page.wait_for_selector(".coe-explorer--on")
    ready = page.evaluate("performance.now()")
    packed = sent.get(next(name for name in sent if name.endswith("assets/coes.js")), 0)
    whole = sum(size for name, size in sent.items() if not name.endswith("coes-text.js"))
    page.wait_for_timeout(1500)
    choice = page.evaluate(
        """() => { const box = document.querySelector('.coe-facet input'); const start = performance.now(); box.click();
        return performance.now() - start }"""
    )
    page.wait_for_function("() => performance.getEntriesByType('resource').some(one => one.name.endsWith('coes-text.js'))")
    texts = next(size for name, size in sent.items() if name.endswith("coes-text.js"))
    typed = page.evaluate(
        """() => { const box = document.querySelector('.coe-explorer__text'), start = performance.now();
        box.value = 'thread pool'; box.dispatchEvent(new Event('input')); return performance.now() - start }"""
    )
    return {
        "explorer ready, ms": ready, "explorer, KB with the page": whole / 1000, "index, KB": packed / 1000,
        "texts, KB": texts / 1000, "choice, ms": choice, "words, ms": typed,
    }  # fmt: skip


def search(page: Page, base: str, query: str, sent: dict[str, int]) -> dict[str, float]:
    """Return what the search box takes to its first results, in both layers, on a page that is loaded."""
    page.goto(base)
    page.wait_for_load_state("networkidle")
    sent.clear()
    page.keyboard.press("/")
    page.keyboard.insert_text(query)
    start = page.evaluate("performance.now()")
    page.wait_for_selector(".coe-hit")
    first = page.evaluate("performance.now()") - start
    page.wait_for_function(f"() => ({FULL})(document.querySelector('.coe-search__status').textContent)")
    whole = page.evaluate("performance.now()") - start
    parts = {name: size for name, size in sent.items() if "/pagefind/" in name}
    index = next((size for name, size in sent.items() if name.endswith("assets/coes.js")), 0)
    return {
        "first result by facts, ms": first, "first full-text result, ms": whole,
        "full text, KB": sum(parts.values()) / 1000, "full text, requests": len(parts),
        "full text and index, KB": (sum(parts.values()) + index) / 1000,
    }  # fmt: skip


def figures(site: Path, query: str, chromium: str = CHROMIUM) -> dict[str, float]:
    """Return the figures of one site: milliseconds, KB, requests and megabytes, each named with its unit."""
    sent: dict[str, int] = {}
    handler = type("Handler", (Compressing,), {"sent": sent})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=str(site.parent)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}/{site.name}/"
    try:
        with sync_playwright() as api:
            browser = api.chromium.launch(executable_path=chromium, args=ARGUMENTS)
            found = explorer(fresh(browser, sent), base, sent) | search(fresh(browser, sent), base, query, sent)
            browser.close()
    finally:
        server.shutdown()
    bundle = [path.stat().st_size for path in (site / "pagefind").rglob("*") if path.is_file()]
    return found | {"full-text index on disk, MB": sum(bundle) / 1e6}


def main() -> None:
    """Print the figures of one site."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("site", type=Path)
    options.add_argument("query", nargs="?", default=QUERY)
    options.add_argument("--chromium", default=CHROMIUM)
    given = options.parse_args()
    for name, value in figures(given.site.resolve(), given.query, given.chromium).items():
        print(f"{name:34} {value:10,.1f}")


if __name__ == "__main__":
    main()
