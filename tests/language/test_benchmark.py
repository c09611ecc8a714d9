"""The benchmark runs anywhere, reads labelled files of others, and what is published is what it measures."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.language.figures import overall, reading, rows
from benchmarks.language.peers import baseline

ROOT = Path(__file__).parent.parent.parent
SCRIPT = ROOT / "benchmarks" / "language" / "run.py"
PAGE = ROOT / "docs" / "explanation" / "blameless-language.md"
OWN_ROW = re.compile(r"^\| \*\*coekit [^|]+\| ([\d.]+) \| ([\d.]+) \|", re.MULTILINE)


def run(*arguments: str) -> str:
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1764547200"}
    return subprocess.run(
        [sys.executable, str(SCRIPT), *arguments], env=environment, capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout


def test_a_labelled_file_with_codes_is_measured(tmp_path: Path) -> None:
    labelled = [
        {"text": "The engineer forgot it.", "label": "yes", "category": "NEGL", "severity": "high"},
        {"text": "We should have asked.", "label": "yes", "category": "HIND", "severity": "low", "borderline": True},
        {"text": "It went wrong on their side of the fence.", "label": "yes", "category": "TEAM"},
        {"text": "The server forgot it.", "label": "no", "category": "system"},
    ]
    file = tmp_path / "set.jsonl"
    file.write_text("\n".join(map(json.dumps, labelled)) + "\n", "utf-8")
    printed = run("--set", str(file), "--peers", str(tmp_path))
    assert "on 2025-12-01." in printed
    assert re.search(r"\| \*\*coekit [^|]+\| 1\.00 \| 0\.67 \| 0\.80 \| 1\.00 \| 0\.50 \| 0\.67 \|", printed)
    assert re.search(r"\| a list of 30 words \| 0\.75 \| 1\.00 \|", printed)
    assert "4 sentences, 3 of them blame; 1 is borderline." in printed
    assert "Severity, where one is labelled (2 found sentences): as labelled for 100%" in printed
    assert "proselint (not found)" in printed


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "not JSON"),
        ("[]", "no sentence"),
        ('{"text": "It failed."}', "no sentence"),
        ('{"text": "It failed.", "label": true}', "no sentence"),
        ('{"label": "yes"}', "no sentence"),
    ],
)
def test_a_line_that_is_no_labelled_sentence_is_named(tmp_path: Path, line: str, said: str) -> None:
    file = tmp_path / "set.jsonl"
    file.write_text(f'{{"text": "It failed.", "label": "no"}}\n\n{line}\n', "utf-8")
    with pytest.raises(ValueError, match=f"^{re.escape(str(file))}:3: {said}"):
        rows(file)


def test_a_set_that_cannot_be_read_ends_with_an_error_and_no_traceback(tmp_path: Path) -> None:
    command = [sys.executable, str(SCRIPT), "--no-peers", "--set", str(tmp_path / "absent.jsonl")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 1
    assert done.stderr.startswith("error: ")
    assert "Traceback" not in done.stderr


def test_false_alarms_are_counted_in_documents(tmp_path: Path) -> None:
    text = "The engineer forgot it.\n\n<!-- coe: allow negligence: a quotation -->\n\nThe engineer forgot it.\n\n`forgot`\n"
    (tmp_path / "one.md").write_text(text, "utf-8")
    printed = run("--documents", str(tmp_path), "--no-peers", "--set", str(ROOT / "tests" / "language" / "sentences.jsonl"))
    assert re.search(r"\| \*\*coekit [^|]+\| 1 \| 125\.00 \|", printed)


def test_the_baseline_is_a_list_of_words() -> None:
    assert baseline(["Nobody forgot it.", "The pool ran out."]).counts == (2, 0)


def test_published_figures_are_those_of_today() -> None:
    if not PAGE.exists():
        pytest.skip("the page with the figures is not in this tree")
    block = PAGE.read_text("utf-8").partition("<!-- figures: own -->")[2].partition("<!-- /figures -->")[0]
    precision, recall = map(float, OWN_ROW.findall(block)[0])
    labelled = [row for file in sorted(Path(__file__).parent.glob("*.jsonl")) for row in rows(file)]
    now = overall(labelled, [reading(row.text) is not None for row in labelled])
    assert f"\n{len(labelled)} sentences, " in block, "run `make bench-language`"
    assert abs((now.precision or 0) - precision) <= 0.02, "run `make bench-language`"
    assert abs((now.recall or 0) - recall) <= 0.02, "run `make bench-language`"
