"""`coe new tenet`, `program` and `minutes`: what they write passes the check, and a title stays a title."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_cli_check import coe

from coe.errors import CoeError
from coe.scaffold.follow_up import named

NOVEMBER = {"SOURCE_DATE_EPOCH": "1795226400"}  # Saturday, 2026-11-21


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    assert coe("init", cwd=tmp_path).returncode == 0
    return tmp_path


@pytest.mark.parametrize(
    ("words", "path", "line"),
    [
        (("tenet", "static-stability"), "tenets/static-stability.md", 'title: "Static stability"'),
        (("tenet", "Köpfe: zählen"), "tenets/kopfe-zahlen.md", 'title: "Köpfe: zählen"'),
        (("tenet", "no"), "tenets/no.md", 'id: "no"'),
        (("program", "retry-budgets"), "programs/retry-budgets.md", "sponsor_team: your-team"),
        (("program", "x", "--team", "your-team"), "programs/x.md", "status: proposed"),
        (("minutes", "2026-W30"), "reviews/2026-W30.md", "date: 2026-07-24"),
        (("minutes", "2026-W53"), "reviews/2026-W53.md", "date: 2027-01-01"),
        (("minutes",), "reviews/2026-W47.md", "date: 2026-11-21"),
        (("minutes", "2026-W30", "--date", "2026-07-22"), "reviews/2026-W30.md", "date: 2026-07-22"),
        (("minutes", "2026-W30"), "reviews/2026-W30.md", "facilitator: role:review-facilitator"),
    ],
)
def test_what_is_written_passes_the_check(repository: Path, words: tuple[str, ...], path: str, line: str) -> None:
    run = coe("new", *words, cwd=repository, **NOVEMBER)
    assert (run.returncode, run.stdout) == (0, f"{path}\n"), run.stderr
    assert line in (repository / path).read_text("utf-8").splitlines()
    checked = coe("check", cwd=repository)
    assert checked.returncode == 0, checked.stdout
    again = coe("new", *words, cwd=repository, **NOVEMBER)
    assert (again.returncode, again.stdout) == (2, "")
    assert "exists already" in again.stderr


def test_a_title_is_still_a_coe(repository: Path) -> None:
    run = coe("new", "tenet of the search index lost in Europe", "--date", "2026-07-14", cwd=repository)
    assert run.stdout == "coes/2026/2026-07-14-tenet-of-the-search-index-lost-in-europe.md\n"


def test_the_help_of_an_unknown_tenet_can_be_followed(repository: Path) -> None:
    path = coe("new", "Checkout errors in Europe", "--date", "2026-07-14", cwd=repository).stdout.strip()
    file = repository / path
    learning = "learnings: [{id: L1, statement: Bound it., audience: org, tenet: bound-pools}]\n---\n\n## What happened"
    file.write_text(file.read_text("utf-8").replace("---\n\n## What happened", learning), "utf-8")
    before = coe("check", cwd=repository)
    assert "Run `coe new tenet bound-pools`" in before.stdout
    assert coe("new", "tenet", "bound-pools", cwd=repository).returncode == 0
    assert "  - 2026-07-14-checkout-errors-in-europe\n" in (repository / "tenets/bound-pools.md").read_text("utf-8")
    assert coe("check", cwd=repository).returncode == 0


def test_coes_in_review_are_on_the_table(repository: Path) -> None:
    path = coe("new", "Checkout errors in Europe", "--date", "2026-07-14", cwd=repository).stdout.strip()
    file = repository / path
    file.write_text(file.read_text("utf-8").replace("status: draft", "status: in_review"), "utf-8")
    coe("new", "minutes", "2026-W30", cwd=repository)
    assert "#  - coe: 2026-07-14-checkout-errors-in-europe\n" in (repository / "reviews/2026-W30.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("tenat", "x"), "Did you mean `coe new tenet`?"),
        (("Checkout", "errors"), "stands in quotes"),
        (("tenet",), "the name of the tenet is missing"),
        (("tenet", "…"), "cannot name a tenet"),
        (("tenet", "x", "--severity", "SEV2"), "--severity is not for a tenet"),
        (("tenet", "x", "--team", "your-team"), "--team is not for a tenet"),
        (("minutes", "--kind", "incident"), "--kind is not for minutes"),
        (("program", "x", "--team", "your-taem"), "Did you mean `your-team`?"),
        (("minutes", "2026-99"), "is not a week"),
        (("minutes", "2026-W30", "--date", "2026-07-14"), "is not in 2026-W30"),
        (("tenet", "x", "--output", "tenets/y.md"), "must be named after its id"),
    ],
)
def test_what_cannot_be_written(repository: Path, words: tuple[str, ...], said: str) -> None:
    run = coe("new", *words, cwd=repository, **NOVEMBER)
    assert (run.returncode, run.stdout) == (2, "")
    assert said in run.stderr
    assert not (repository / "tenets").exists()


def test_templates_of_the_repository_come_first(repository: Path) -> None:
    (repository / "coe.toml").write_text('[site]\ntemplates = "templates"\n')
    (repository / "templates/new/tenet.md.j2").write_text("---\nid: {{ id }}\n---\nOurs.\n")
    coe("new", "tenet", "x", cwd=repository)
    assert (repository / "tenets/x.md").read_text() == "---\nid: x\n---\nOurs.\n"


def test_names() -> None:
    assert named("retry-budgets", "program") == ("retry-budgets", "Retry budgets")
    assert named("  Retry  budgets ", "program") == ("retry-budgets", "Retry budgets")
    for words in ("", "a" * 121, "bell\x07", "日本"):
        with pytest.raises(CoeError, match="cannot name a tenet"):
            named(words, "tenet")
