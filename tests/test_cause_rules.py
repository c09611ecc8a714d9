"""What the examples of the rules about causes cannot show: trees of many shapes, who acts, silence without data."""

from __future__ import annotations

from pathlib import Path

import pytest

from coe.check import check
from coe.config import Config, Repository
from coe.corpus import Corpus, analyse
from coe.diagnostic import Diagnostic
from coe.read import Source
from coe.rule import all_rules

ROOT = Path("/repository")
PATH = "coes/2026/2026-07-14-checkout.md"
HEAD = "id: 2026-07-14-checkout\ntitle: Checkout errors in Europe\nseverity: SEV2\nowner_team: payments\n"
IMPACT = "impact: {windows: [{id: I1, start: '2026-07-14T13:57:40Z', end: '2026-07-14T14:29:00Z'}]}\n"
CAUSES = tuple(rule for rule in all_rules() if rule.family == "cause")


def found(fields: str, name: str = "", *, status: str = "in_review", kind: str = "incident") -> list[Diagnostic]:
    """Return what the rules about causes, or one of them, say of a COE with these fields."""
    text = f"---\n{HEAD}kind: {kind}\nstatus: {status}\n{IMPACT}{fields}---\n\nThe pool ran out of connections.\n"
    repository = Repository(ROOT, Config())
    analysis = analyse(Source(PATH, text, ROOT / PATH), repository)
    assert analysis.flaws == (), "the text must be valid but for what the rule is about"
    rules = tuple(rule for rule in CAUSES if name in ("", rule.name))
    assert rules
    return check(Corpus(repository, (analysis,)), [analysis], rules)


def cause(name: str, category: str = "technical", statement: str = "The pool has no upper bound per tenant.") -> str:
    return f"  - {{id: {name}, category: {category}, statement: '{statement}'}}\n"


def why(because: str = "No connection was free.", more: str = "", *whys: str) -> str:
    return f"{{why: 'Why was it so?', because: '{because}'{more}, whys: [{', '.join(whys)}]}}"


def tree(*whys: str) -> str:
    return f"five_whys: [{', '.join(whys)}]\n"


ENDS = ", cause: C1"


# Lessons


def lessons(more: str = "", kind: str = "went_poorly") -> str:
    return f"lessons: {{{kind}: [{{id: P1, text: Two approvals at night.{more}}}]}}\n"


def actions(*states: str, addresses: str = "") -> str:
    items = "".join(
        f"  - {{id: A{index}, title: One approval, type: mitigate, status: {state}, addresses: [{addresses}]}}\n"
        for index, state in enumerate(states, 1)
    )
    return f"action_items:\n{items}"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (lessons(), True),
        (lessons(", actions: [A1, A2]") + actions("wont_do", "done"), False),
        (lessons(", actions: [A1, A2]") + actions("wont_do", "wont_do"), True),
        (lessons() + actions("wont_do", addresses="P1"), True),
        (lessons() + actions("verified", addresses="P1"), False),
        (lessons(", actions: [A9]") + actions("open"), False),  # a mistyped id is one flaw, told by another rule
        (lessons(", accepted_risk: The tool is replaced in March."), False),
        (lessons(kind="surprises"), False),
        (lessons(kind="got_lucky"), True),
    ],
)
def test_a_lesson_leads_to_an_action_that_is_done_or_to_a_reason(fields: str, said: bool) -> None:
    assert bool(found(fields, "lesson-without-action")) is said


def test_a_lesson_answered_only_by_what_will_not_be_done_names_it() -> None:
    (one,) = found(lessons(", actions: [A1, A2]") + actions("wont_do", "wont_do"), "lesson-without-action")
    assert "A1 and A2, which will not be done" in one.message
    assert one.field == "lessons.went_poorly[0]"


# Causes


def test_no_cause_at_all_is_not_a_single_cause_and_an_exercise_has_one_on_purpose() -> None:
    one = "root_causes:\n" + cause("C1")
    assert found("", "single-cause") == []
    assert found("contributing_factors:\n" + cause("C2"), "single-cause") == []
    assert found(one, "single-cause")
    assert found(one, "single-cause", kind="near_miss")
    assert found(one, "single-cause", kind="exercise") == []


def test_human_factors_are_said_once_and_any_other_cause_stands_beside_them() -> None:
    alone = "root_causes:\n" + cause("C1", "human_factors") + "contributing_factors:\n" + cause("C2", "human_factors")
    (one,) = found(alone, "human-factors-alone")
    assert one.field == "root_causes[0].category"
    for category in ("technical", "process", "organizational", "detection", "dependency", "knowledge", "communication"):
        assert found(alone + cause("C3", category), "human-factors-alone") == []


TRIGGER = (
    "timeline: [{id: E1, at: '2026-07-14T13:57:40Z', type: change, text: The new configuration of the limiter was deployed.}]\n"
    "trigger: {type: config, event: E1}\n"
)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("The new configuration of the limiter was deployed.", True),
        ("Deployed new limiter configurations.", True),
        ("A new configuration of the limiter was deployed to all regions without a stage in between.", False),
        ("The limiter rejects a configuration only after it was deployed.", False),
        ("New configuration.", False),  # two words are too few to compare
    ],
)
def test_a_cause_that_repeats_the_trigger(statement: str, said: bool) -> None:
    assert bool(found(TRIGGER + "root_causes:\n" + cause("C1", statement=statement), "trigger-as-cause")) is said


def test_the_trigger_is_compared_by_its_reference_too_and_not_with_factors() -> None:
    trigger = "trigger: {type: infrastructure, ref: capacity addition to the front-end fleet}\n"
    told = cause("C1", statement="Capacity addition to the front-end fleet.")
    assert found(trigger + "root_causes:\n" + told, "trigger-as-cause")
    assert found(trigger + "contributing_factors:\n" + told, "trigger-as-cause") == []
    assert found("trigger: {type: config, event: E9}\nroot_causes:\n" + told, "trigger-as-cause") == []


# Trees of whys


def test_one_deep_branch_is_enough() -> None:
    assert found(tree(why(more=ENDS), why(more=ENDS)), "shallow-why-tree")
    assert found(tree(why(more=ENDS), why("No.", "", why(more=ENDS))), "shallow-why-tree") == []
    assert found("", "shallow-why-tree") == []


def test_every_loose_leaf_is_named_and_inner_whys_are_not() -> None:
    loose = found(tree(why("No.", "", why(), why(more=ENDS)), why()), "why-leaf-without-cause")
    assert [one.field for one in loose] == ["five_whys[0].whys[0]", "five_whys[1]"]


def test_a_cause_may_be_reached_inside_a_chain_and_factors_need_no_chain() -> None:
    both = "root_causes:\n" + cause("C1") + cause("C2") + "contributing_factors:\n" + cause("C3")
    chain = tree(why("No.", ", cause: C1", why(more=", cause: C3")))
    (one,) = found(both + chain, "cause-unreached")
    assert one.field == "root_causes[1]"
    assert found(both, "cause-unreached") == []


def test_a_mistyped_cause_is_one_flaw_and_told_by_another_rule() -> None:
    assert found("root_causes:\n" + cause("C1") + tree(why(more=", cause: C11")), "cause-unreached") == []


@pytest.mark.parametrize(
    "because",
    [
        "The engineer selected the other host.",
        "An on-call engineer had merged the change before the test was done.",
        "The engineers did not see the warning and confirmed it.",
        "At 23:10 the administrator deleted the directory.",
        "She restarted the primary.",
    ],
)
def test_a_chain_that_ends_at_an_act(because: str) -> None:
    (one,) = found(tree(why("No.", "", why(because, ENDS))), "why-leaf-about-person")
    assert one.field == "five_whys[0].whys[0].because"


@pytest.mark.parametrize(
    "because",
    [
        "The console showed two hosts whose names differ in one letter.",
        "The engineer was shown a list without environments.",
        "The engineer could not see which host it was.",
        "The engineers had no access to the network.",
        "The engineer on call was alone for two regions.",
        "The operator pod restarted without its volume.",
        "Customers sent twice as many requests.",
        "The team owns forty services.",
        "No team owned the test of restores.",
        "A script that an engineer had written two years ago deleted the directory.",
        "The page for the engineer arrived late.",
        "Nothing asks which host is meant when an engineer removes one.",
        "`engineer` deleted the directory.",
        "No.",
    ],
)
def test_conditions_are_no_acts(because: str) -> None:
    assert found(tree(why("No.", "", why(because, ENDS))), "why-leaf-about-person") == []


def test_an_act_inside_a_chain_is_asked_about_and_so_allowed() -> None:
    act = why("The engineer selected the other host.", "", why("Both names look alike.", ENDS))
    assert found(tree(act), "why-leaf-about-person") == []


def test_drafts_and_what_is_set_aside_are_left_alone() -> None:
    fields = (
        "root_causes:\n" + cause("C1", "human_factors") + lessons() + tree(why("The engineer selected the other host."))
        + "timeline: [{id: E1, at: '2026-07-14T14:00:00Z', type: decision, text: The cell stays.}]\n"
    )  # fmt: skip
    assert len({one.rule for one in found(fields)}) == 8
    for status in ("draft", "superseded", "withdrawn"):
        assert found(fields, status=status) == []


def test_a_coe_without_data_hears_nothing() -> None:
    assert found("", status="published") == []
