"""Say whether a port of this machine is free, and serve a folder there."""

from __future__ import annotations

import argparse
import functools
import http.server
import socket
import sys
from pathlib import Path

HOST = "127.0.0.1"


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serve files without a line per request."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name of the base class)
        """Say nothing."""


def is_free(port: int) -> bool:
    """Return whether a server can listen on a port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError):
            return False
    return True


def serve(folder: Path, port: int) -> None:
    """Serve a folder until Ctrl-C."""
    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer((HOST, port), handler) as server:
        print(f"\nThe site is at http://{HOST}:{port}/ (Ctrl-C ends it).", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("port", type=int)
    parser.add_argument("--serve", type=Path, metavar="FOLDER")
    options = parser.parse_args()
    if not is_free(options.port):
        print(f"error: port {options.port} of {HOST} is taken", file=sys.stderr)
        print(f"  help: Choose another: make demo PORT={options.port % 65000 + 1}", file=sys.stderr)
        sys.exit(1)
    if options.serve:
        serve(options.serve, options.port)


if __name__ == "__main__":
    main()
