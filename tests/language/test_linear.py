"""No text costs more than linear work: calls are counted, which are the same on every machine, not seconds."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from coe.check import Selection, active_rules, check
from coe.config import Config, Repository
from coe.corpus import Corpus, analyse
from coe.language.trigger import is_suspect
from coe.read import Source

SMALL = 6_000


def _hostile() -> ModuleType:
    spec = spec_from_file_location("hostile", Path(__file__).parents[2] / "benchmarks" / "language" / "hostile.py")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


HOSTILE = _hostile()
TEXTS = {**HOSTILE.PROSE, **HOSTILE.HOSTILE}
CONFIG = Config.model_validate(tomllib.loads(HOSTILE.HOUSE))


def work(text: str, config: Config = CONFIG) -> int:
    """Return how many functions are called, those of C among them, to find what a text holds."""
    repository = Repository(Path("/r"), config)
    rules = active_rules(config, Selection(frozenset({"language", "allowance"})))
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        analysis = analyse(Source("notes.md", text), repository)
        check(Corpus(repository, (analysis,)), [analysis], rules)
    finally:
        sys.setprofile(before)
    return calls


@pytest.mark.parametrize("name", TEXTS)
def test_four_times_the_text_is_at_most_four_times_the_work(name: str) -> None:
    work(TEXTS[name](500))  # what is read once
    small, large = work(TEXTS[name](SMALL)), work(TEXTS[name](4 * SMALL))
    assert large <= 4.4 * small + 400


def test_the_number_of_accepted_terms_does_not_matter() -> None:
    once, twice = HOSTILE.report(SMALL), HOSTILE.report(2 * SMALL)
    few, many = (Config.model_validate(tomllib.loads(HOSTILE.many_terms(count))) for count in (10, 3000))
    grown = []
    for config in (few, many):
        for text in (once, twice):  # the terms are put in order once, and phrases read that a text asks for
            work(text, config)
        grown.append(work(twice, config) - work(once, config))
    assert grown[0] == grown[1] > 0


def test_a_house_without_words_of_its_own_costs_nothing() -> None:
    text = HOSTILE.report(SMALL)
    work(text, Config())
    plain = work(text, Config())
    phrases = Config.model_validate(tomllib.loads('[[lint.phrase]]\npattern = "war room"\nmessage = "x"\n'))
    work(text, phrases)
    assert work(text, phrases) - plain < text.count("\n\n") * 12, "a phrase is looked for among words already there"


class _Passage(list[str]):
    """The words of a passage, which count how often all of them are gone through."""

    readings = 0

    def __iter__(self) -> Iterator[str]:
        self.readings += 1
        return super().__iter__()


def test_a_word_that_needs_another_looks_for_it_once_in_a_passage() -> None:
    few, many = (_Passage(["had", "the", "operator"] * count) for count in (5, 500))
    assert not is_suspect(few)
    assert not is_suspect(many)
    assert few.readings == many.readings
