"""For every rule a named mutation breaks the good repository in just the way that the rule names, and exactly that rule speaks.

To add a rule, add an entry to the module of its family in `mutations/`: a `Mutation`, or in `NOT_ALONE` the reason why
no edit of files can make the rule speak alone.
"""

from __future__ import annotations

import datetime as dt
import importlib
import pkgutil
from pathlib import Path

import mutations
import pytest
from mutations.mutation import CONFIG, GOOD, Files, Mutation, good
from test_cli_check import coe

from coe.check import Selection, active_rules, check
from coe.config import Repository, load
from coe.corpus import Corpus, analyse
from coe.diagnostic import Diagnostic
from coe.read import decode
from coe.rule import all_rules, families

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
FAMILY = {rule.name: rule.family for rule in all_rules()}


def found(files: Files) -> list[Diagnostic]:
    repository = Repository(ROOT, load(GOOD / CONFIG))
    sources = [decode(path, data, file=ROOT / path) for path, data in files.items() if path != CONFIG]
    analyses = tuple(analyse(source, repository) for source in sources)
    rules = active_rules(repository.config, Selection())
    return check(Corpus(repository, analyses, AS_OF), analyses, rules)


def test_nothing_is_said_of_the_good_repository() -> None:
    assert found(good()) == []
    run = coe("check", "--fail-on", "note", cwd=GOOD, SOURCE_DATE_EPOCH=NOON)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize(("family", "mutation"), CASES)
def test_exactly_the_rule_speaks_that_names_the_flaw(family: str, mutation: Mutation) -> None:
    if family not in families():
        pytest.skip(f"there is no family {family} in this tree")
    before = good()
    after = mutation.edit(before)
    spoken = found(after)
    said = [f"{one.path}:{one.start.line}:{one.start.column} {one.rule}: {one.message}" for one in spoken]
    expected = sorted([mutation.rule] * mutation.times + list(mutation.also))
    assert sorted(one.rule for one in spoken) == expected, "\n".join(said)
    for one in spoken:
        if one.rule == mutation.rule:
            text = one.source.text[one.span.start : one.span.end]
            assert text.startswith(mutation.at), f"found at {text!r}"
    changed = {path for path in after if after[path] != before.get(path)}
    assert changed & {one.path for one in spoken if one.rule == mutation.rule}, "the finding is in a file that was changed"


def test_every_rule_has_a_mutation_or_a_reason_and_none_has_both() -> None:
    broken = {one.rule for module in MODULES.values() for one in module.MUTATIONS}
    reasons = {name: why for module in MODULES.values() for name, why in module.NOT_ALONE.items()}
    assert sorted(set(FAMILY) - broken - set(reasons)) == [], "add an entry to tests/mutations/"
    assert not broken & set(reasons)
    assert all(len(why) > 20 for why in reasons.values())


def test_entries_name_rules_that_are_there() -> None:
    """An entry of a family that is here names a rule that is here."""
    named = [(family, one.rule) for family, module in MODULES.items() for one in module.MUTATIONS]
    named += [(family, rule) for family, module in MODULES.items() for rule in module.NOT_ALONE]
    assert [pair for pair in named if pair[0] in families() and pair[1] not in FAMILY] == []
