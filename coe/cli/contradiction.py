"""Options that say two things at once: refused, since one of them would be done and the other forgotten."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

from coe.cli.options import Format, Options
from coe.errors import CoeError

_DIFF = "--diff shows what --fix would change, and nothing else."
_WRITES = "Run it once, without --watch."
_REPORT = "Standard output is the document then, and what is left is told to standard error."
_APART = (
    ("diff", "add_allow", f"{_DIFF} Run --add-allow, and look at `git diff`."),
    ("diff", "write_baseline", _DIFF),
    ("diff", "statistics", _DIFF),
    ("diff", "output_format", f"{_DIFF} Programs read the edits in `--output-format json`."),
    ("watch", "add_allow", _WRITES),
    ("watch", "write_baseline", _WRITES),
    ("add_allow", "write_baseline", "A finding is allowed, or known: choose one."),
    ("as_hook", "watch", "A hook runs once."),
    ("as_hook", "changed_since", "A hook is about one commit, a change about several: choose one."),
    ("-", "as_hook", "Give the files of the commit."),
    ("-", "watch", "Give files or folders with --watch."),
    ("-", "changed_since", "git does not know what standard input holds."),
    ("- with --fix", "add_allow", "Give a file, or run one after the other."),
    *(
        (rewritten, report, _REPORT)
        for rewritten in ("- with --fix", "- with --add-allow")
        for report in ("output_file", "output_format", "statistics", "baseline", "write_baseline")
    ),
)
_NEEDS = (
    ("unsafe_fixes", ("fix", "diff"), "Add --fix to apply them, or --diff to see them."),
    ("stdin_filename", ("-",), "Give `-` to read standard input, or the path without it."),
)


def require_one_meaning(options: Options) -> None:
    """Go on when no option contradicts another.

    Errors: `CoeError` with the first two that do.
    """
    given = {one.name for one in fields(options) if getattr(options, one.name) != one.default}
    if Path("-") in (options.paths or []):
        given.add("-")
        if not options.diff:
            given |= {f"- with {_flag(name)}" for name in ("fix", "add_allow") if name in given}
    for one, other, why in _APART:
        if one in given and other in given:
            raise CoeError(f"{_flag(one)} and {_flag(other)} do not go together", why)
    for one, others, why in _NEEDS:
        if one in given and given.isdisjoint(others):
            raise CoeError(f"{_flag(one)} says nothing without {' or '.join(map(_flag, others))}", why)
    if options.statistics and options.output_format not in (Format.full, Format.concise):
        raise CoeError("--statistics is for people", "Leave out --output-format, or count what the JSON report says.")


def _flag(name: str) -> str:
    return f"`{name}`" if name.startswith("-") else f"--{name.replace('_', '-')}"
