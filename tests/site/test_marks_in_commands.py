"""What commands print for people inside: all words of a COE, and no mark between which the public reads none."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.site.conftest import coe, coe_text, small_files, write

MARKED = "<redact>Zebra</redact>"
MORE = f"""\
summary: "Bad {MARKED} words."
tags: [quasar-pool]
trigger: {{type: deployment}}
mitigation: [{{type: rollback, event: E1, outcome: effective}}]
timeline: [{{id: E1, at: 2026-07-14T13:57:40Z, type: detection, milestone: detected, text: "Saw {MARKED}."}}]
root_causes: [{{id: C1, category: process, statement: "The {MARKED} has no bound."}}]
action_items:
  - {{id: A1, title: "Bound the {MARKED}", type: process, status: open, owner_team: payments, due: 2026-08-01}}
"""


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    given = {"title": f'"Checkout {MARKED} errors"', "more": MORE}
    quiet = {"title": "Errors of a shop", "more": "root_causes: [{id: C1, category: technical, statement: No limit.}]\n"}
    alike = {"coes/2026/2026-07-15-like.md": coe_text("2026-07-15-like", **given)}
    names = [f"2026-07-16-n{number}" for number in range(40)]
    rest = {f"coes/2026/{name}.md": coe_text(name, **quiet).replace("id: checkout", "id: shop") for name in names}
    return write(tmp_path_factory.mktemp("marked"), {**small_files(**given), **alike, **rest})


@pytest.mark.parametrize(
    "command",
    [
        "actions --as-of 2026-09-01 --state all", "actions --as-of 2026-09-01 --format json",
        "actions --as-of 2026-09-01 --format csv", "search bound", "search zebra --format json",
        "similar coes/2026/2026-07-14-pool.md", "similar coes/2026/2026-07-14-pool.md --format json", "digest --week 2026-W30",
        "preview coes/2026/2026-07-14-pool.md",
    ],
)  # fmt: skip
def test_marks_are_not_printed_and_words_are(repository: Path, command: str) -> None:
    run = coe(*command.split(), cwd=repository)
    assert run.returncode == 0, run.stderr
    assert "Zebra" in run.stdout
    assert "redact" not in run.stdout.lower()


@pytest.mark.parametrize("command", ["stats --as-of 2026-09-01 --format json", "next coes/2026/2026-07-14-pool.md"])
def test_no_text_of_a_coe_is_printed_where_none_is_asked_for(repository: Path, command: str) -> None:
    out = coe(*command.split(), cwd=repository).stdout
    assert out
    assert "Zebra" not in out
    assert "redact" not in out.lower()


def test_a_mark_is_no_word_to_search_for(repository: Path) -> None:
    assert coe("search", "redact", cwd=repository).stdout == "No COE has all of this.\n"


def test_the_register_of_a_site_for_the_public_shows_bars(repository: Path, tmp_path: Path) -> None:
    public = write(tmp_path, small_files(title=f'"Checkout {MARKED}"', status="published", visibility="public", more=MORE))
    (public / "coe.toml").write_text('[site]\nvisibility = ["public"]\n')
    out = coe("actions", "--as-of", "2026-09-01", cwd=public).stdout
    assert "Zebra" not in out
    assert "Bound the █redacted█" in out
