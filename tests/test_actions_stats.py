"""`coe actions` and `coe stats`: the register and the trends of the site, safe in a terminal and in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.site.conftest import ROOT, coe, coe_text, small_files, write

ITEMS = """\
action_items:
  - {id: A1, title: "=HYPERLINK(\\"https://example.org\\")", type: prevent, status: open, owner_team: payments, due: 2026-08-01, created: 2026-07-16}
  - {id: A2, title: "Quiet \\e[31m red \\u202e words", type: detect, status: open, due: 2026-08-25}
  - {id: A3, title: Repair the data, type: repair, status: done, completed: 2026-08-02, due: 2026-08-03}
  - {id: A4, title: Nothing more, type: repair, status: wont_do, reason: x}
"""  # noqa: E501 (one item a line)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    hidden = coe_text("2026-07-15-hidden", visibility="restricted", more=ITEMS.replace("Repair", "Zebrafish"))
    return write(tmp_path / "r", small_files(more=ITEMS) | {"coes/2026/2026-07-15-hidden.md": hidden})


def listed(folder: Path, *options: str) -> list[tuple[str, str]]:
    run = coe("actions", *options, "--format", "json", "--as-of", "2026-08-20", cwd=folder)
    assert run.returncode == 0, run.stderr
    return [(row["source"], row["id"]) for row in json.loads(run.stdout)["actions"]]


POOL = "2026-07-14-pool"


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ((), [(POOL, "A1"), ("2026-W30", "A1"), (POOL, "A2")]),
        (("--state", "overdue"), [(POOL, "A1"), ("2026-W30", "A1")]),
        (("--state", "due-soon"), [(POOL, "A2")]),
        (("--state", "done", "--state", "wont-do"), [(POOL, "A3"), (POOL, "A4")]),
        (("--state", "all", "--due", "2026-08-03"), [(POOL, "A1"), ("2026-W30", "A1"), (POOL, "A3")]),
        (("--team", "payments", "--due", "2026-08-01"), [(POOL, "A1"), ("2026-W30", "A1")]),
    ],
)
def test_action_items_are_chosen(folder: Path, options: tuple[str, ...], found: list[tuple[str, str]]) -> None:
    assert sorted(listed(folder, *options)) == sorted(found)


def test_no_cell_can_run_as_a_formula(folder: Path) -> None:
    run = coe("actions", "--format", "csv", "--state", "all", "--as-of", "2026-08-20", cwd=folder)
    rows = list(csv.DictReader(io.StringIO(run.stdout)))
    assert len(rows) == 5
    assert rows[0]["title"] == '\'=HYPERLINK("https://example.org")'
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert "Zebrafish" not in run.stdout


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r\n=1", "  =1", "\uff1d1", "\uff0b1"])
def test_what_a_spreadsheet_may_run_begins_with_an_apostrophe(text: str) -> None:
    from coe.report.register import as_csv
    from tests.insight.conftest import row

    [head, cells] = csv.reader(io.StringIO(as_csv([row(title=text, success_criteria="x")])))
    assert cells[head.index("title")].startswith("'")


def test_nothing_of_a_document_steers_the_terminal(folder: Path) -> None:
    for form in ("text", "csv", "json"):
        run = coe("actions", "--format", form, "--as-of", "2026-08-20", cwd=folder)
        assert "\x1b" not in run.stdout
        assert "\u202e" not in run.stdout
    assert "\\u001b[31m" in coe("actions", "--as-of", "2026-08-20", cwd=folder).stdout


def test_the_text_leads_with_what_is_overdue(folder: Path) -> None:
    run = coe("actions", "--as-of", "2026-08-20", cwd=folder)
    lines = run.stdout.splitlines()
    assert lines[0].startswith("overdue   2026-08-01  =HYPERLINK")
    assert "19 d overdue, open 35 d; 2026-07-14-pool A1" in lines[1]
    assert lines[-1] == "3 action items, 2 overdue, as of 2026-08-20"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("actions", "--team", "payment"), "there is no team `payment`\n  help: Did you mean `payments`?"),
        (("actions", "--due", "soon"), "`soon` is not a day for --due"),
        (("stats", "--as-of", "2026-02-30"), "`2026-02-30` is not a day for --as-of"),
        (("stats", "nowhere"), "nowhere does not exist"),
    ],
)
def test_what_cannot_be_answered_is_said(folder: Path, options: tuple[str, ...], said: str) -> None:
    run = coe(*options, cwd=folder)
    assert run.returncode == 2
    assert said in run.stderr
    assert "Traceback" not in run.stderr


def test_a_file_gets_the_same_bytes(folder: Path) -> None:
    told = coe("stats", "--format", "json", "--as-of", "2026-08-20", cwd=folder)
    assert coe("stats", "--format", "json", "--as-of", "2026-08-20", "-o", "s.json", cwd=folder).returncode == 0
    assert (folder / "s.json").read_text("utf-8") == told.stdout


def test_stats_of_the_examples() -> None:
    run = coe("stats", "--format", "json", "--as-of", "2025-11-22", cwd=ROOT / "examples")
    found = json.loads(run.stdout)
    assert (found["version"], found["unit"], found["counts"]["incidents"]) == (1, "year", 12)
    durations = {one["name"]: one for one in found["durations"]}
    assert durations["TTE"]["n"] == 4
    assert durations["TTE"]["median"] is None
    seconds = sorted(point["seconds"] for point in durations["TTM"]["points"])
    assert durations["TTM"]["median"] == (seconds[5] + seconds[6]) / 2
    assert durations["TTM"]["p90"] == seconds[10]
    for one in (found["severities"], *found["tallies"]):
        assert all(
            len(row["by_period"]) == len(found["periods"]) and sum(row["by_period"]) == row["total"] for row in one["rows"]
        )
    assert '"mean"' not in run.stdout


def test_stats_say_what_so_few_do_not_bear(folder: Path) -> None:
    run = coe("stats", "--as-of", "2026-08-20", "--by", "year", cwd=folder)
    assert run.returncode == 0, run.stderr
    assert "1 incidents" not in run.stdout
    assert "1 incident," in run.stdout
    assert "no median below n = 5" in run.stdout
    assert "1 of 2 done: 1 by the due date" not in run.stdout
    assert "1 of 3 done: 1 by the due date, 0 after it, 0 done, day unknown, 2 not done" in run.stdout
    assert "%" not in run.stdout


def test_an_empty_repository_has_nothing_to_count(tmp_path: Path) -> None:
    empty = write(tmp_path / "empty", {})
    assert "There is no incident yet." in coe("stats", cwd=empty).stdout
    assert coe("actions", "--as-of", "2026-08-20", cwd=empty).stdout == "0 action items, as of 2026-08-20\n"
