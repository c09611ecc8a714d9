"""Sources with a new text → their files: each is written whole or left as it was, and none stands in the way of another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coe.cli.console import say, tell
from coe.errors import CoeError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from coe.fix import Fixed
    from coe.read import Source


def write_mended(changed: Iterable[Fixed]) -> None:
    """Write new texts to their files, and say to how many.

    Errors: `CoeError` for a file that the system refuses or that others have written meanwhile, after all others are written.
    """
    from coe.write import write_text

    count = 0
    refused: list[CoeError] = []
    for one in changed:
        try:
            if (file := one.before.file) is not None:
                _require_as_read(one.before, file)
                write_text(file, one.after, bom=one.before.bom)
                count += 1
        except CoeError as error:
            refused.append(error)
    if count:
        say(f"{count} file{'' if count == 1 else 's'} changed.")
    for other in refused[:-1]:
        tell(other)
    if refused:
        raise refused[-1]


def _require_as_read(before: Source, file: Path) -> None:
    """Go on when a file still holds what was looked at: what an editor has saved since must not be lost.

    Errors: `CoeError` when it does not.
    """
    from coe.read import Source, read

    looked_at = {before.digest, Source(before.path, before.text, bom=before.bom).digest}
    if {read(file, shown=before.path).digest} != looked_at:
        raise CoeError(f"{before.path} was changed while it was looked at, and is left as it is", "Run the command again.")
