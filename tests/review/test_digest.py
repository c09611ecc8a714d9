"""What the digest says of a week, and what it leaves out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from coe.insight.actions import ActionRow, register
from coe.review import html, json_digest, markdown
from coe.review.digest import Digest, digest
from coe.review.week import parse_week

DAY = dt.date(2026, 11, 22)


def rows(kit: Any, *items: dict[str, Any], as_of: dt.date = DAY, **fields: Any) -> dict[str, ActionRow]:
    corpus = kit.corpus(kit.coe("2026-09-01-pool", action_items=list(items), **fields))
    return {row.item.id: row for row in register(corpus, as_of=as_of)}


@pytest.mark.parametrize(
    ("fields", "state", "left"),
    [
        ({"due": "2026-11-21"}, "overdue", -1),
        ({"due": "2026-11-22"}, "due_soon", 0),
        ({"due": "2026-12-06"}, "due_soon", 14),
        ({"due": "2026-12-07"}, "open", 15),
        ({}, "open", None),
        ({"due": "2026-11-01", "status": "blocked"}, "overdue", -21),
        ({"due": "2026-11-01", "status": "done", "completed": "2026-11-22"}, "done", -21),
        ({"due": "2026-11-01", "status": "done", "completed": "2026-11-23"}, "overdue", -21),
        ({"status": "done"}, "done", None),
        ({"status": "wont_do", "reason": "The system is retired."}, "wont_do", None),
    ],
)
def test_state(kit: Any, fields: dict[str, Any], state: str, left: int | None) -> None:
    row = rows(kit, kit.item("A1", **fields))["A1"]
    assert (row.state, row.days_left) == (state, left)


def test_an_item_is_verified_from_the_day_of_its_verification(kit: Any) -> None:
    shown = {"at": "2026-11-20T23:30:00Z", "by": "role:service-owner", "evidence": "game day"}
    item = kit.item("A1", status="verified", completed="2026-11-10", verification=shown)
    states = {day: rows(kit, item, as_of=dt.date(2026, 11, day))["A1"].state for day in (9, 10, 19, 20)}
    assert states == {9: "open", 10: "done", 19: "done", 20: "verified"}


def test_the_register_is_sorted_and_names_teams(kit: Any) -> None:
    found = rows(
        kit,
        kit.item("A1"),
        kit.item("A2", due="2026-11-30", owner="search"),
        kit.item("A3", due="2026-11-02", owner="role:service-owner", owner_team="unknown-team"),
        kit.item("A4", due="2026-11-01"),
    )
    assert list(found) == ["A4", "A3", "A2", "A1"]
    assert [row.team_name for row in found.values()] == ["Payments", "unknown-team", "Search", "Payments"]
    assert found["A3"].owner_name == "Service owner"


@pytest.mark.parametrize("status", ["superseded", "withdrawn"])
def test_an_analysis_set_aside_asks_for_nothing(kit: Any, status: str) -> None:
    assert not rows(kit, kit.item("A1", due="2026-11-01"), status=status)


def test_the_register_holds_the_items_of_minutes(kit: Any) -> None:
    corpus = kit.corpus(kit.minutes("2026-W46", "2026-11-13", action_items=[kit.item("A1", type="process")]))
    (row,) = register(corpus, as_of=DAY)
    assert (row.source_kind, row.source_id, row.team, row.team_name) == ("minutes", "2026-W46", None, "No team")


def of(kit: Any, *files: dict[str, str], week: str = "2026-W47", **settings: Any) -> Digest:
    merged = {path: text for one in files for path, text in one.items()}
    return kit.case(week, merged, settings).digest()


def test_a_published_analysis_is_new_in_the_week_of_its_publication_only(kit: Any) -> None:
    made = kit.coe("2026-11-02-pool", published="2026-11-16", created="2026-11-03")
    assert [len(of(kit, made, week=week).new) for week in ("2026-W45", "2026-W46", "2026-W47", "2026-W48")] == [0, 0, 1, 0]


def test_sunday_weeks_take_the_sunday_before(kit: Any) -> None:
    made = kit.coe("2026-11-02-pool", published="2026-11-15")
    assert len(of(kit, made).new) == 0
    assert len(of(kit, made, review={"week-starts": "sunday"}).new) == 1


@pytest.mark.parametrize("status", ["superseded", "withdrawn"])
def test_what_was_set_aside_is_not_new(kit: Any, status: str) -> None:
    assert of(kit, kit.coe("2026-11-16-pool", status=status, published="2026-11-18")).is_quiet


def test_the_queue_forgets_what_a_review_has_seen(kit: Any) -> None:
    waiting = kit.coe("2026-11-02-pool", status="in_review", created="2026-11-03")
    seen = {"coe": "2026-11-02-pool", "outcome": "accepted"}
    assert len(of(kit, waiting).queue) == 1
    assert not of(kit, waiting, kit.minutes("2026-W46", "2026-11-13", reviewed=[seen])).queue
    assert not of(kit, waiting, kit.minutes("2026-W47", "2026-11-20", reviewed=[seen])).queue
    assert len(of(kit, waiting, kit.minutes("2026-W48", "2026-11-27", reviewed=[seen])).queue) == 1


def test_a_returned_analysis_comes_back_to_the_next_review(kit: Any) -> None:
    waiting = kit.coe("2026-11-02-pool", status="in_review", created="2026-11-03")
    back = kit.minutes("2026-W46", "2026-11-13", reviewed=[{"coe": "2026-11-02-pool", "outcome": "returned"}])
    assert not of(kit, waiting, back, week="2026-W46").queue
    (one,) = of(kit, waiting, back).queue
    assert (one.returned, one.age, one.late) == ("2026-W46", 20, 6)


def test_the_past_does_not_know_the_future(kit: Any) -> None:
    later = kit.coe(
        "2026-12-01-pool", status="in_review", created="2026-12-02", action_items=[kit.item("A1", due="2026-11-01")]
    )
    made = of(kit, later)
    assert made.is_quiet
    assert made.is_clear
    assert (made.counts.coes, made.counts.open) == (0, 0)


def test_teams_stand_in_the_order_of_their_names(kit: Any) -> None:
    items = [kit.item(f"A{n}", due="2026-11-01", owner_team="search") for n in range(3)]
    made = of(kit, kit.coe("2026-09-01-pool", action_items=[*items, kit.item("A9", due="2026-11-23")]))
    assert [(team.name, len(team.overdue), len(team.due_soon)) for team in made.teams] == [
        ("Payments", 0, 1),
        ("Search", 3, 0),
    ]


def learning(tenet: str | None) -> list[dict[str, Any]]:
    return [{"id": "L1", "statement": "Bound it.", "audience": "org"} | ({"tenet": tenet} if tenet else {})]


@pytest.mark.parametrize(("status", "candidate"), [("proposed", True), (None, True), ("adopted", False), ("retired", False)])
def test_learnings_that_name_a_tenet_make_it_a_candidate_until_it_is_decided(
    kit: Any, status: str | None, candidate: bool
) -> None:
    coes = [kit.coe(f"2026-0{month}-01-pool", learnings=learning("bound")) for month in (1, 2, 3)]
    files = [*coes, kit.tenet("bound", status)] if status else coes
    assert [one.id for one in of(kit, *files).candidates] == (["bound"] if candidate else [])
    assert not of(kit, *files, review={"tenet-candidate-coes": 4}).candidates


@pytest.mark.parametrize(("tenet", "candidate"), [(None, True), ("bound", False)])
def test_a_tag_is_a_candidate_while_no_tenet_answers_it(kit: Any, tenet: str | None, candidate: bool) -> None:
    coes = [kit.coe(f"2026-0{month}-01-pool", tags=["pool"], learnings=learning(tenet)) for month in (1, 2, 3)]
    made = of(kit, *coes, kit.tenet("bound", "adopted"))
    assert [(one.kind, one.id) for one in made.candidates] == ([("tag", "pool")] if candidate else [])


def test_drafts_and_restricted_analyses_are_no_evidence(kit: Any) -> None:
    coes = [kit.coe(f"2026-0{month}-01-pool", tags=["pool"]) for month in (1, 2)]
    draft = kit.coe("2026-03-01-pool", tags=["pool"], status="draft")
    hidden = kit.coe("2026-04-01-pool", tags=["pool"], visibility="restricted")
    assert not of(kit, *coes, draft, hidden).candidates


def test_what_is_not_published_stays_out(kit: Any) -> None:
    hidden = kit.coe(
        "2026-11-16-secret", title="Hidden event of the vault", visibility="restricted", tags=["vault"],
        action_items=[kit.item("A1", title="Hidden change", due="2026-11-01"),
                      kit.item("A2", title="Hidden win", status="done", completed="2026-11-18")],
        learnings=learning("bound"),
    )  # fmt: skip
    waiting = kit.coe("2026-11-01-hidden", title="Hidden second event", visibility="restricted", status="in_review")
    table = [{"coe": "2026-11-16-secret", "outcome": "accepted", "notes": "Hidden note."}]
    made = of(kit, hidden, waiting, kit.minutes("2026-W47", "2026-11-20", reviewed=table, spotlight="2026-11-16-secret"))
    for text in (markdown.render(made), html.page(made), json_digest.render(made)):
        assert "idden" not in text
        assert "secret" not in text
    assert "1 more COE that this digest does not list" in markdown.render(made)
    shown = of(kit, hidden, site={"visibility": ["restricted"]})
    assert "Hidden event of the vault" in markdown.render(shown)


def test_an_edited_file_is_a_change_only_when_nothing_else_is(kit: Any) -> None:
    files = kit.coe("2026-09-01-pool", action_items=[kit.item("A1", created="2026-11-17")]) | kit.coe("2026-09-02-queue")
    corpus = kit.corpus(files)
    edited = {analysis.document.source.file for analysis in corpus.analyses}
    made = digest(corpus, week=parse_week("2026-W47", "UTC"), as_of=DAY, edited=edited)
    assert [(one.entry.coe.id, [why.kind for why in one.reasons]) for one in made.changed] == [
        ("2026-09-01-pool", ["action_agreed"]),
        ("2026-09-02-queue", ["edited"]),
    ]


def test_the_json_shape_is_frozen(case: Callable[[str], Digest]) -> None:
    data = json_digest.as_data(case("busy"))
    assert data["version"] == 1
    assert list(data) == [
        "version", "as_of", "week", "quiet", "policy", "counts", "new", "changed", "queue", "late_drafts", "teams",
        "completed", "learnings", "tenet_candidates", "meeting", "verified", "quiet_spells", "follow_up", "left_open",
        "spotlight", "completion", "programs", "wheel", "agenda", "remarks_url", "meets",
        "recurring_causes",
    ]  # fmt: skip
    about = json_digest.__doc__ or ""
    parts = [data, data["week"], data["counts"], data["new"][0], data["queue"][0], data["teams"][0], data["completed"][0],
             data["learnings"][0], data["tenet_candidates"][0], data["meeting"], data["meeting"]["decisions"][0],
             data["spotlight"], data["spotlight"]["score"], data["wheel"], data["wheel"]["shares"][0], data["agenda"],
             data["agenda"]["items"][0]]  # fmt: skip
    assert not [key for part in parts for key in part if key not in about], "every key is documented"


def test_links_are_made_where_there_is_a_page(case: Callable[[str], Digest]) -> None:
    def link(kind: str, name: str) -> str | None:
        return f"../{kind}/{name} <x>/" if kind == "coe" else None

    made = case("busy")
    assert "[Errors in checkout, event pool](<../coe/2026-11-16-pool%20%3Cx%3E/>)" in markdown.render(made, link=link)
    assert '<a href="../coe/2026-11-16-pool &lt;x&gt;/">Errors in checkout, event pool</a>' in html.fragment(made, link=link)
    assert "<a " not in html.page(made)


def test_the_page_asks_no_other_host(case: Callable[[str], Digest]) -> None:
    page = html.page(case("busy"))
    assert "http" not in page.replace('http-equiv="Content-Security-Policy"', "")
    assert "<script" not in page
    assert "prefers-color-scheme: dark" in page
    assert "@media print" in page


def test_the_fragment_is_one_block_of_markdown(case: Callable[[str], Digest]) -> None:
    from markdown_it import MarkdownIt

    tokens = MarkdownIt().parse(html.fragment(case("busy")))
    assert [token.type for token in tokens] == ["html_block"]
