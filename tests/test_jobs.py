"""Several processes: the same words in the same order, and no process left behind."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
from pathlib import Path
from typing import Any

import pytest

from coe.cli import pool
from coe.cli.pool import judge_all
from coe.config import find
from coe.corpus import references_of
from coe.judge import Setting
from coe.read import OnDisk, markdown_files, read
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


def test_only_texts_in_which_something_was_found_stay_in_memory() -> None:
    (flawed, setting), (good, _) = work(FLAWED), work(FLAWED.parent / "good")
    some = [*flawed, *good]
    alone = judge_all(some, setting, 1)
    unread = [(OnDisk(source.path, source.file), True) for source, _ in some if source.file]
    assert not any("text" in vars(source) for source, _ in unread)
    later = judge_all(unread, setting, 1)
    assert [(one.facts, one.rows, one.asked) for one in later] == [(one.facts, one.rows, one.asked) for one in alone]
    held = ["text" in vars(source) for source, _ in unread]
    assert held == [bool(judgement.rows) for judgement in alone]
    assert len(set(held)) == 2
    assert [source.text for source, _ in unread] == [source.text for source, _ in some], "what was let go is read again"


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


def test_documents_that_are_remembered_say_what_parsed_ones_say() -> None:
    """Only facts of a document are held while the whole repository is judged; nothing may be said otherwise for that."""
    from coe.check import check
    from coe.cli.clock import today
    from coe.corpus import collect

    repository = find(FLAWED)
    rules = tuple(rule for rule in all_rules() if rule.family != "language")
    corpus = collect(repository, FLAWED, as_of=today(repository.config.review.timezone))
    parsed = sorted(one.fingerprint for one in check(corpus, corpus.analyses, rules))
    run = coe("validate", "--no-cache", "--output-format", "json", cwd=FLAWED)
    told = {one["fingerprint"]: one["path"] for one in json.loads(run.stdout)["diagnostics"]}
    files = {analysis.document.source.path for analysis in corpus.analyses}
    assert len(parsed) > 50
    assert sorted(name for name, path in told.items() if path in files) == parsed


def test_a_slim_coe_knows_what_the_whole_one_knows() -> None:
    from coe.corpus import analyse
    from coe.judge import judge, remembered

    some, setting = work(Path(__file__).parents[1] / "examples")
    seen = 0
    for source, _ in some:
        whole = analyse(source, setting.repository)
        slim = remembered(source, judge(source, setting, is_target=False).facts, setting.repository)
        assert slim.kind == whole.kind
        assert (slim.noun is None) == (whole.noun is None)
        assert slim.document.allowances == whole.document.allowances
        assert [(one.path, one.target, one.id) for one in references_of(slim)] == [
            (one.path, one.target, one.id) for one in references_of(whole)
        ]
        if whole.coe is None:
            assert slim.noun == whole.noun
            continue
        seen += 1
        assert slim.coe
        assert "-whole" not in vars(slim.coe)
        for name in type(whole.coe).model_fields:
            assert name == "related" or getattr(slim.coe, name) == getattr(whole.coe, name)
        assert [(one.type, one.id) for one in slim.coe.related] == [(one.type, one.id) for one in whole.coe.related]
        with pytest.raises(AttributeError):
            slim.coe.week  # type: ignore[attr-defined]  # noqa: B018
    assert seen > 5


@pytest.mark.skipif("fork" not in CONTEXTS, reason="needs fork: what is patched here is in the copies")
def test_a_process_without_memory_leaves_its_share_to_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_context", lambda: multiprocessing.get_context("fork"))
    some, setting = work(FLAWED)
    alone = judge_all(some, setting, 1)
    first, judged = os.getpid(), pool._judged

    def short(*given: Any) -> Any:
        if os.getpid() != first:
            raise MemoryError
        return judged(*given)

    monkeypatch.setattr(pool, "_judged", short)
    assert judge_all(some, setting, 3) == alone
    assert not multiprocessing.active_children()


def test_a_system_without_more_processes_does_it_all_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> None:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    some, setting = work(FLAWED)
    alone = judge_all(some, setting, 1)
    for word in CONTEXTS:
        context = multiprocessing.get_context(word)
        monkeypatch.setattr(pool, "_context", lambda context=context: context)
        monkeypatch.setattr(context.Process, "start", refuse)
        assert judge_all(some, setting, 3) == alone
