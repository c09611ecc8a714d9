"""Findings that a repository lives with for now: a file of their fingerprints, and what it leaves of a run."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from coe.diagnostic import Diagnostic
from coe.errors import CoeError

VERSION = 1
FILE_NAME = "coe-baseline.json"
_LONE = re.compile("[\ud800-\udfff]")
"""What stands for bytes in the name of a file that are no UTF-8."""
_CONFLICT = re.compile(r"^(?:<<<<<<<|>>>>>>>) ", re.MULTILINE)


@dataclass(frozen=True, slots=True, order=True)
class Known:
    """One finding that is known: where it was, for people who read the file, and the name that it keeps."""

    path: str
    rule: str
    fingerprint: str
    message: str


@dataclass(frozen=True, slots=True)
class Baseline:
    """The findings that are known."""

    known: tuple[Known, ...]

    def less(self, found: Iterable[Diagnostic]) -> list[Diagnostic]:
        """Return the findings that are not known."""
        names = {one.fingerprint for one in self.known}
        return [one for one in found if one.fingerprint not in names]

    def gone(self, found: Iterable[Diagnostic], paths: frozenset[str], rules: frozenset[str]) -> tuple[Known, ...]:
        """Return what is known and was not found again, though its file was read and its rule ran."""
        names = {one.fingerprint for one in found}
        return tuple(one for one in self.known if one.path in paths and one.rule in rules and one.fingerprint not in names)

    def beyond(self, paths: frozenset[str], rules: frozenset[str]) -> tuple[Known, ...]:
        """Return what is known of files and rules that a run has left out."""
        return tuple(one for one in self.known if one.path not in paths or one.rule not in rules)


def baseline_of(found: Iterable[tuple[str, Diagnostic]]) -> Baseline:
    """Return the baseline of findings, each with the path of its file inside the repository."""
    return Baseline(tuple(sorted(Known(path, one.rule, one.fingerprint, one.message) for path, one in found)))


def as_json(baseline: Baseline) -> str:
    """Return a baseline as the text of its file: sorted, a finding a line, so that two branches merge."""
    rows = [_LONE.sub(_escape, json.dumps(asdict(one), ensure_ascii=False)) for one in baseline.known]
    listed = "\n    " + ",\n    ".join(rows) + "\n  " if rows else ""
    return f'{{\n  "version": {VERSION},\n  "findings": [{listed}]\n}}\n'


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match.group()):04x}"


def from_json(text: str, name: str) -> Baseline:
    """Return the baseline that a text holds.

    Errors: `CoeError` when it is none, or of a version that is not known here.
    """
    remedy = f"Delete it, and write it again: `coe check --baseline {name} --write-baseline`."
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        if _CONFLICT.search(text):
            both = "Keep the lines of both sides, without the marks, and with a comma between two findings."
            raise CoeError(f"{name}: two branches have changed the same lines, and git has left its marks", both) from None
        raise CoeError(f"{name}: not valid JSON: {error}", remedy) from None
    if not isinstance(data, dict) or data.get("version") != VERSION or not isinstance(data.get("findings"), list):
        raise CoeError(f"{name} is no baseline of version {VERSION}", remedy)
    rows = data["findings"]
    keys = ("path", "rule", "fingerprint", "message")
    if not all(isinstance(row, dict) and all(isinstance(row.get(key), str) for key in keys) for row in rows):
        raise CoeError(f"{name}: each finding needs {', '.join(f'`{key}`' for key in keys)}", remedy)
    return Baseline(tuple(Known(row["path"], row["rule"], row["fingerprint"], row["message"]) for row in rows))
