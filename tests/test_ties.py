"""Ties between documents: circles are found once and fast, and the newest of a chain stays silent."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from coe.check import Selection, active_rules, check
from coe.config import Config, Repository
from coe.corpus import Corpus, analyse
from coe.read import Source
from coe.rules.reference.cycles import cycles, shown

ROOT = Path("/example")
NAMES = st.sampled_from("abcdef")
TENET = "---\nid: {0}\ntitle: Tenet {0}\nstatus: {1}\nstatement: Keep working.\nrationale: It fails.\n{2}---\n\nA text.\n"


def found(files: dict[str, str], *rules: str) -> list[tuple[str, str, str]]:
    repository = Repository(ROOT, Config())
    analyses = tuple(analyse(Source(name, text, ROOT / name), repository) for name, text in files.items())
    assert all(one.noun for one in analyses)
    chosen = active_rules(Config(), Selection(select=rules))
    return [(one.path, one.rule, one.message) for one in check(Corpus(repository, analyses), analyses, chosen)]


def reaches(edges: dict[str, list[str]], start: str) -> bool:
    seen: set[str] = set()
    todo = [name for name in edges.get(start, ()) if name != start]
    while todo:
        name = todo.pop()
        if name == start:
            return True
        if name not in seen:
            seen.add(name)
            todo += edges.get(name, ())
    return False


@given(st.dictionaries(NAMES, st.lists(NAMES, max_size=3)))
def test_a_circle_is_found_where_there_is_one(edges: dict[str, list[str]]) -> None:
    made = list(cycles(edges))
    for cycle in made:
        assert len(set(cycle)) == len(cycle) > 1
        assert all(there in edges[here] for here, there in zip(cycle, (*cycle[1:], cycle[0]), strict=True))
    assert bool(made) is any(reaches(edges, name) for name in edges)


def test_a_chain_of_thousands_is_no_circle() -> None:
    edges = {f"{number:05}": [f"{number + 1:05}"] for number in range(20_000)}
    assert list(cycles(edges)) == []
    [circle] = cycles({**edges, "20000": ["00000"]})
    assert len(circle) == 20_001
    assert shown(circle, "00007") == "00007 → 00008 → 00009 → 00010 → … → 00007"


def test_tenets_that_supersede_each_other() -> None:
    files = {
        "tenets/old.md": TENET.format("old", "adopted", "supersedes: new\n"),
        "tenets/new.md": TENET.format("new", "adopted", "supersedes: old\n"),
    }
    assert [(path, message) for path, _, message in found(files, "supersedes-cycle")] == [
        ("tenets/old.md", "`supersedes` leads in a circle: old → new → old"),
        ("tenets/new.md", "`supersedes` leads in a circle: new → old → new"),
    ]


def test_a_superseded_tenet_is_retired() -> None:
    files = {
        "tenets/old.md": TENET.format("old", "adopted", ""),
        "tenets/new.md": TENET.format("new", "adopted", "supersedes: old\n"),
    }
    [(path, _, message)] = found(files, "one-sided-supersedes")
    assert (path, message) == ("tenets/new.md", "this tenet supersedes `old`, whose status is `adopted`")
    files["tenets/old.md"] = TENET.format("old", "retired", "")
    assert found(files, "one-sided-supersedes") == []
    files["tenets/old.md"] = TENET.format("old", "adopted", "")
    files["tenets/new.md"] = TENET.format("new", "proposed", "supersedes: old\n")
    assert found(files, "one-sided-supersedes") == []


def test_a_running_program_names_what_is_in_force() -> None:
    program = (
        "---\nid: budgets\ntitle: Budgets\nstatus: {}\nlever: centralized_change\nsponsor_team: payments\n"
        "tenets: [old]\nadoption: [{{service: search, status: {}}}]\ndone_when: All have one.\n---\n\nA text.\n"
    )
    files = {
        "catalog.yaml": "teams: [{id: payments, name: Payments}]\nservices: [{id: search, name: Search, status: retired}]\n",
        "tenets/old.md": TENET.format("old", "retired", ""),
        "tenets/new.md": TENET.format("new", "adopted", "supersedes: old\n"),
        "programs/budgets.md": program.format("active", "in_progress"),
    }
    assert [message for _, _, message in found(files, "retired-reference")] == [
        "`tenets[0]` names the tenet `old`, which is retired",
        "`adoption[0].service` names the service `search`, which the catalog calls retired",
    ]
    files["programs/budgets.md"] = program.format("active", "exempt")
    assert len(found(files, "retired-reference")) == 1, "an exempt service may be retired"
    files["programs/budgets.md"] = program.format("done", "in_progress")
    assert found(files, "retired-reference") == []
