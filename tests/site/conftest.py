"""Small repositories, built sites and a browser for the tests of the site."""

from __future__ import annotations

import functools
import http.server
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = next(
    (path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome") if Path(path).exists()), None
)
ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
AS_OF = "2025-11-22"

http.server.ThreadingHTTPServer.request_queue_size = 128
"""A browser opens many connections at once; those that find the queue full are reset, which is no fault of a page."""

_LINE = re.compile(r"net::ERR_(SOCKET_NOT_CONNECTED|CONNECTION_RESET)")


def is_fault(message: Any) -> bool:
    """Say whether a line of the browser's console tells of a fault of the page, and not of a connection that broke."""
    return message.type == "error" and not _LINE.search(message.text)


CATALOG = """\
teams: [{id: payments, name: Payments}]
services: [{id: checkout, name: Checkout, team: payments, description: Turns a cart into an order.}]
roles: [{id: review-facilitator, name: Review facilitator}, {id: on-call-engineer, name: On-call engineer}]
people: [{names: [Example Person], handles: [secret-handle], emails: [someone@example.com]}]
"""
COE = """\
---
id: {id}
title: {title}
kind: incident
status: {status}
severity: SEV2
visibility: {visibility}
owner_team: payments
services: [{{id: checkout, relation: origin}}]
impact:
  windows: [{{id: I1, start: 2026-07-14T13:57:40Z, end: 2026-07-14T14:29:00Z}}]
{more}---

{body}
"""
TENET = """\
---
id: static-stability
title: Static stability
status: adopted
statement: Keep working when a dependency is impaired.
rationale: Control planes are more complex than data planes.
---

More words on it.
"""
PROGRAM = """\
---
id: retry-budgets
title: Retry budgets in all clients
status: active
lever: centralized_change
sponsor_team: payments
tenets: [static-stability]
adoption: [{service: checkout, status: in_progress, evidence: "https://example.com/a and more."}]
done_when: Every client has one.
---
"""
MINUTES = """\
---
week: 2026-W30
date: 2026-07-24
facilitator: role:review-facilitator
reviewed: [{coe: 2026-07-14-pool, outcome: accepted, notes: The bound is worth a program.}]
decisions: [{id: D1, text: Retry budgets become a program., program: retry-budgets}]
action_items:
  - {id: A1, title: Write the tenet, type: process, status: open, owner_team: payments, due: 2026-08-01}
---
"""


def coe_text(name: str = "2026-07-14-pool", **given: str) -> str:
    """Return the text of a small COE."""
    values = {
        "title": "Checkout errors in Europe", "status": "draft", "visibility": "internal", "more": "",
        "body": "## What happened\n\nThe pool ran out.",
    } | given  # fmt: skip
    return COE.format(id=name, **values)


def write(folder: Path, files: dict[str, str]) -> Path:
    """Write a repository of some files and return its folder."""
    for name, text in {"coe.toml": "", **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def small_files(**given: str) -> dict[str, str]:
    """Return the files of a small repository with one of everything."""
    return {
        "catalog.yaml": CATALOG,
        "coes/2026/2026-07-14-pool.md": coe_text(**given),
        "tenets/static-stability.md": TENET,
        "programs/retry-budgets.md": PROGRAM,
        "reviews/2026-W30.md": MINUTES,
    }


def written_out(content: Any) -> dict[str, str]:
    """Return the text of everything that a site is made of, by path below `docs/`: pages whole, files decoded."""
    from coe.site.page import Due, DueFile, File

    found: dict[str, str] = {}
    for one in content.made:
        if isinstance(one, File):
            found[f"docs/{one.path}"] = one.data.decode("utf-8", "replace")
        elif isinstance(one, DueFile):
            found[f"docs/{one.path}"] = one.make(content.site.questions).decode("utf-8", "replace")
        else:
            found[f"docs/{one.path}"] = (one.make(content.site.questions) if isinstance(one, Due) else one).text
    return found


def coe(*arguments: str, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """Run the command `coe` in a folder."""
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "coe", *arguments],
        cwd=cwd, capture_output=True, text=True, encoding="utf-8", check=False, timeout=120,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **env},
    )  # fmt: skip


@pytest.fixture(scope="session")
def build_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Return a function that makes a repository and builds its site, once for all workers of a parallel run."""
    shared = tmp_path_factory.getbasetemp()
    shared = shared.parent if os.environ.get("PYTEST_XDIST_WORKER") else shared

    def once(name: str, make: Callable[[Path], None], *arguments: str) -> Path:
        folder, lock, done = shared / name, shared / f"{name}.lock", shared / f"{name}.done"
        try:
            lock.mkdir()
        except FileExistsError:
            for _ in range(600):
                if done.exists():
                    return folder
                time.sleep(0.1)
            raise AssertionError(f"the worker that builds {name} did not finish") from None
        make(folder)
        run = coe("build", "--as-of", AS_OF, *arguments, cwd=folder)
        assert run.returncode == 0, run.stdout + run.stderr
        done.touch()
        return folder

    return once


@pytest.fixture(scope="session")
def examples(build_once: Callable[[str, Callable[[Path], None]], Path]) -> Path:
    """Return a copy of the examples with their site built."""
    leave = shutil.ignore_patterns("site", ".coe", ".site*")
    return build_once("examples", lambda folder: shutil.copytree(ROOT / "examples", folder, ignore=leave) and None)


@pytest.fixture(scope="session")
def zensical_examples(build_once: Callable[..., Path]) -> Path:
    """Return a copy of the examples with their site built by the second engine."""
    pytest.importorskip("zensical", reason="zensical is not installed")
    leave = shutil.ignore_patterns("site", ".coe", ".site*")
    copy = functools.partial(shutil.copytree, ROOT / "examples", ignore=leave)
    return build_once("examples-zensical", lambda folder: copy(folder) and None, "--engine", "zensical")


@pytest.fixture(scope="session")
def hostile_site(build_once: Callable[[str, Callable[[Path], None]], Path]) -> Path:
    """Return the site of a repository in which every text attacks."""
    from tests.site.hostile import hostile

    return build_once("hostile", hostile) / "site"


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Return a small repository with one of everything."""
    return write(tmp_path / "small", small_files())


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Return headless Chromium; in CI a missing one is a failure, elsewhere the tests are skipped."""
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is not installed, and CI must drive the site in it")
        pytest.skip("Chromium is not installed")
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """Return a page that remembers what went wrong and what it asked for."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    opened.wrong, opened.asked = [], []
    opened.on("pageerror", lambda error: opened.wrong.append(str(error)))
    opened.on("console", lambda message: is_fault(message) and opened.wrong.append(message.text))
    opened.on("request", lambda request: opened.asked.append(request.url))
    yield opened
    context.close()


@pytest.fixture
def serve() -> Iterator[Callable[[Path], str]]:
    """Return a function that serves a folder under a sub-path and returns the address of its first page."""
    servers: list[http.server.ThreadingHTTPServer] = []

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

    def start(site: Path) -> str:
        handler = functools.partial(Quiet, directory=str(site.parent))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/{site.name}/"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def strict(tmp_path: Path) -> Iterator[Callable[[Path], str]]:
    """Return a function that serves a site with the very policy that was written for it, below a path or as a whole host."""
    servers: list[http.server.ThreadingHTTPServer] = []

    def start(site: Path, *, is_host: bool = False) -> str:
        policy = (site / "csp.txt").read_text("utf-8").strip()

        class Handler(http.server.SimpleHTTPRequestHandler):
            def end_headers(self) -> None:
                self.send_header("Content-Security-Policy", policy)
                super().end_headers()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        handler = functools.partial(Handler, directory=str(site if is_host else site.parent))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/" if is_host else f"http://127.0.0.1:{server.server_port}/{site.name}/"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()
