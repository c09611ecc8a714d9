"""A built site, served on this machine; the browsers that show it load a page again when it was built anew."""

from __future__ import annotations

import functools
import http.server
import os
import threading
import time
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from types import TracebackType
from urllib.parse import urlsplit

from coe.errors import CoeError

_LIVE = "/-coe-live"
_SCRIPT = b"""\
(() => {
  const ask = async () => {
    try {
      const answer = await fetch("/-coe-live/" + epoch, { cache: "no-store" });
      if (answer.ok && (await answer.text()) !== epoch) return location.reload();
    } catch {
      await new Promise((done) => setTimeout(done, 1000));
    }
    ask();
  };
  const epoch = document.currentScript.dataset.epoch;
  ask();
})();
"""
_HOLD = 25.0
_AGAIN = 0.05
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


class Server:
    """A server of one folder. It runs in threads of its own from entering to leaving its block."""

    def __init__(self, folder: Path, host: str, port: int) -> None:
        self.folder = folder
        self.names = _LOCAL if host in _LOCAL else frozenset[str]()
        self._epoch, self._changed = time.time_ns(), threading.Condition()
        try:
            self._http = _Http((host, port), functools.partial(_Handler, self, directory=str(folder)))
        except OSError as error:
            raise CoeError(f"cannot serve on {host}:{port}: {error.strerror}", "Give another --port.") from error
        shown = f"[{host}]" if ":" in host else host
        self.url = f"http://{shown}:{self._http.server_port}/"

    def reload(self) -> None:
        """Let all browsers load their page again."""
        with self._changed:
            self._epoch += 1
            self._changed.notify_all()

    def epoch(self, seen: str = "") -> str:
        """Return the name of the present state of the site; one that is asked for by itself is waited past for a while."""
        with self._changed:
            if seen == str(self._epoch):
                self._changed.wait(_HOLD)
            return str(self._epoch)

    def __enter__(self) -> Server:
        threading.Thread(target=self._http.serve_forever, args=(0.1,), daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._http.shutdown()
        self._http.server_close()


class _Http(http.server.ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = os.name == "posix"  # on Windows it would let two servers take one port

    def __init__(self, address: tuple[str, int], handler: functools.partial[_Handler]) -> None:
        if ":" in address[0]:
            import socket

            self.address_family = socket.AF_INET6
        super().__init__(address, handler)

    def handle_error(self, *_: object) -> None:
        """Say nothing of a browser that went away."""


class _Handler(http.server.SimpleHTTPRequestHandler):
    def __init__(self, site: Server, *args: object, directory: str) -> None:
        self._site = site
        super().__init__(*args, directory=directory)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Answer with a file, or with what lets a page load again."""
        self._answer(super().do_GET)

    def do_HEAD(self) -> None:
        """Answer as to GET, without what would follow."""
        self._answer(super().do_HEAD)

    def _answer(self, with_a_file: Callable[[], None]) -> None:
        place = self._place()
        # A page elsewhere must not read the site under a name of its own that leads here.
        if self._site.names and self._host() not in self._site.names:
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
        elif place is None:
            self.send_error(HTTPStatus.NOT_FOUND)
        elif self.path == f"{_LIVE}.js":
            self._send(_SCRIPT, "text/javascript")
        elif self.path.startswith(f"{_LIVE}/"):
            seen = self.path.rpartition("/")[2] if self.command == "GET" else ""
            self._send(self._site.epoch(seen).encode("ascii"), "text/plain")
        elif (page := self._page(place)) is not None:
            self._send(page, "text/html; charset=utf-8")
        else:
            with_a_file()

    def _host(self) -> str | None:
        try:
            return urlsplit(f"//{self.headers.get('Host', '')}").hostname
        except ValueError:  # such as `[`
            return None

    def _place(self) -> Path | None:
        """Return the file or folder that a request names; absent for what can name none, such as `%00`."""
        try:
            is_folder = urlsplit(self.path).path.endswith("/")
            place = Path(self.translate_path(self.path))
            os.fsencode(place)
        except ValueError:
            return None
        if "\0" in str(place):
            return None
        return place / "index.html" if is_folder else place

    def _page(self, place: Path) -> bytes | None:
        """Return a page with the script that loads it again; absent when it is no page."""
        if place.suffix != ".html":
            return None
        epoch = self._site.epoch()
        for again in (True, False):
            try:
                data = place.read_bytes()
            except OSError:
                if again:  # the moment between the old folder and the new one
                    time.sleep(_AGAIN)
                continue
            head, mark, tail = data.rpartition(b"</body>")
            script = f'<script src="{_LIVE}.js" data-epoch="{epoch}"></script>'.encode("ascii")
            return head + script + mark + tail if mark else data
        return None

    def _send(self, data: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def list_directory(self, path: object) -> None:  # noqa: ARG002 (the name is the library's)
        """Show no listing of a folder."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer with the page for what is not there, as a web server would be set to."""
        try:
            page = (self._site.folder / "404.html").read_bytes() if code == HTTPStatus.NOT_FOUND else None
        except OSError:
            page = None
        if page is None:
            super().send_error(code, message, explain)
        else:
            self._send(page, "text/html; charset=utf-8", HTTPStatus.NOT_FOUND)

    def log_message(self, *_: object) -> None:
        """Say nothing."""
