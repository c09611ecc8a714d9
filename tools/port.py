"""Say whether a port of this machine is free, before `make demo` does a minute of work for nothing."""

from __future__ import annotations

import argparse
import socket
import sys

HOST = "127.0.0.1"


def is_free(port: int) -> bool:
    """Return whether a server can listen on a port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError):
            return False
    return True


def main() -> int:
    """Run the command line and return its exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("port", type=int)
    port = parser.parse_args().port
    if is_free(port):
        return 0
    print(f"error: port {port} of {HOST} is taken", file=sys.stderr)
    print(f"  help: Choose another: make demo PORT={port % 65000 + 1}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
