"""What is generated from the code is committed, and committed as the code says it now."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from coe.rule import all_rules

ROOT = Path(__file__).parent.parent


def generate(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(root / "tools/generate.py"), *arguments],
        check=False, capture_output=True, text=True, encoding="utf-8", cwd=root,
    )  # fmt: skip


@pytest.mark.parametrize("part", ["schema", "rules", "cli", "reference", "phrases"])
def test_nothing_is_stale(part: str) -> None:
    run = generate(ROOT, "--check", part)
    assert (run.returncode, run.stdout) == (0, ""), f"run `python tools/generate.py`: {run.stdout}{run.stderr}"


def test_what_is_stale_is_found_and_written(tmp_path: Path) -> None:
    for folder in ("tools", "schema"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    tenet, left = tmp_path / "schema/tenet.schema.json", tmp_path / "schema/old.schema.json"
    tenet.write_text("{}")
    left.write_text("{}")
    check = generate(tmp_path, "--check", "schema")
    assert check.returncode == 1
    assert check.stdout.splitlines() == ["stale: schema/tenet.schema.json", "stale: schema/old.schema.json"]
    assert tenet.read_text() == "{}", "--check writes nothing"
    written = generate(tmp_path, "schema")
    assert written.stdout.splitlines() == ["written: schema/tenet.schema.json", "deleted: schema/old.schema.json"]
    assert not left.exists()
    assert tenet.read_text("utf-8") == (ROOT / "schema/tenet.schema.json").read_text("utf-8")


def test_unknown_part_is_refused() -> None:
    assert generate(ROOT, "--check", "shcema").returncode == 2


TABLES = ["reference/front-matter.md", "reference/configuration.md", "reference/rules/index.md", "rules/index.md"]


@pytest.mark.parametrize("page", [f"docs/{name}" for name in TABLES])
def test_tables_have_the_cells_of_their_heads_and_links_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    headings = {line.lstrip("# ").lower() for line in text.splitlines() if line.startswith("#")}
    width = 0
    for line in text.splitlines():
        cells = len(re.findall(r"(?<!\\)\|", line)) if line.startswith("|") else 0
        assert not (width and cells) or cells == width, line
        width = cells
    for target in re.findall(r"\]\(([^)]+)\)", text):
        if target.startswith("#"):
            assert target[1:] in headings
        else:
            assert (ROOT / page).parent.joinpath(target).is_file()


def test_the_table_of_rules_has_every_rule_once() -> None:
    text = (ROOT / "docs/reference/rules/index.md").read_text("utf-8")
    rows = [line.split(" | ")[0].lstrip("| ") for line in text.splitlines() if line.startswith("| [")]
    assert rows == list(dict.fromkeys(rows))
    assert {re.sub(r"\[(.+?)\].*", r"\1", row) for row in rows} == {rule.name for rule in all_rules()}


def test_the_manual_page_needs_no_encoding() -> None:
    """Readers of manual pages differ in what they take bytes above 127 for."""
    page = (Path(__file__).parents[1] / "man" / "coe.1").read_bytes()
    assert page.isascii()
    assert b"SEV1\\[u2026]SEV5" in page
    assert (
        b"\\fBcoe new minutes 2026\\-W47\\fR\nminutes; without a week, those of this one\n" in page
    )  # an example, and what it does
