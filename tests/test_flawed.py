"""The full report on the repository with planted flaws is the snapshot beside it."""

from __future__ import annotations

import os
import re
from pathlib import Path

from test_cli_check import coe

FLAWED = Path(__file__).parent / "fixtures" / "flawed"
SNAPSHOT = FLAWED / "report.txt"


def test_the_report_is_the_snapshot() -> None:
    run = coe("check", ".", "--output-format", "full", cwd=FLAWED)
    assert (run.returncode, run.stderr) == (1, "")
    if os.environ.get("COE_WRITE_GOLDEN"):
        SNAPSHOT.write_text(run.stdout, "utf-8")
    assert run.stdout == SNAPSHOT.read_text("utf-8")


def test_the_snapshot_shows_what_was_planted() -> None:
    """Guard against a snapshot that was written without being read: each planted family and place is in it."""
    report = SNAPSHOT.read_text("utf-8")
    rules = set(re.findall(r"^(?:error|warning|note)\[([a-z-]+)\]", report, re.MULTILINE))
    assert rules >= {
        *("unreadable", "yaml-syntax", "front-matter", "duplicate-key", "unknown-key", "wrong-value", "naive-time"),
        "empty-value",
        *("id-matches-file", "duplicate-id", "unknown-local-reference", "placeholder", "milestone-order", "milestone-twice"),
        *("window-order", "event-order", "action-item-incomplete", "action-item-state", "factor-without-action"),
        *("empty-section", "list-without-blank-line", "unknown-coe", "unknown-tenet", "unknown-service", "unknown-team"),
        *("unknown-role", "broken-link", "human-error", "negligence", "counterfactual", "hindsight", "judgement"),
        *("named-person", "person-as-cause", "weak-action", "knowledge-deficit", "passive-lapse", "absolutes", "punishment"),
        *("team-blame", "self-blame", "allowance-without-reason", "unknown-allowance"),
        *("yaml-look-alike", "refused-by-another-reader"),
        *("done-without-completed", "completed-open", "due-date-late", "only-soft-actions", "moved-due-date"),
        *("open-must-in-closed", "success-criteria-missing", "vague-action-title", "date-order"),
        *("near-miss-with-impact", "counts-contradict", "outage-or-degradation", "engagement-missing", "security-unanswered"),
        *("detection-slow", "first-communication-late", "communication-gap", "correction-without-target", "stated-duration"),
    }
    assert "server failed to start" not in report
    assert "Traceback" not in report
