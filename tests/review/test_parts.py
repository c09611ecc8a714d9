"""The parts of a digest beside its lists: wins, follow-up, spotlight, programs, agenda; and windows with a cutoff."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from coe.config import Config
from coe.errors import CoeError
from coe.review import markdown
from coe.review.digest import Digest, digest
from coe.review.week import parse_week, week_of_day


def made(kit: Any, files: dict[str, str], week: str, settings: dict[str, Any] | None = None, **more: Any) -> Digest:
    corpus = kit.corpus(files, settings)
    review = corpus.repository.config.review
    window = parse_week(week, review.timezone, review.week_starts, cutoff=review.cutoff)
    return digest(corpus, week=window, as_of=window.last, **more)


def test_a_verified_action_is_a_win_in_the_week_in_which_it_was_shown_to_work(kit: Any) -> None:
    shown = {"at": "2026-07-22T10:00:00Z", "by": "payments", "evidence": "Canary stays green."}
    done = kit.item("A1", status="verified", completed="2026-07-01", verification=shown)
    files = kit.coe("2026-06-01-pool", action_items=[done, kit.item("A2", status="done", completed="2026-07-21")])
    assert [row.item.id for row in made(kit, files, "2026-W30").verified] == ["A1"]
    assert made(kit, files, "2026-W29").verified == ()
    assert made(kit, files, "2026-W31").verified == ()


@pytest.mark.parametrize(
    ("items", "later", "found"),
    [
        ([{"status": "done", "completed": "2026-04-23"}], {}, 1),
        ([{"status": "done", "completed": "2026-04-23"}, {"status": "wont_do", "reason": "Too large."}], {}, 1),
        ([{"status": "done", "completed": "2026-04-23"}, {"status": "open"}], {}, 0),
        ([{"status": "done", "completed": "2026-04-20"}], {}, 0),
        ([{"status": "done"}], {}, 0),
        ([], {}, 0),
        ([{"status": "done", "completed": "2026-04-23"}], {"related": [{"type": "recurrence_of", "id": "2026-04-01-pool"}]}, 0),
        ([{"status": "done", "completed": "2026-04-23"}], {"related": [{"type": "related", "id": "2026-04-01-pool"}]}, 1),
    ],
)
def test_ninety_days_without_a_recurrence_are_a_win(
    kit: Any, items: list[dict[str, Any]], later: dict[str, Any], found: int
) -> None:
    actions = [kit.item(f"A{number}") | one for number, one in enumerate(items, 1)]
    files = {**kit.coe("2026-04-01-pool", action_items=actions), **kit.coe("2026-06-01-queue", **later)}
    spells = made(kit, files, "2026-W30").spells
    assert [spell.entry.coe.id for spell in spells] == ["2026-04-01-pool"] * found
    assert all(spell.until == dt.date(2026, 7, 22) for spell in spells)


def test_decisions_of_the_last_review_are_followed_up(kit: Any) -> None:
    decisions = [
        {"id": "D1", "text": "Pools get a bound.", "tenet": "bounds"},
        {"id": "D2", "text": "Retries get a budget.", "program": "budgets"},
        {"id": "D3", "text": "The meeting starts on time."},
    ]
    files = {
        **kit.minutes("2026-W29", "2026-07-17", decisions=decisions, action_items=[kit.item("A1", due="2026-07-20")]),
        **kit.minutes("2026-W30", "2026-07-24", decisions=[{"id": "D1", "text": "Of this week."}]),
        **kit.tenet("bounds", "adopted"),
    }
    seen = made(kit, files, "2026-W30")
    assert seen.follow_up is not None
    assert seen.follow_up.week == "2026-W29"
    assert [(one.id, one.is_carried) for one in seen.follow_up.decisions] == [("D1", True), ("D2", False), ("D3", False)]
    assert [(row.item.id, row.state) for row in seen.follow_up.actions] == [("A1", "overdue")]
    assert [(one.kind, one.about) for one in seen.left_open] == [("decision", "D2")]


def test_a_returned_coe_is_open_until_a_later_review_accepts_it(kit: Any) -> None:
    def reviewed(outcome: str) -> list[dict[str, str]]:
        return [{"coe": "2026-07-01-pool", "outcome": outcome}]

    files = {
        **kit.coe("2026-07-01-pool", status="in_review", created="2026-07-02"),
        **kit.minutes("2026-W28", "2026-07-10", reviewed=reviewed("returned")),
    }
    assert [(one.kind, one.week) for one in made(kit, files, "2026-W29").left_open] == [("returned", "2026-W28")]
    files |= kit.minutes("2026-W29", "2026-07-17", reviewed=reviewed("accepted"))
    assert [(one.kind, one.week) for one in made(kit, files, "2026-W30").left_open] == [("accepted", "2026-W29")]
    files |= kit.coe("2026-07-01-pool", status="published", published="2026-07-17")
    assert made(kit, files, "2026-W30").left_open == ()


@pytest.mark.parametrize("outcome", ["accepted", "accepted_with_changes"])
def test_a_coe_that_was_accepted_but_could_not_be_published_is_not_forgotten(kit: Any, outcome: str) -> None:
    files = {
        **kit.coe("2026-07-01-pool", status="in_review", created="2026-07-02"),
        **kit.minutes("2026-W28", "2026-07-10", reviewed=[{"coe": "2026-07-01-pool", "outcome": outcome}]),
    }
    seen = made(kit, files, "2026-W29")
    assert seen.queue == (), "the review has seen it"
    assert [(one.kind, one.about) for one in seen.left_open] == [("accepted", "2026-07-01-pool")]
    assert "accepted by the review of 2026-W28, and not published yet" in markdown.render(seen)


def test_a_new_coe_that_waits_as_well_is_looked_at_once(kit: Any) -> None:
    files = {
        **kit.coe("2026-07-20-one", status="in_review", created="2026-07-21"),
        **kit.coe("2026-07-21-two", status="in_review", created="2026-07-21"),
    }
    seen = made(kit, files, "2026-W30").spotlight
    assert seen is not None
    assert seen.others == 1


def test_the_spotlight_is_the_weightiest_of_the_week_and_says_why(kit: Any) -> None:
    cause = {"id": "C1", "category": "detection", "statement": "No alarm watched the pool."}
    files = {
        **kit.coe("2026-01-05-old", severity="SEV1", tags=["pool"]),
        **kit.coe("2026-07-20-small", severity="SEV4", published="2026-07-21"),
        **kit.coe("2026-07-20-new", severity="SEV2", published="2026-07-22", tags=["pool", "dns"], root_causes=[cause]),
    }
    seen = made(kit, files, "2026-W30").spotlight
    assert seen is not None
    assert (seen.entry.coe.id, seen.origin, seen.others) == ("2026-07-20-new", "week", 1)
    assert (seen.score.severity, seen.score.novelty, seen.score.reach) == (4, 2, 0)
    assert seen.score.new_terms == ("cause detection", "dns")


def test_a_quiet_week_shows_one_from_the_archive_that_was_not_shown(kit: Any) -> None:
    files = {
        **kit.coe("2026-01-05-old", severity="SEV1"),
        **kit.coe("2026-02-05-older", severity="SEV3"),
        **kit.minutes("2026-W10", "2026-03-06", spotlight="2026-01-05-old"),
    }
    seen = made(kit, files, "2026-W30")
    assert seen.is_quiet
    assert seen.spotlight is not None
    assert (seen.spotlight.entry.coe.id, seen.spotlight.origin) == ("2026-02-05-older", "archive")
    files |= kit.minutes("2026-W20", "2026-05-15", spotlight="2026-02-05-older")
    again = made(kit, files, "2026-W30").spotlight
    assert again is not None
    assert again.entry.coe.id == "2026-01-05-old", "the one that was shown the longest ago"


def test_people_choose_the_spotlight(kit: Any) -> None:
    files = {**kit.coe("2026-07-20-new", published="2026-07-22"), **kit.coe("2026-01-05-old")}
    seen = made(kit, files, "2026-W30", chosen="2026-01-05-old").spotlight
    assert seen is not None
    assert (seen.entry.coe.id, seen.origin) == ("2026-01-05-old", "chosen")
    kept = made(kit, files | kit.minutes("2026-W30", "2026-07-24", spotlight="2026-01-05-old"), "2026-W30").spotlight
    assert kept is not None
    assert kept.origin == "chosen"
    with pytest.raises(CoeError, match="no COE 2026-09-09-none"):
        made(kit, files, "2026-W30", chosen="2026-09-09-none")


def test_nothing_is_read_at_length_without_a_coe(kit: Any) -> None:
    assert made(kit, {}, "2026-W30").spotlight is None


def test_completion_counts_what_was_not_given_up(kit: Any) -> None:
    items = [
        kit.item("A1", status="done", completed="2026-07-01"),
        kit.item("A2"),
        kit.item("A3", status="wont_do", reason="x"),
    ]
    seen = made(kit, kit.coe("2026-06-01-pool", action_items=items), "2026-W30").completion
    assert (seen.done, seen.total) == (1, 2)


@pytest.mark.parametrize("cutoff", [None, "sunday", "monday", "wednesday", "saturday"])
@pytest.mark.parametrize("starts", ["monday", "sunday"])
def test_each_day_is_in_one_week_whatever_the_cutoff(cutoff: Any, starts: Any) -> None:
    days = [dt.date(2026, 12, 20) + dt.timedelta(days=number) for number in range(40)]
    for day in days:
        week = week_of_day(day, "UTC", starts, cutoff=cutoff)
        assert week.first <= day <= week.last
        assert (week.last - week.first).days == 6
        assert parse_week(week.name, "UTC", starts, cutoff=cutoff) == week
        assert cutoff is None or week.last.strftime("%A").lower() == cutoff


def test_what_comes_after_the_cutoff_is_for_the_next_digest(kit: Any) -> None:
    files = {**kit.coe("2026-07-20-wed", published="2026-07-22"), **kit.coe("2026-07-20-thu", published="2026-07-23")}
    settings = {"review": {"cutoff": "wednesday"}}
    assert [one.coe.id for one in made(kit, files, "2026-W30", settings).new] == ["2026-07-20-wed"]
    assert [one.coe.id for one in made(kit, files, "2026-W31", settings).new] == ["2026-07-20-thu"]


def test_the_agenda_adds_up_and_ours_fits_any_meeting(kit: Any) -> None:
    agenda = made(kit, {}, "2026-W30").agenda
    assert [item.starts for item in agenda.items] == [0, 4, 9, 19, 34, 38, 45, 48, 52, 55]
    assert agenda.spare == 0
    for minutes in (10, 25, 30, 45, 90, 120):
        slots = Config.model_validate({"review": {"meeting-minutes": minutes}}).review.slots
        assert sum(slot.minutes for slot in slots) == minutes
    own = made(kit, {}, "2026-W30", {"review": {"agenda": [{"slot": "discussion", "minutes": 20, "title": "Late remarks"}]}})
    assert [(item.title, item.minutes) for item in own.agenda.items] == [("Late remarks", 20)]
    assert own.agenda.spare == 40
