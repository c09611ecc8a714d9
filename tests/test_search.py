"""`coe search`: the rules of the explorer, in the terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coe.insight.search import fold, words
from tests.site.conftest import coe, coe_text, small_files, write


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Zurück, Łódź!", "zuruck lodz "), ("us-east-1_b", "us east 1 b"), ("STRAẞE straße", "strasse strasse"), ("Ça", "ca"),
        ("接続プール", "接続フール"),
    ],
)  # fmt: skip
def test_letters_are_compared_without_accents(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_words_stand_once() -> None:
    assert words("Pool pool, POOL exhausted") == ("pool", "exhausted")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    more = "summary: Zurück after \\x1b a naïve retry.\ntags: [coupon]\n"
    other = coe_text("2026-07-20-cart", title="Cart errors after a retry", status="draft", more="summary: Nothing else.\n")
    return write(tmp_path / "r", {**small_files(more=more), "coes/2026/2026-07-20-cart.md": other.replace("SEV2", "SEV4")})


def test_all_words_are_wanted_and_the_title_weighs_most(repository: Path) -> None:
    run = coe("search", "retry", cwd=repository)
    assert run.returncode == 0, run.stderr
    lines = run.stdout.splitlines()
    assert lines[0] == "2026-07-20  SEV4  Cart errors after a retry"
    assert "2026-07-14  SEV2  Checkout errors in Europe" in lines
    only = coe("search", "retr", "zuruck", cwd=repository)
    assert "2026-07-20" not in only.stdout
    assert coe("search", "etry", cwd=repository).returncode == 1


def test_facets_narrow_and_values_of_one_widen(repository: Path) -> None:
    def ids(*where: str) -> list[str]:
        run = coe("search", "--format", "json", *(part for one in where for part in ("-w", one)), cwd=repository)
        return [one["id"] for one in json.loads(run.stdout)["coes"]]

    assert ids("severity=SEV4") == ["2026-07-20-cart"]
    assert len(ids("severity=SEV4", "severity=SEV2")) == 2
    assert ids("severity=SEV4", "tag=coupon") == []


def test_json_holds_the_facets(repository: Path) -> None:
    report = json.loads(coe("search", "zuruck", "--format", "json", cwd=repository).stdout)
    assert (report["version"], report["total"]) == (1, 1)
    assert report["coes"][0]["path"] == "coes/2026/2026-07-14-pool.md"
    assert report["coes"][0]["facets"]["service"] == ["checkout"]


def test_an_unknown_facet_is_named(repository: Path) -> None:
    run = coe("search", "-w", "sevrity=SEV1", cwd=repository)
    assert run.returncode == 2
    assert "Write severity=SEV1" in run.stderr


def test_at_most_so_many_are_shown(repository: Path) -> None:
    run = coe("search", "errors", "--limit", "1", cwd=repository)
    assert run.stdout.endswith("1 of 2; --limit 0 shows all.\n")
