"""For every rule a named mutation breaks the good repository in just the way that the rule names, and exactly that rule speaks.

To add a rule, add an entry to the module of its family in `mutations/`: a `Mutation`, or in `NOT_ALONE` the reason why
no edit of files can make the rule speak alone.
"""

from __future__ import annotations

import datetime as dt
import importlib
import pkgutil
import tomllib
from dataclasses import replace
from pathlib import Path

import mutations
import pytest
from mutations.mutation import CATALOG, CONFIG, GOOD, Files, Mutation, good
from test_cli_check import coe

from coe.check import Selection, active_rules, check
from coe.config import Config, Repository
from coe.corpus import Corpus, analyse
from coe.diagnostic import Diagnostic
from coe.fix import apply
from coe.model.validate import Analysis
from coe.read import decode
from coe.rule import all_rules

ROOT = Path("/repository")
AS_OF = dt.date(2026, 7, 30)
NOON = str(int(dt.datetime(2026, 7, 30, 12, tzinfo=dt.UTC).timestamp()))
MODULES = {
    info.name: importlib.import_module(f"mutations.{info.name}")
    for info in pkgutil.iter_modules(mutations.__path__)
    if info.name != "mutation"
}
CASES = [
    pytest.param(family, one, id=f"{family}-{index}-{one.rule}")
    for family, module in MODULES.items()
    for index, one in enumerate(module.MUTATIONS)
]
NAMES = {rule.name for rule in all_rules()}
ABSENT = {family for family, module in MODULES.items() if not NAMES & {one.rule for one in module.MUTATIONS}}


def analysed(files: Files, repository: Repository) -> dict[Path, Analysis]:
    sources = [decode(path, data, file=ROOT / path) for path, data in files.items() if path != CONFIG]
    return {ROOT / source.path: analyse(source, repository) for source in sources}


def found(files: Files, before: Files | None = None) -> list[Diagnostic]:
    repository = Repository(ROOT, Config.model_validate(tomllib.loads(files[CONFIG].decode())))
    now = analysed(files, repository)
    corpus = Corpus(repository, tuple(now.values()), AS_OF)
    if before is not None:
        changed = {path: data for path, data in before.items() if files.get(path) != data}
        corpus = replace(corpus, base=analysed(changed, repository))
    return check(corpus, corpus.analyses, active_rules(repository.config, Selection()))


def test_nothing_is_said_of_the_good_repository() -> None:
    assert found(good()) == []
    run = coe("check", "--fail-on", "note", cwd=GOOD, SOURCE_DATE_EPOCH=NOON)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize(("family", "mutation"), CASES)
def test_exactly_the_rule_speaks_that_names_the_flaw(family: str, mutation: Mutation) -> None:
    if family in ABSENT:
        pytest.skip(f"none of the rules of mutations/{family}.py is in this tree")
    before = mutation.since(good()) if mutation.since else good()
    after = mutation.edit(before)
    spoken = found(after, before if mutation.since else None)
    said = [f"{one.path}:{one.start.line}:{one.start.column} {one.rule}: {one.message}" for one in spoken]
    expected = sorted([mutation.rule] * mutation.times + list(mutation.also))
    assert sorted(one.rule for one in spoken) == expected, "\n".join(said)
    for one in spoken:
        if one.rule == mutation.rule:
            text = one.source.text[one.span.start : one.span.end]
            assert text.startswith(mutation.at), f"found at {text!r}"
    changed = {path for path in after if after[path] != before.get(path)} - {CONFIG, CATALOG}
    places = {one.path for one in spoken if one.rule == mutation.rule}
    assert not changed or changed & places, "the finding is in a file that was changed"


MENDED = [case for case in CASES if case.values[1].rule in ("list-without-blank-line", "hindsight", "yaml-look-alike")]


@pytest.mark.parametrize(("family", "mutation"), MENDED)
def test_the_fix_leaves_nothing_to_say(family: str, mutation: Mutation) -> None:
    if family in ABSENT:
        pytest.skip(f"none of the rules of mutations/{family}.py is in this tree")
    after = mutation.edit(good())
    [spoken] = found(after)
    assert spoken.fix
    mended = apply(spoken.source.text, [spoken], frozenset({"safe", "unsafe"}))
    assert found({**after, spoken.path: mended.encode()}) == []


def test_every_rule_has_a_mutation_or_a_reason_and_none_has_both() -> None:
    broken = {one.rule for module in MODULES.values() for one in module.MUTATIONS}
    reasons = {name: why for module in MODULES.values() for name, why in module.NOT_ALONE.items()}
    assert sorted(NAMES - broken - set(reasons)) == [], "add an entry to tests/mutations/"
    assert not broken & set(reasons)
    assert all(len(why) > 20 for why in reasons.values())


def test_entries_name_rules_that_are_there() -> None:
    """A module of which one rule is in this tree names no other."""
    named = {family: {*(one.rule for one in module.MUTATIONS), *module.NOT_ALONE} for family, module in MODULES.items()}
    assert {rule for family, rules in named.items() if family not in ABSENT for rule in rules} <= NAMES
