"""The command `coe`."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; `--version` is answered before anything heavy is imported."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from coe import __version__

        sys.stdout.write(f"coe {__version__}\n")
        return
    from coe.cli import run

    run()


if __name__ == "__main__":
    main()
