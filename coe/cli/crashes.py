"""Rules that crashed → what is told of them: bugs of coekit, each once, with the first document in which it shows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from coe.cli.console import say
from coe.errors import ISSUES

if TYPE_CHECKING:
    from coe.judge import Crash


def tell(crashes: Iterable[Crash]) -> None:
    """Say which rules crashed, and where."""
    from coe.report.terminal import one_line

    found: dict[tuple[str, str], list[str]] = {}
    for one in crashes:
        found.setdefault((one.rule, one.words), []).append(one.path)
    for (rule, words), (path, *more) in found.items():
        others = f" and {len(more)} other document{'' if len(more) == 1 else 's'}" if more else ""
        where = f" in {one_line(path)}{others}" if path else ""
        say(f"error: the rule `{rule}` crashed{where}: {one_line(words)}")
        say(f"  help: This is a bug: report it with the document, {ISSUES}. `--ignore {rule}` leaves the rule out.")
