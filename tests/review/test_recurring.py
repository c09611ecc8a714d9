"""The causes that earlier COEs had as well: what is told, in which order, and that later COEs change no past week."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest

from coe.review import html, json_digest, mail, markdown, present, slack
from coe.review.digest import Digest, digest
from coe.review.recurring import MOST, MOST_EARLIER
from coe.review.week import parse_week

OLD, NEW = "2026-09-01-old", "2026-11-16-new"


def cause(statement: str, name: str = "C1") -> dict[str, str]:
    return {"id": name, "category": "technical", "statement": statement}


POOL = cause("The connection pool had no upper bound.")
AGAIN = cause("Each tenant could take the whole connection pool.")


def of(kit: Any, *files: dict[str, str], week: str = "2026-W47") -> Digest:
    made = kit.case(week, {path: text for one in files for path, text in one.items()}).digest()
    assert isinstance(made, Digest)
    return made


def told(made: Digest) -> list[tuple[str, list[str]]]:
    return [(one.entry.coe.id, [before.entry.coe.id for before in one.earlier]) for one in made.causes]


def test_an_earlier_cause_that_shares_two_words_is_told(kit: Any) -> None:
    made = of(kit, kit.coe(OLD, root_causes=[POOL]), kit.coe(NEW, root_causes=[AGAIN]))
    assert told(made) == [(NEW, [OLD])]
    assert made.causes[0].words == ("connection", "pool")
    assert next(item.things for item in made.agenda.items if item.slot == "causes") == 1


def test_one_shared_word_is_chance(kit: Any) -> None:
    made = of(kit, kit.coe(OLD, root_causes=[POOL]), kit.coe(NEW, root_causes=[cause("The pool of workers was drained.")]))
    assert made.causes == ()


@pytest.mark.parametrize(("status", "is_told"), [("in_review", True), ("draft", True), ("withdrawn", False)])
def test_what_waits_for_its_review_is_looked_at_as_well(kit: Any, status: str, is_told: bool) -> None:
    fresh = kit.coe(NEW, root_causes=[AGAIN], status=status, created="2026-11-17")
    assert bool(of(kit, kit.coe(OLD, root_causes=[POOL]), fresh).causes) is is_told


@pytest.mark.parametrize("fields", [{"status": "draft"}, {"status": "superseded"}, {"visibility": "restricted"}])
def test_what_is_no_evidence_is_no_earlier_cause(kit: Any, fields: dict[str, str]) -> None:
    assert of(kit, kit.coe(OLD, root_causes=[POOL], **fields), kit.coe(NEW, root_causes=[AGAIN])).causes == ()


def test_the_action_items_that_address_the_cause_are_counted_as_of_the_day(kit: Any) -> None:
    items = [
        kit.item("A1", addresses=["C1"], status="done", completed="2026-10-01"),
        kit.item("A2", addresses=["C1"], status="done", completed="2026-11-23"),
        kit.item("A3", addresses=["C1"], status="wont_do", reason="The system is retired."),
        kit.item("A4", addresses=["C2"]),
    ]
    made = of(kit, kit.coe(OLD, root_causes=[POOL], action_items=items), kit.coe(NEW, root_causes=[AGAIN]))
    (earlier,) = made.causes[0].earlier
    assert (earlier.done, earlier.total) == (1, 2)


def test_lists_are_short_and_the_rarest_words_come_first(kit: Any) -> None:
    olds = [kit.coe(f"2026-08-{day:02}-old", root_causes=[POOL]) for day in range(1, 8)]
    rare = kit.coe("2026-07-01-rare", root_causes=[cause("One tenant could drain the ledger.")])
    many = [cause(f"Each tenant could drain the connection pool, part {n}.", f"C{n}") for n in range(1, 31)]
    made = of(kit, *olds, rare, kit.coe(NEW, root_causes=many))
    assert len(made.causes) == MOST
    assert all(len(one.earlier) == MOST_EARLIER for one in made.causes)
    assert {one.earlier[0].entry.coe.id for one in made.causes} == {"2026-07-01-rare"}
    assert [one.entry.coe.id for one in made.causes[0].earlier[1:]] == ["2026-08-07-old", "2026-08-06-old"], "then the newest"


def test_a_word_that_most_causes_have_tells_nothing(kit: Any) -> None:
    usual = [kit.coe(f"2026-08-{day:02}-{name}", root_causes=[POOL]) for day in range(1, 29) for name in ("a", "b")]
    assert of(kit, *usual, kit.coe(NEW, root_causes=[AGAIN])).causes == ()


def test_all_renderings_name_it(case: Callable[[str], Digest]) -> None:
    made = case("busy")
    assert len(made.causes) == 1
    mailed = mail.html(made)
    for text in (markdown.render(made), html.fragment(made), mailed, present.page(made), slack.render(made)):
        assert "1 of 2 action items finished" in text
        assert "The connection pool of the database had no upper bound." in text or text == slack.render(made)
    (data,) = json_digest.as_data(made)["recurring_causes"]
    assert (data["coe"], data["cause"], data["words"]) == ("2026-11-16-pool", "C2", ["bound", "connection", "pool"])
    assert json.loads(json_digest.render(made))["recurring_causes"] == [data]


LATER: dict[str, dict[str, Any]] = {
    "published": {"published": "2026-12-01"},
    "in review": {"status": "in_review", "created": "2026-12-01"},
    "draft": {"status": "draft", "created": "2026-12-01"},
}


@pytest.mark.parametrize("how", LATER)
def test_what_is_written_later_changes_no_past_week(kit: Any, how: str) -> None:
    """The event of the later COE was in the past week, and so are days in it: known it was only later."""
    files = kit.case("2026-W47", {**kit.coe(OLD, root_causes=[POOL], tags=["pool"]), **kit.coe(NEW, root_causes=[AGAIN])}).files
    later = kit.coe(
        "2026-11-17-later", root_causes=[POOL], tags=["pool"], severity="SEV1", **LATER[how],
        severity_history=[{"at": "2026-11-18T10:00:00Z", "level": "SEV1"}],
        action_items=[kit.item("A1", status="done", completed="2026-11-19"), kit.item("A2", due="2026-11-20")],
        related=[{"type": "recurrence_of", "id": OLD}],
    )  # fmt: skip
    week = parse_week("2026-W47", "UTC")
    before, after = (digest(kit.corpus(some), week=week, as_of=week.last) for some in (files, {**files, **later}))
    assert json_digest.render(before) == json_digest.render(after)
    shown = digest(kit.corpus({**files, **later}), week=week, as_of=dt.date(2026, 12, 2))
    assert shown.completion.total == 2, "and on a later day it is there"
