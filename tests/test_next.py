"""`coe next` and the gate of the check are one answer: filling what it asks for, field by field, opens the gate."""

from __future__ import annotations

import json
import textwrap
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from test_cli_check import coe

from coe.check import Selection, active_rules, check
from coe.config import Config, Repository
from coe.corpus import Corpus, analyse
from coe.errors import CoeError
from coe.model.coe import Coe
from coe.model.gate import STAGES, TRANSITIONS, Missing, missing, next_status, steps
from coe.model.validate import Analysis
from coe.policy import DEFAULT_REQUIRE, Policy, Require
from coe.read import Source

ROOT = Path("/example")
NAME = "2026-07-14-checkout"
START = {
    "id": NAME, "title": "Checkout errors in Europe", "kind": "incident", "status": "draft", "severity": "SEV2",
    "owner_team": "payments", "impact": {"windows": [{"id": "I1", "start": "2026-07-14T13:57:40Z"}]},
}  # fmt: skip
FIELDS = [
    *dict.fromkeys(field for table in DEFAULT_REQUIRE for field in table.fields),
    *(
        "impact.windows[].end",
        "impact.windows[level=outage]",
        "impact.customers_affected.count",
        "timeline[milestone=detected]",
    ),
    *("timeline[milestone=mitigated]", "timeline[milestone!=detected].evidence", "root_causes[].undetected_because"),
    *(
        "review_questions.detection.halve",
        "lessons.got_lucky",
        "learnings[audience=org].tenet",
        "x-approval",
        "detection.source",
    ),
    *("action_items[priority=P0].verification.evidence", "incident_roles.incident_commander", "engagement.tech_call.leader"),
]
POLICIES = st.lists(
    st.builds(
        Require,
        status=st.sampled_from(["in_review", "published", "closed"]),
        severities=st.lists(st.sampled_from(["SEV1", "SEV2"]), max_size=2),
        kinds=st.lists(st.sampled_from(["incident", "near_miss"]), max_size=2),
        fields=st.lists(st.sampled_from(FIELDS), max_size=6),
    ),
    max_size=5,
).map(lambda tables: Policy(require=tables))


def analysis(data: dict[str, Any]) -> Analysis:
    text = f"---\n{json.dumps(data)}\n---\n\nThe pool had no free connection.\n"
    return analyse(Source(f"{NAME}.md", text, ROOT / f"coes/2026/{NAME}.md"), Repository(ROOT, Config()))


def typed(data: dict[str, Any]) -> Coe:
    made = analysis(data)
    assert made.coe, [flaw.message for flaw in (*made.document.flaws, *made.flaws)]
    return made.coe


def fill(data: dict[str, Any], one: Missing) -> None:
    """Write the example line where it is said to belong, as an author would."""
    read = YAML(typ="safe", pure=True).load(one.example.replace("…", "yes"))
    holder: Any = data
    for part in one.path[:-1]:
        holder = holder[part]
    written = json.loads(json.dumps(read, default=str))
    if isinstance(one.path[-1], int):
        assert one.path[-1] == len(holder)
        holder += written
    else:
        assert list(written) == [one.path[-1]]
        holder |= written


def gate(data: dict[str, Any], policy: Policy) -> list[str]:
    config = Config(policy=policy)
    one = analysis(data)
    rules = active_rules(config, Selection(select=("status-requirements",)))
    found = check(Corpus(Repository(ROOT, config), (one,)), [one], rules)
    return [finding.message for finding in found if finding.rule == "status-requirements"]


@settings(max_examples=60, deadline=None)
@given(policy=POLICIES, severity=st.sampled_from(["SEV1", "SEV3"]), kind=st.sampled_from(["incident", "near_miss"]))
def test_filling_what_next_says_opens_the_gate(policy: Policy, severity: str, kind: str) -> None:
    data = json.loads(json.dumps({**START, "severity": severity, "kind": kind}))
    for target in STAGES[1:]:
        for _ in range(200):
            lacking = missing(typed(data), policy, target)
            assert bool(gate({**data, "status": target}, policy)) is bool(lacking), "the gate and `next` say the same"
            if not lacking:
                break
            fill(data, lacking[0])
        else:
            pytest.fail(f"an author never ends: {lacking[0]}")
        data["status"] = target
        assert gate(data, policy) == []


def test_the_gate_names_what_next_names() -> None:
    data = {**START, "status": "published"}
    [message] = gate(data, Policy())
    lacking = missing(typed(data), Policy(), "published")
    assert len(lacking) > 6
    assert message.endswith(f"{', '.join(f'`{one.field}`' for one in lacking[:6])} and {len(lacking) - 6} more")


def test_the_order_is_that_of_an_author() -> None:
    fields = [one.field for one in missing(typed(START), Policy(), "closed")]
    assert fields == [
        *("timeline", "detection.method", "services", "trigger.type", "root_causes", "five_whys", "lessons", "action_items"),
        *("summary", "authors", "learnings", "facilitator", "reviewers", "published"),
    ]
    assert fields[:10] == [one.field for one in missing(typed(START), Policy(), "in_review")]


def test_kind_and_severity_choose() -> None:
    exercise = typed({**START, "kind": "exercise", "severity": "SEV4"})
    assert [one.field for one in missing(exercise, Policy(), "published")] == [
        *("lessons", "action_items", "summary", "authors", "learnings", "reviewers", "published")
    ]
    assert missing(exercise, Policy(require=[]), "closed") == ()


@pytest.mark.parametrize("status", ["draft", "superseded", "withdrawn"])
def test_nothing_is_asked_of_what_is_not_on_the_way(status: str) -> None:
    assert missing(typed(START), Policy(), status) == ()  # type: ignore[arg-type]


def test_items_and_conditions() -> None:
    item = {"title": "Bound connections", "type": "prevent"}
    data = {
        **START,
        "action_items": [
            {"id": "A1", **item, "status": "open", "commitment": "must"},
            {"id": "A2", **item, "status": "open"},
            {"id": "A3", **item, "status": "wont_do", "commitment": "must"},
            {"id": "A4", **item, "status": "done", "commitment": "must", "completed": "2026-08-01"},
        ],
    }
    closing = Policy(require=[DEFAULT_REQUIRE[-1]])
    assert [one.field for one in missing(typed(data), closing, "closed")] == ["action_items[0].completed"]
    wanted = Policy(require=[Require(status="in_review", fields=["timeline[milestone=detected]", "impact.windows[].end"])])
    found = {one.field: one for one in missing(typed(data), wanted, "in_review")}
    assert found["impact.windows[0].end"].path == ("impact", "windows", 0, "end")
    assert "milestone: detected" in found["timeline[milestone=detected]"].example


def test_a_default_of_the_model_is_nothing_that_was_written() -> None:
    policy = Policy(require=[Require(status="in_review", fields=["visibility"])])
    assert [one.field for one in missing(typed(START), policy, "in_review")] == ["visibility"]
    assert missing(typed({**START, "visibility": "internal"}), policy, "in_review") == ()


@pytest.mark.parametrize(
    ("field", "help_text"),
    [
        ("detecton.method", "Did you mean `detection`"),
        ("detection.methd", "Did you mean `method`"),
        ("zzz", "`coe schema coe` lists"),
        ("impact.windows.end", "Write `windows[]`"),
        ("detection[].method", "Write `detection`"),
        ("summary.x", "`coe schema coe` lists"),
    ],
)
def test_a_field_that_no_coe_has_is_an_error_of_the_policy(field: str, help_text: str) -> None:
    with pytest.raises(CoeError) as caught:
        steps(field)
    assert help_text in (caught.value.help or "")


def test_the_way() -> None:
    assert [next_status(status) for status in STAGES] == ["in_review", "published", "closed", None]
    assert next_status("withdrawn") is None
    for before, after in pairwise(STAGES):
        assert after in TRANSITIONS[before]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / "coe.toml").write_text(
        '[[policy.require]]\nstatus = "in_review"\nfields = ["summary", "detection.method"]\nwhy = "Readers begin there."\n'
    )
    file = tmp_path / f"coes/2026/{NAME}.md"
    file.parent.mkdir(parents=True)
    file.write_text(f"---\n{json.dumps(START, indent=2)}\n---\n\nThe pool had no free connection.\n")
    return file


def test_the_command(repository: Path) -> None:
    run = coe("next", str(repository), cwd=repository.parent)
    assert (run.returncode, run.stderr) == (1, "")
    assert run.stdout == textwrap.dedent("""\
        2026-07-14-checkout.md: 2 fields to write for in_review

         1. detection.method
            Readers begin there.
              detection: {method: canary}
         2. summary
            Readers begin there.
              summary: For 31 minutes 3.5 % of checkouts failed.
        """)
    told = json.loads(coe("next", str(repository), "--format", "json", cwd=repository.parent).stdout)
    assert (told["version"], told["status"], told["for"]) == (1, "draft", "in_review")
    assert [one["field"] for one in told["missing"]] == ["detection.method", "summary"]
    assert told["missing"][0]["add_at"] == "detection"


def test_nothing_missing(repository: Path) -> None:
    text = repository.read_text().replace(
        '"status"', '"summary": "Checkouts failed.", "detection": {"method": "canary"}, "status"'
    )
    repository.write_text(text)
    run = coe("next", repository.name, cwd=repository.parent)
    assert (run.returncode, run.stdout) == (
        0, "2026-07-14-checkout.md: nothing is missing for in_review. Write `status: in_review`.\n",
    )  # fmt: skip
    repository.write_text(text.replace('"draft"', '"closed"'))
    run = coe("next", repository.name, cwd=repository.parent)
    assert (run.returncode, run.stdout) == (0, "2026-07-14-checkout.md: `closed` is the end of the way.\n")
    assert "Write `status" not in coe("next", repository.name, "--for", "closed", cwd=repository.parent).stdout


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("none.md", None, "is no file"),
        ("coes/2026/2026-07-15-x.md", "---\nid: [\n---\n", "cannot be read as a COE"),
        ("coes/2026/2026-07-15-x.md", "---\nid: 2026-07-15-x\n---\n", "cannot be read as a COE"),
        ("tenets/x.md", "---\nid: x\n---\n", "is no COE"),
    ],
)
def test_what_is_no_coe(repository: Path, name: str, text: str | None, said: str) -> None:
    root = repository.parents[2]
    if text is not None:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    run = coe("next", name, cwd=root)
    assert (run.returncode, run.stdout) == (2, "")
    assert said in run.stderr
    assert "help:" in run.stderr


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("detecton.method", "Did you mean `detection`"),
        ("a b", "`a b` is not a field such as"),
        ("impact.windows.end", "windows[]"),
    ],
)
def test_a_wrong_policy(repository: Path, field: str, said: str) -> None:
    config = repository.parents[2] / "coe.toml"
    config.write_text(f'[[policy.require]]\nstatus = "in_review"\nfields = ["{field}"]\n')
    for words in (("next", str(repository)), ("check",)):
        run = coe(*words, cwd=config.parent)
        assert (run.returncode, run.stdout) == (2, "")
        assert said in run.stderr


def test_a_name_is_no_command_for_what_reads_the_log(repository: Path) -> None:
    file = repository.rename(repository.with_name("::error::a.md"))
    assert coe("next", file.name, cwd=file.parent).stdout.startswith("\\u003a:error::a.md: ")
