"""The command `coe`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; `--version`, and a check in which nothing changed, are answered before it is imported."""
    words = sys.argv[1:]
    if words in (["--version"], ["-V"]):
        from coe import __version__

        sys.stdout.write(f"coe {__version__}\n")
        return
    try:
        from coe.cache.answer import answered

        status = answered(words)
    except KeyboardInterrupt:
        sys.exit(130)
    if status is not None:
        sys.exit(status)
    from coe.cli import run

    run()


if __name__ == "__main__":
    main()
