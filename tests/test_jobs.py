"""Several processes: the same words in the same order, and no process left behind."""

from __future__ import annotations

import multiprocessing
import os
import signal
from pathlib import Path

import pytest

from coe.cli import pool
from coe.cli.pool import judge_all
from coe.config import find
from coe.judge import Setting
from coe.read import markdown_files, read
from coe.rule import all_rules
from tests.test_cli_check import coe

FLAWED = Path(__file__).parent / "fixtures" / "flawed"
CONTEXTS = [word for word in ("fork", "spawn") if word in multiprocessing.get_all_start_methods()]


def work(repository: Path) -> tuple[list, Setting]:
    sources = [read(file) for file in markdown_files(repository)]
    files = frozenset(source.file for source in sources if source.file)
    return [(source, True) for source in sources], Setting(find(repository), all_rules(), files=files)


@pytest.mark.parametrize("context", CONTEXTS)
def test_processes_find_what_one_finds(context: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_context", lambda: multiprocessing.get_context(context))
    some, setting = work(FLAWED)
    assert len(some) > 5
    alone = judge_all(some, setting, 1)
    assert any(judgement.rows for judgement in alone)
    assert judge_all(some, setting, 3) == alone
    assert not multiprocessing.active_children()


def test_the_report_is_the_same_to_the_byte() -> None:
    alone, several = (coe("check", "--no-cache", "--output-format", "json", "--jobs", jobs, cwd=FLAWED) for jobs in ("1", "4"))
    assert alone.stdout
    assert (alone.stdout, alone.stderr, alone.returncode) == (several.stdout, several.stderr, several.returncode)


def test_a_process_that_is_killed_is_no_reason_to_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    some, setting = work(FLAWED)
    alone = judge_all(some, setting, 1)
    here = os.getpid()
    real = pool._judged

    def judged(*given: object) -> object:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*given)

    monkeypatch.setattr(pool, "_judged", judged)
    monkeypatch.setattr(pool, "_context", lambda: multiprocessing.get_context("fork"))
    assert judge_all(some, setting, 2) == alone


def test_what_goes_wrong_in_a_process_goes_wrong_here(monkeypatch: pytest.MonkeyPatch) -> None:
    some, setting = work(FLAWED)
    here = os.getpid()
    real = pool._judged

    def judged(*given: object) -> object:
        if os.getpid() != here:
            raise LookupError("a rule with a fault")
        return real(*given)

    monkeypatch.setattr(pool, "_judged", judged)
    monkeypatch.setattr(pool, "_context", lambda: multiprocessing.get_context("fork"))
    with pytest.raises(LookupError, match="a rule with a fault"):
        judge_all(some, setting, 2)
    assert not multiprocessing.active_children()


def test_few_documents_are_worth_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    some, setting = work(FLAWED)
    monkeypatch.setattr(pool, "_context", lambda: pytest.fail("no process is due"))
    assert len(some) < 2 * pool.WORTH
    assert len(judge_all(some, setting)) == len(some)
