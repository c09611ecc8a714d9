"""`coe serve`: a save is shown, a broken save keeps the last good site."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from coe.cli.serve import _follow
from coe.errors import CoeError
from tests.site.conftest import ROOT, coe, coe_text, write

WAIT = 60
"""How long a test waits for what must come. Unit: seconds."""


class Server:
    """A running `coe serve`, or another command that goes on, and what it says."""

    def __init__(self, folder: Path, *words: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-u", "-m", "coe", *(words or ("serve", "--port", str(self.port)))],
            cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        self.lines: list[str] = []
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stdout
        with self.process.stdout as said:
            self.lines.extend(iter(said.readline, ""))

    def says(self, words: str, times: int = 1) -> None:
        """Wait until it has said some words so many times."""
        self._until(lambda: "".join(self.lines).count(words) >= times, words)

    def shows(self, page: str, words: str) -> None:
        """Wait until a page holds some words."""
        self._until(lambda: words in self.page(page), words)

    def page(self, path: str) -> str:
        """Return a page; empty while the server does not answer."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/{path}", timeout=WAIT) as answer:
                return str(answer.read().decode("utf-8"))
        except urllib.error.HTTPError as error:
            error.close()  # It is an answer too, and holds a connection.
            return ""
        except (urllib.error.URLError, ConnectionError):
            return ""

    def _until(self, holds: object, words: str) -> None:
        end = time.monotonic() + WAIT
        while not holds():  # type: ignore[operator]
            assert self.process.poll() is None, "".join(self.lines)
            assert time.monotonic() < end, f"no {words!r}: {''.join(self.lines)}"
            time.sleep(0.05)


@pytest.fixture
def server(small: Path) -> Iterator[Server]:
    running = Server(small)
    yield running
    if running.process.poll() is None:
        running.process.send_signal(signal.SIGINT)
    running.process.wait(WAIT)
    running.reader.join(WAIT)


def test_a_save_is_shown_and_a_broken_save_keeps_the_last_good_site(small: Path, server: Server) -> None:
    tenet = small / "tenets/static-stability.md"
    text = tenet.read_text()
    server.says("serving http://127.0.0.1:")
    server.shows("tenets/static-stability/", "Static stability")
    tenet.write_text(text.replace("title: Static stability", "title: Zebra stability"))
    server.shows("tenets/static-stability/", "Zebra stability")
    tenet.write_text(text.replace("title: Static stability", "titel: Broken"))
    server.says("error[unknown-key]")
    assert "Zebra stability" in server.page("tenets/static-stability/")
    (small / "coe.toml").write_text("[sit]\n")
    server.says("unknown key `sit`")
    (small / "coe.toml").write_text("")
    tenet.write_text(text)
    server.shows("tenets/static-stability/", "Static stability")
    server.process.send_signal(signal.SIGINT)
    assert server.process.wait(WAIT) == 0
    assert "Traceback" not in "".join(server.lines)


def test_a_save_is_shown_while_another_coe_has_a_flaw(small: Path, server: Server) -> None:
    names = ("2026-07-14-pool", "2026-07-15-queue")
    one, other = (small / f"coes/2026/{name}.md" for name in names)
    more = f"related: [{{id: {names[0]}, type: related}}]\n"
    other.write_text(coe_text(names[1], more=more, body="The first words."))
    server.says("serving http://127.0.0.1:")
    server.shows(f"coes/{names[1]}/", "The first words")
    one.write_text(coe_text().replace("title:", "titel:"))
    server.says("error[unknown-key]")
    other.write_text(coe_text(names[1], more=more, body="Other words."))
    server.shows(f"coes/{names[1]}/", "Other words")


def test_what_some_pages_cannot_be_made_of_is_left_to_the_whole_site() -> None:
    class Desk:
        def some(self, changed: frozenset[Path]) -> bool:
            raise CoeError(f"{min(changed)} was changed while it was looked at")

        def whole(self) -> bool:
            return True

    reloaded: list[bool] = []
    _follow(Desk(), frozenset({Path("a.md")}), lambda: reloaded.append(True))  # type: ignore[arg-type]
    assert reloaded == [True]


def test_settings_that_cannot_be_read_keep_the_last_good_site(small: Path, server: Server) -> None:
    server.says("serving http://127.0.0.1:")
    (small / "mkdocs.yml").write_text("site_name: [\n")
    server.says("mkdocs.yml:2: not valid YAML")
    assert "Static stability" in server.page("tenets/static-stability/")
    (small / "mkdocs.yml").write_text("site_name: Zebras\ndocs_dir: pages\n")
    server.says("pages is not a folder")
    write(small, {"pages/own.md": "# Own page\n\nFirst words.\n"})
    server.shows("own/", "First words")
    (small / "pages/own.md").write_text("# Own page\n\nOther words.\n")
    server.shows("own/", "Other words")
    assert "Zebras" in server.page("tenets/static-stability/")


def test_a_watched_build_goes_on_after_what_is_mended_wherever_it_was_started(small: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (small / "mkdocs.yml").write_text("site_name: [\n")
    running = Server(elsewhere, "build", str(small), "--watch")
    try:
        running.says("watching", 1)
        running.says("mkdocs.yml:2: not valid YAML")
        (small / "mkdocs.yml").write_text("site_name: Zebras\n")
        running.says("watching", 2)
        running.says("1 COE, ")
        (small / "coe.toml").write_text("[sit]\n")
        running.says("unknown key `sit`")
        running.says("watching", 3)
        (small / "coe.toml").write_text("")
        running.says("1 COE, ", 2)
    finally:
        running.process.send_signal(signal.SIGINT)
        assert running.process.wait(WAIT) == 0
        running.reader.join(WAIT)


def test_a_port_that_is_taken_is_said(small: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        run = coe("serve", "--port", str(taken.getsockname()[1]), cwd=small)
    assert run.returncode == 2
    assert "cannot serve on 127.0.0.1" in run.stderr
    assert "Traceback" not in run.stderr


def test_a_flaw_at_the_start_is_reported_and_nothing_is_served(small: Path) -> None:
    (small / "tenets/static-stability.md").write_text("---\nid: static-stability\n---\n")
    run = coe("serve", cwd=small)
    assert run.returncode == 1
    assert "missing-field" in run.stdout
