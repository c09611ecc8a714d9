"""The server of a built site: what it answers to requests that no browser of a reader sends."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from coe.site.server import Server

SECRET = "not of the site"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("served")
    site = folder / "site"
    (site / "coes").mkdir(parents=True)
    (site / "index.html").write_text("<body>first page</body>")
    (site / "404.html").write_text("<body>nothing here</body>")
    (site / "data.json").write_text("{}")
    (folder / "secret.html").write_text(SECRET)
    with Server(site, "127.0.0.1", 0) as running:
        yield running


def answer(server: Server, target: str, method: str = "GET", host: str = "localhost", more: str = "") -> tuple[int, str, str]:
    """Return the status, the head and the body that a request gets; a connection that is dropped fails the test."""
    port = int(server.url.rstrip("/").rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=20) as wire:
        wire.sendall(f"{method} {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{more}\r\n".encode("latin-1"))
        data = b""
        while part := wire.recv(65536):
            data += part
    head, _, body = data.decode("utf-8", "replace").partition("\r\n\r\n")
    assert head.startswith("HTTP/"), f"no answer to {method} {target[:60]}"
    return int(head.split()[1]), head, body


@pytest.mark.parametrize(
    "target",
    [
        "/%00", "/a%00.html", "/%ff%fe.html", "/%ed%a0%80", "/coes/%c3%28/", "/coes/", "/..%2fsecret.html", "/../secret.html",
        "/%2e%2e/secret.html", "/%2e%2e%2fsecret.html", "/..%5csecret.html", "//secret.html", "///..//secret.html",
        "/" + "a" * 5000, "/" + "a/" * 3000, "http://[/x", "/?" + "q" * 9000, "*",
    ],
)  # fmt: skip
def test_what_names_no_page_gets_the_page_for_that(server: Server, target: str) -> None:
    wanted = (200, "first page") if target.startswith("/?") else (404, "nothing here")
    status, _, body = answer(server, target)
    assert (status, wanted[1] in body) == (wanted[0], True)
    assert SECRET not in body


def test_an_address_without_end_is_refused(server: Server) -> None:
    assert answer(server, "/" + "a" * 70000)[0] == 414


@pytest.mark.parametrize("target", ["/", "/data.json", "/nothing", "/%00", "/-coe-live.js", "/-coe-live/1"])
def test_head_says_what_get_would_say_and_sends_no_more(server: Server, target: str) -> None:
    status, head, body = answer(server, target, "HEAD")
    got, full, sent = answer(server, target)
    assert (status, body) == (got, "")
    assert f"Content-Length: {len(sent.encode())}" in head
    assert f"Content-Length: {len(sent.encode())}" in full


def test_a_part_may_be_asked_for_and_the_whole_is_sent(server: Server) -> None:
    assert answer(server, "/data.json", more="Range: bytes=1-\r\n")[::2] == (200, "{}")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "NONSENSE"])
def test_nothing_can_be_sent(server: Server, method: str) -> None:
    assert answer(server, "/", method)[0] == 501


@pytest.mark.parametrize("host", ["elsewhere.example", "[", "", "localhost.elsewhere.example", "127.0.0.1@elsewhere.example"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_another_name_of_this_machine_reads_nothing(server: Server, host: str, method: str) -> None:
    status, _, body = answer(server, "/", method, host)
    assert status == 421
    assert "first page" not in body
