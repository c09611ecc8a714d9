"""What a facilitator of four weeks stumbled over: skipped weeks, long texts, meetings after the cutoff, hostile names."""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import json
from dataclasses import replace
from typing import Any

import pytest
from markdown_it import MarkdownIt

from coe.review import html, mail, markdown, slack, words
from coe.review.agenda import held_on
from coe.review.slides import ROWS, slides
from coe.review.week import Week, parse_week, week_at
from coe.scaffold.follow_up import program
from coe.weekly import DAYS, Review

MARKUP = "[read](https://evil.example) <img src=x> `code` **bold**"


def test_a_window_of_two_weeks_is_not_blamed_on_the_clocks() -> None:
    skipped = replace(parse_week("2026-W47", "UTC"), since=dt.date(2026, 11, 5))
    assert words.span(skipped) == "2026-11-05 to 2026-11-22 (UTC)"
    winter = replace(parse_week("2026-W44", "Europe/Berlin"), since=dt.date(2026, 10, 15))
    assert words.span(winter) == "2026-10-15 to 2026-11-01 (Europe/Berlin, 433 hours because clocks change)"


@pytest.mark.parametrize(
    ("zone", "name", "hours"),
    [
        ("Europe/Berlin", "2026-W13", 167), ("Europe/Berlin", "2026-W43", 169), ("Europe/Berlin", "2026-W47", 168),
        ("America/Santiago", "2026-W36", 167), ("America/Santiago", "2026-W14", 169), ("Pacific/Apia", "2011-W52", 144),
    ],
)  # fmt: skip
def test_a_week_is_as_long_as_its_clocks_say(zone: str, name: str, hours: float) -> None:
    assert parse_week(name, zone).hours == hours


@pytest.mark.parametrize("starts", ["monday", "sunday"])
@pytest.mark.parametrize("cutoff", [None, *DAYS])
def test_on_the_day_of_the_meeting_its_own_week_is_meant(starts: Any, cutoff: Any) -> None:
    thursday = dt.date(2026, 11, 19)
    week = week_at(thursday, "UTC", starts, cutoff=cutoff)
    assert week == parse_week("2026-W47", "UTC", starts, cutoff=cutoff)
    assert held_on(Review.model_validate({"meets": "thursday 16:00"}), week, dt.date(2026, 11, 16)) == thursday
    assert held_on(Review(), week, thursday) == thursday
    assert held_on(Review(), week, dt.date(2027, 5, 5)) == dt.date(2026, 11, 20), "else the Friday of that week"


def test_an_agenda_of_ours_fits_every_length_of_a_meeting() -> None:
    for minutes in range(5, 481):
        slots = Review.model_validate({"meeting-minutes": minutes}).slots
        assert sum(slot.minutes for slot in slots) == minutes
        assert "spotlight" in {slot.slot for slot in slots}


@pytest.mark.parametrize(
    "url", ["https://a.example/\nX-EVIL:1", "https://a.example/> <b", "https://a.example/|x", "ftp://a.example"]
)
def test_a_place_for_remarks_is_one_address(url: str) -> None:
    with pytest.raises(ValueError, match="write an address"):
        Review.model_validate({"remarks-url": url})


def busy(kit: Any, text: str = "Keep a bound on every shared pool.", **settings: Any) -> Any:
    """A week in which each block has something."""
    later = {"reviewed": [{"coe": "2026-11-01-held", "outcome": "accepted"}]}
    learned = [{"id": "L1", "statement": text, "audience": "org", "tenet": "bounded"}]
    files = {
        **kit.coe("2026-11-16-new", learnings=learned, action_items=[kit.item("A1", due="2026-11-18", title=text)]),
        **kit.coe("2026-11-01-held", status="in_review", learnings=learned),
        **kit.coe("2026-11-02-waits", status="in_review", learnings=learned),
        **kit.coe(
            "2026-08-01-quiet", published="2026-08-03", action_items=[kit.item("A1", status="done", completed="2026-08-20")]
        ),
        **kit.minutes("2026-W46", "2026-11-13", decisions=[{"id": "D1", "text": text, "tenet": "bounded"}], **later),
        "tenets/bounded.md": kit.front(id="bounded", title=text, status="proposed", statement="S.", rationale="R."),
        "programs/bounds.md": kit.front(
            id="bounds", title=text, status="active", lever="centralized_change", sponsor_team="payments",
            done_when="All have one.", adoption=[{"service": "checkout", "status": "done", "since": "2026-11-18"}],
        ),
        "catalog.yaml": f"teams: [{{id: payments, name: Payments}}]\nservices: [{{id: checkout, name: {kit.quoted(text)}}}]\n",
    }  # fmt: skip
    made = kit.case("2026-W47", files, {"review": settings}).digest()
    assert made.counts.left_out == 0
    return made


def test_names_in_our_own_sentences_are_not_markup(kit: Any) -> None:
    text = markdown.render(busy(kit, MARKUP))
    seen = MarkdownIt("commonmark").render(text)
    assert "moved this week:" in seen
    assert "Now: tenet" in seen
    assert not any(tag in seen for tag in ("<a ", "<img", "<code>code", "<strong>bold"))


def test_each_block_says_where_one_can_remark_on_it(kit: Any) -> None:
    made = busy(kit, **{"remarks-url": "https://git.example.com/pulls?q={week}&at={block}"})
    blocks = ("wins", "decisions", "new", "spotlight", "queue", "actions", "tenets", "programs")
    for text in (markdown.render(made), html.fragment(made), mail.html(made), slack.render(made)):
        plain = text.replace("&amp;", "&")
        assert [one for one in blocks if f"https://git.example.com/pulls?q=2026-W47&at={one}" not in plain] == [], text[:40]


@pytest.mark.parametrize("text", ["Ошибки при оплате ", "結帳エラー", "😀 ", "plain words "])
@pytest.mark.parametrize("number", [1, 12, 200])
def test_a_mail_stays_small_in_every_script(kit: Any, text: str, number: int) -> None:
    files: dict[str, str] = {}
    learned = [{"id": "L1", "statement": text * 400, "audience": "org"}]
    for one in range(number):
        files |= kit.coe(
            f"2026-06-{8 + one % 7:02}-event-{one:03}", published="2026-06-18", title=(text * 20)[:110],
            summary=(text * 99)[:590], learnings=learned, action_items=[kit.item("A1", due="2026-06-01", title=text * 40)],
        )  # fmt: skip
    made = kit.case("2026-W25", files).digest()
    data = mail.render(made)
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert len(data) < mail.MOST_BYTES
    for kind in ("plain", "html"):
        body = message.get_body((kind,))
        assert body is not None
        assert text.strip() in body.get_content()
    assert len(made.new) == number
    sections = [one for one in json.loads(slack.render(made))["blocks"] if one["type"] == "section"]
    assert max(len(one["text"]["text"]) for one in sections) <= slack.MOST_SECTION


@pytest.mark.parametrize(("length", "most"), [(5, ROWS), (90, ROWS), (400, 2), (5000, 1)])
def test_slides_hold_what_has_room_and_lose_nothing(kit: Any, length: int, most: int) -> None:
    decisions = [{"id": f"D{one}", "text": "word " * (length // 5)} for one in range(1, 12)]
    made = kit.case("2026-W48", kit.minutes("2026-W47", "2026-11-20", decisions=decisions)).digest()
    shown = [slide for slide in slides(made) if slide.what == "became"]
    assert [row.id for slide in shown for row in slide.rows] == [one["id"] for one in decisions]
    assert max(len(slide.rows) for slide in shown) == most
    assert [slide.part for slide in shown] == [(number, len(shown)) for number in range(1, len(shown) + 1)]


@pytest.mark.parametrize(
    ("decided", "kept"),
    [
        ("99.9 % of calls get an answer.", "99.9 % of calls get an answer."),
        ("3 retries at most.", "3 retries at most."),
        ("1. first", "1\\. first"),
        ("# Loud", "\\# Loud"),
        ("- a\n- b", "\\- a - b"),
        ("**Bounds** for all.", "**Bounds** for all."),
        ("<!-- gone -->", "\\<!-- gone -->"),
    ],
)
def test_a_program_keeps_every_character_of_its_decision(kit: Any, decided: str, kept: str) -> None:
    assert f"\n{kept}\n" in program("bounds", "Bounds", "payments", kit.corpus({}), decided=decided)


def test_the_week_of_a_meeting_is_the_window_that_ended_before_it() -> None:
    week: Week = week_at(dt.date(2026, 11, 19), "UTC", cutoff="wednesday")
    assert (week.first, week.last) == (dt.date(2026, 11, 12), dt.date(2026, 11, 18))
