"""What was planted in the flawed repository is found: each flaw once, at its place, and nothing else."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from pathlib import Path

from test_cli_check import coe

from coe.rule import all_rules

FLAWED = Path(__file__).parent / "fixtures" / "flawed"
SNAPSHOT = FLAWED / "report.txt"
PLANTED = FLAWED / "expected.txt"
ENTRY = re.compile(r"(?P<path>\S+):(?P<line>\d+):(?P<column>\d+) (?P<rule>[a-z-]+)")


def planted() -> list[str]:
    """Return the entries that were written by hand, without comments."""
    return [line for line in PLANTED.read_text("utf-8").splitlines() if line and not line.startswith("#")]


def test_each_planted_flaw_is_found_once_at_its_place_and_nothing_else() -> None:
    report = json.loads(coe("check", ".", "--output-format", "json", cwd=FLAWED).stdout)
    found = Counter(
        f"{one['path']}:{one['range']['start']['line']}:{one['range']['start']['column']} {one['rule']}"
        for one in report["diagnostics"]
    )
    expected = Counter(planted())
    missing, extra = sorted((expected - found).elements()), sorted((found - expected).elements())
    assert not missing, "planted, and not found there:\n" + "\n".join(missing)
    assert not extra, "found, and not planted there, or found twice:\n" + "\n".join(extra)


def test_entries_are_well_formed() -> None:
    """A slip in an entry is told as such, not as a flaw that was missed."""
    names = {rule.name for rule in all_rules()}
    wrong = [line for line in planted() if not (match := ENTRY.fullmatch(line)) or match["rule"] not in names]
    assert not wrong
    assert {line.split(":")[0] for line in planted()} == {
        file.relative_to(FLAWED).as_posix() for file in [FLAWED / "catalog.yaml", *(FLAWED / "coes").rglob("*.md")]
    }


def test_the_full_report_is_the_snapshot() -> None:
    run = coe("check", ".", "--output-format", "full", cwd=FLAWED)
    assert (run.returncode, run.stderr) == (1, "")
    if os.environ.get("COE_WRITE_GOLDEN"):
        SNAPSHOT.write_text(run.stdout, "utf-8")
    assert run.stdout == SNAPSHOT.read_text("utf-8")
    assert "Traceback" not in run.stdout
