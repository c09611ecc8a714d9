"""What the examples of the rules of structure and reference cannot show: order with precision, drafts, many of a kind."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coe.check import check
from coe.config import Config, Repository
from coe.corpus import Corpus, analyse
from coe.diagnostic import Diagnostic, Severity
from coe.fix import apply
from coe.model.timeline import MILESTONES
from coe.read import Source
from coe.rule import Rule, all_rules

ROOT = Path("/repository")
HEAD = """\
id: 2026-07-14-checkout
title: Checkout errors in Europe
kind: incident
severity: SEV2
owner_team: payments
"""
START = dt.datetime(2026, 7, 14, 14, tzinfo=dt.UTC)
CATALOG = (
    "teams: [{id: payments, name: Payments}]\nservices: [{id: checkout, name: Checkout}]\nroles: [{id: scribe, name: Scribe}]\n"
)


def rules(*names: str) -> tuple[Rule, ...]:
    found = tuple(rule for rule in all_rules() if rule.name in names)
    assert len(found) == len(names)
    return found


def corpus_of(files: dict[str, str]) -> Corpus:
    repository = Repository(ROOT, Config())
    return Corpus(repository, tuple(analyse(Source(path, text, ROOT / path), repository) for path, text in files.items()))


def found(
    text: str, *names: str, path: str = "coes/2026/2026-07-14-checkout.md", more: dict[str, str] | None = None
) -> list[Diagnostic]:
    corpus = corpus_of({path: text, "catalog.yaml": CATALOG, **(more or {})})
    assert corpus.analyses[0].flaws == (), "the text must be valid but for what the rule is about"
    return check(corpus, [corpus.analyses[0]], rules(*names))


def coe(fields: str, body: str = "The pool ran out of connections.", status: str = "in_review") -> str:
    impact = "" if "impact:" in fields else f"impact: {{windows: [{{id: I1, start: {START.isoformat()}}}]}}\n"
    return f"---\n{HEAD}status: {status}\n{impact}{fields}---\n\n{body}\n"


# Order of milestones

Moment = tuple[str, int, int]
"""A milestone, its minute after START, and the width of its interval in minutes."""


def timeline(moments: list[Moment]) -> str:
    if not moments:
        return ""
    items = "".join(
        f"  - {{id: E{index}, at: '{(START + dt.timedelta(minutes=minute)).isoformat()}', precision: PT{width}M, "
        f"type: note, milestone: {name}, text: Something happened.}}\n"
        for index, (name, minute, width) in enumerate(moments)
    )
    return f"timeline:\n{items}"


def order_of(moments: list[Moment], impact: int = 0) -> list[Diagnostic]:
    start = (START + dt.timedelta(minutes=impact)).isoformat()
    return found(coe(f"impact: {{windows: [{{id: I1, start: '{start}'}}]}}\n{timeline(moments)}"), "milestone-order")


def minutes() -> st.SearchStrategy[int]:
    return st.integers(-600, 600)


def some_moments() -> st.SearchStrategy[list[Moment]]:
    names = st.lists(st.sampled_from(MILESTONES), unique=True, max_size=6)
    return names.flatmap(
        lambda chosen: st.tuples(
            *(st.tuples(st.just(name), minutes(), st.sampled_from([0, 1, 30, 240])) for name in chosen)
        ).map(list)
    )


MUST_PRECEDE = {
    ("introduced", "impact"), ("introduced", "detected"), ("introduced", "diagnosed"), ("introduced", "mitigation_started"),
    ("introduced", "mitigated"), ("introduced", "recovered"), ("introduced", "resolved"), ("paged", "acknowledged"),
    ("impact", "mitigated"), ("detected", "resolved"),
}  # fmt: skip


@given(some_moments(), minutes())
@settings(max_examples=150, deadline=None)
def test_an_error_is_there_exactly_when_two_intervals_lie_apart_in_an_impossible_order(
    moments: list[Moment], impact: int
) -> None:
    # Minutes doubled, so that half a width is a whole number.
    spans = {name: (2 * minute - width, 2 * minute + width) for name, minute, width in moments}
    spans["impact"] = (2 * impact, 2 * impact)
    impossible = any(early in spans and late in spans and spans[early][0] > spans[late][1] for early, late in MUST_PRECEDE)
    assert any(one.severity is Severity.ERROR for one in order_of(moments, impact)) is impossible


@given(st.lists(minutes(), min_size=12, max_size=12), st.sets(st.sampled_from(MILESTONES)))
@settings(max_examples=60, deadline=None)
def test_the_usual_order_is_silent_whatever_is_missing(times: list[int], kept: set[str]) -> None:
    introduced, impact, *rest = sorted(times)
    at = dict(zip(MILESTONES, [introduced, *rest], strict=True))
    assert order_of([(name, at[name], 0) for name in MILESTONES if name in kept], impact) == []


@given(some_moments(), minutes())
@settings(max_examples=60, deadline=None)
def test_what_is_wide_enough_is_possible(moments: list[Moment], impact: int) -> None:
    assert order_of([(name, minute, 10_000) for name, minute, _ in moments], impact) == []


@given(some_moments(), minutes(), st.sampled_from(["+02:00", "-09:30", "+05:45"]))
@settings(max_examples=40, deadline=None)
def test_an_offset_changes_nothing(moments: list[Moment], impact: int, offset: str) -> None:
    def places(text: str) -> list[tuple[str | None, Severity]]:
        return [(one.field, one.severity) for one in found(text, "milestone-order")]

    start = (START + dt.timedelta(minutes=impact)).isoformat()
    text = coe(f"impact: {{windows: [{{id: I1, start: '{start}'}}]}}\n{timeline(moments)}")
    zone = dt.datetime.fromisoformat(f"2026-01-01T00:00:00{offset}").tzinfo
    moved = timeline(moments)
    for _, minute, _ in moments:
        moment = START + dt.timedelta(minutes=minute)
        moved = moved.replace(moment.isoformat(), moment.astimezone(zone).isoformat())
    assert places(text.replace(timeline(moments), moved) if moments else text) == places(text)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("engaged", "detected"), ("paged", "detected"), ("acknowledged", "detected"), ("recovered", "mitigated"),
        ("mitigated", "diagnosed"), ("mitigation_started", "diagnosed"), ("resolved", "diagnosed"), ("resolved", "recovered"),
        ("mitigation_started", "engaged"), ("engaged", "declared"), ("engaged", "paged"),
    ],
)  # fmt: skip
def test_both_orders_are_legal(first: str, second: str) -> None:
    assert order_of([(first, 10, 0), (second, 20, 0)]) == []
    assert order_of([(first, 20, 0), (second, 10, 0)]) == []


def test_odd_is_a_warning_with_the_way_to_allow_it() -> None:
    (one,) = order_of([("diagnosed", 5, 0), ("engaged", 9, 0)])
    assert one.severity is Severity.WARNING
    assert "# coe: allow milestone-order: the reason" in (one.help or "")


def test_one_wrong_time_is_one_finding_that_names_all_it_contradicts() -> None:
    moments = [("introduced", 0, 0), ("detected", 5, 0), ("engaged", 7, 0), ("mitigated", 30, 0), ("resolved", 40, 0)]
    day = 24 * 60
    (one,) = order_of([("introduced", day, 0), *moments[1:]])
    assert one.field == "timeline[0].at"
    for name in ("detected", "mitigated", "resolved", "the start of the impact (I1"):
        assert name in one.message
    assert order_of(moments) == []


def test_touching_intervals_are_possible() -> None:
    assert order_of([("introduced", 20, 10), ("detected", 10, 10)], impact=30) == []
    assert len(order_of([("introduced", 20, 10), ("detected", 10, 9)], impact=30)) == 1


def test_a_precision_wider_than_the_calendar() -> None:
    text = coe(timeline([("introduced", 20, 0), ("detected", 10, 0)]).replace("PT0M", "P999999999D"))
    assert found(text, "milestone-order", "event-order") == []


# Milestones that stand twice


def event(number: int, hour: int, milestone: str = "", kind: str = "note") -> str:
    mark = f", milestone: {milestone}" if milestone else ""
    return f"  - {{id: E{number}, at: '2026-07-14T{hour:02}:00:00Z', type: {kind}{mark}, text: Something happened.}}\n"


@pytest.mark.parametrize(
    ("events", "windows", "at"),
    [
        (event(1, 10, "detected") + event(2, 12, "detected"), (9,), ["timeline[1].milestone"]),
        (event(1, 10, "detected") + event(2, 11, "mitigated") + event(3, 12, "detected"), (9,), []),
        (event(1, 10, "detected") + event(2, 11, "resolved") + event(3, 12, "detected"), (9,), []),
        (event(1, 10, "detected") + event(2, 12, "detected") + event(3, 13, "mitigated"), (9,), ["timeline[1].milestone"]),
        (event(1, 10, "mitigated") + event(2, 12, "mitigated"), (9,), ["timeline[1].milestone"]),
        (event(1, 10, "mitigated") + event(2, 12, "mitigated"), (9, 11), []),
        (event(1, 10, "mitigated") + event(2, 11, kind="impact") + event(3, 12, "mitigated"), (9,), []),
        (event(2, 12, "mitigated") + event(1, 10, "mitigated"), (9,), ["timeline[0].milestone"]),
        (
            event(1, 10, "paged") + event(2, 11, "paged") + event(3, 12, "paged"),
            (9,),
            ["timeline[1].milestone", "timeline[2].milestone"],
        ),
    ],
)
def test_milestones_twice(events: str, windows: tuple[int, ...], at: list[str]) -> None:
    shown = ", ".join(f"{{id: I{hour}, start: '2026-07-14T{hour:02}:00:00Z'}}" for hour in windows)
    text = coe(f"impact: {{windows: [{shown}]}}\ntimeline:\n{events}")
    assert [one.field for one in found(text, "milestone-twice")] == at


# Windows and ids


def test_every_window_is_looked_at() -> None:
    items = "".join(
        f"    - {{id: I{index}, start: '2026-07-14T14:{index:02}:00Z', end: '2026-07-14T14:{end:02}:00Z'}}\n"
        for index, end in ((1, 5), (2, 1), (3, 3), (4, 9))
    )
    wrong = found(coe(f"impact:\n  windows:\n{items}"), "window-order")
    assert [(one.field, one.severity) for one in wrong] == [
        ("impact.windows[1].end", Severity.ERROR),
        ("impact.windows[2].end", Severity.WARNING),
    ]


def test_ids_are_unique_over_all_lists() -> None:
    fields = """\
impact: {windows: [{id: X1, start: 2026-07-14T14:00:00Z}]}
communications: [{id: X1, at: 2026-07-14T14:12:00Z, channel: status-page, audience: public, state: investigating}]
timeline: [{id: X1, at: 2026-07-14T14:12:00Z, type: note, text: Something happened.}]
root_causes: [{id: X1, category: technical, statement: The pool has no bound.}]
contributing_factors: [{id: X1, category: technical, statement: No alarm watches the pool.}]
observations: [{id: X1, text: Retries doubled the load.}]
lessons:
  went_well: [{id: X1, text: The canary told first.}]
  went_poorly: [{id: X1, text: The rollback took long.}]
  got_lucky: [{id: X1, text: It was a quiet hour.}]
  surprises: [{id: X1, text: Retries doubled the load.}]
learnings: [{id: X1, statement: Bound a shared pool., audience: org}]
action_items: [{id: X1, title: Bound the pool, type: prevent, status: open}]
"""
    twice = found(coe(fields), "duplicate-id")
    assert [one.field for one in twice] == [
        "communications[0].id", "timeline[0].id", "root_causes[0].id", "contributing_factors[0].id", "observations[0].id",
        "lessons.went_well[0].id", "lessons.went_poorly[0].id", "lessons.got_lucky[0].id", "lessons.surprises[0].id",
        "learnings[0].id", "action_items[0].id",
    ]  # fmt: skip
    assert all("in line 8 has it" in one.message for one in twice)
    free = [(one.help or "").split("`")[1] for one in twice]
    assert free == [f"id: X{number}" for number in range(2, 13)], "each is offered an id of its own"


def test_messages_without_ids_are_no_duplicates() -> None:
    word = "{at: 2026-07-14T14:12:00Z, channel: status-page, audience: public, state: investigating}"
    assert found(coe(f"communications: [{word}, {word}]\n"), "duplicate-id") == []


def test_the_catalog_has_one_set_of_ids_per_list() -> None:
    catalog = "teams: [{id: search, name: Search}]\nservices: [{id: search, name: Search}, {id: search, name: Again}]\n"
    corpus = corpus_of({"catalog.yaml": catalog})
    (one,) = check(corpus, corpus.analyses, rules("duplicate-id"))
    assert one.field == "services[1].id"


TENET = "---\nid: budgets\ntitle: Budgets\nstatus: adopted\nstatement: Keep working.\nrationale: It helps.\n{}---\n"
MINUTES = "---\nweek: 2026-W30\ndate: 2026-07-24\nfacilitator: role:scribe\n{}---\n\nNotes.\n"


def test_minutes_have_ids_and_references_too() -> None:
    text = MINUTES.format(
        "decisions: [{id: D1, text: Retry budgets become a program.}]\n"
        "action_items:\n"
        "  - {id: D1, title: Write the page, type: process, status: open, addresses: [D2]}\n"
    )
    path = "reviews/2026-W30.md"
    assert [one.field for one in found(text, "duplicate-id", path=path)] == ["action_items[0].id"]
    (one,) = found(text, "unknown-local-reference", path=path)
    assert one.field == "action_items[0].addresses[0]"
    (one,) = found(text, "action-item-incomplete", path=path)
    assert "no owner and no due date" in one.message
    assert found(text, "id-matches-file", path=path) == []
    assert [one.field for one in found(text, "id-matches-file", path="reviews/2026-W31.md")] == ["week"]


def test_references_say_what_is_known_and_what_is_due() -> None:
    fields = (
        "timeline:\n" + event(1, 14) + event(12, 15) + "root_causes: [{id: C1, category: technical, statement: No bound.}]\n"
    )
    far = found(coe(fields + "mitigation: [{type: rollback, event: e12, outcome: partial}]\n"), "unknown-local-reference")
    assert [(one.help or "") for one in far] == ["Did you mean `E12`? Known here: `E1` and `E12`."]
    other = found(coe(fields + "trigger: {type: deployment, event: C1}\n"), "unknown-local-reference")
    assert [one.message for one in other] == ["`trigger.event` names the cause `C1`; the id of an event is due here"]
    none = found(coe("lessons: {went_well: [{id: W1, text: It went, actions: [A1]}]}\n"), "unknown-local-reference")
    assert "no action item yet" in (none[0].help or "")


# Drafts

UNFINISHED = """\
root_causes: [{id: C1, category: technical, statement: TBD after the review.}]
action_items: [{id: A1, title: Bound the pool, type: prevent, status: open}]
observations: [{id: O1, text: TODO}]
"""
LATER = ("placeholder", "empty-section", "factor-without-action", "action-item-incomplete")


def test_a_draft_may_be_unfinished_and_a_review_may_not() -> None:
    body = "## What happened\n\n<what happened, in three sentences>\n\n## Details"
    assert found(coe(UNFINISHED, body, "draft"), *LATER) == []
    for status in ("in_review", "published", "closed"):
        names = [one.rule for one in found(coe(UNFINISHED, body, status), *LATER)]
        assert sorted(names) == ["action-item-incomplete", "empty-section", "factor-without-action", *["placeholder"] * 3]


def test_an_analysis_that_is_set_aside_has_no_open_work() -> None:
    for status in ("superseded", "withdrawn"):
        assert found(coe(UNFINISHED, status=status), "factor-without-action", "action-item-incomplete") == []


def test_a_draft_is_known_even_when_its_fields_are_not_valid() -> None:
    text = coe(UNFINISHED, "## Empty", "draft").replace("SEV2", "high")
    corpus = corpus_of({"coes/2026/2026-07-14-checkout.md": text})
    assert corpus.analyses[0].noun is None
    assert check(corpus, corpus.analyses, rules("placeholder", "empty-section")) == []
    reviewed = corpus_of({"coes/2026/2026-07-14-checkout.md": text.replace("status: draft", "status: in_review")})
    assert {one.rule for one in check(reviewed, reviewed.analyses, rules("placeholder", "empty-section"))} == {
        "placeholder",
        "empty-section",
    }


# Placeholders


@pytest.mark.parametrize(
    "text",
    [
        "The key `TODO` was empty.",
        "The log said “FIXME later”.",
        "```\nTODO\n```",
        "> TBD by the vendor",
        "<!-- TODO: ask <the vendor> for the trace -->",
        "See <https://example.com/a> or <mail@example.com>.",
        'It took <br> long, H<sub>2</sub>O, <details open> and <a href="x">x</a>.',
        "A List<String> of tenant/<id>/pool paths, where a <5 and b> 3.",
        "It went on … and then … it ended ...",
        "Todo lists and fixmes, txxxt.",
    ],
)
def test_no_placeholder(text: str) -> None:
    assert found(coe("", text), "placeholder") == []


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("TODO", "TODO"),
        ("The share is TBD.", "TBD"),
        ("Lorem ipsum dolor sit amet.", "Lorem ipsum"),
        ("<what happened>", "<what happened>"),
        ("<TODO: three sentences>", "<TODO: three sentences>"),
        ("In <name of the region> it failed.", "<name of the region>"),
        ("| when | what |\n|---|---|\n| XXX | it failed |", "XXX"),
        ("- ...", "..."),
        ("It failed in <summary of\nthe regions>.", "<summary of\nthe regions>"),
    ],
)
def test_placeholder_in_the_body(text: str, marked: str) -> None:
    source = coe("", text)
    assert [source[one.span.start : one.span.end] for one in found(source, "placeholder")] == [marked]


@pytest.mark.parametrize("value", ["TODO", "<team>", '"…"', "'???'", "TBD", '"<a word or two>"', ">-\n  TODO write it\n  soon"])
def test_placeholder_in_a_field(value: str) -> None:
    assert len(found(coe(f"summary: {value}\n"), "placeholder")) == 1


def test_a_field_that_is_wrong_already_is_not_reported_twice() -> None:
    corpus = corpus_of({"coes/2026/2026-07-14-checkout.md": coe("published: TODO\n")})
    assert [one.rule for one in check(corpus, corpus.analyses, rules("placeholder", "wrong-value"))] == ["wrong-value"]


# Lists


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_fix_of_a_list_keeps_the_line_breaks_of_the_file(end: str) -> None:
    text = coe("", "Two things failed:\n- the pool\n- the alarm\n\nThen:\n1. shift\n2. roll back").replace("\n", end)
    wrong = found(text, "list-without-blank-line")
    new = apply(text, wrong, frozenset({"safe"}))
    assert len(wrong) == 2
    assert new == text.replace(f":{end}-", f":{end}{end}-").replace(f":{end}1.", f":{end}{end}1.")
    assert found(new, "list-without-blank-line") == []


@pytest.mark.parametrize(
    "text",
    [
        "- a\n- b\n  - c\n\n  more\n",
        "## Heading\n- a\n",
        "It was released in\n2026. Then it failed.\n",
        "Two lines\n-- and a dash\n",
        "| a |\n|---|\n| b |\n\n- c\n",
        "> quoted:\n> - a\n",
        "Title\n---\n",
    ],
)
def test_no_list_without_blank_line(text: str) -> None:
    assert found(coe("", text), "list-without-blank-line") == []


# Files and references between them


def test_an_id_is_compared_with_its_file_for_every_kind() -> None:
    tenet = TENET.format("").replace("id: budgets", "id: static-stability")
    assert found(tenet, "id-matches-file", path="tenets/static-stability.md") == []
    (one,) = found(tenet, "id-matches-file", path="tenets/static.md")
    assert apply(tenet, [one], frozenset({"unsafe"})) == tenet.replace("id: static-stability", "id: static")
    assert apply(tenet, [one], frozenset({"safe"})) == tenet
    (one,) = found(tenet, "id-matches-file", path="tenets/Static Stability.md")
    assert one.fix is None
    assert "Rename the file to `static-stability.md`" in (one.help or "")


def test_an_id_that_is_an_alias_is_not_fixed() -> None:
    text = coe("x-name: &name 2026-07-14-other\n").replace("id: 2026-07-14-checkout\n", "")
    text = text.replace("---\n\n", "id: *name\n---\n\n", 1)
    (one,) = found(text, "id-matches-file")
    assert one.fix is None


def test_standard_input_without_a_name_has_no_file() -> None:
    assert found(coe(""), "id-matches-file", path="stdin.md") == []


def test_each_copy_of_a_document_names_the_others() -> None:
    paths = [f"coes/{year}/2026-07-14-checkout.md" for year in range(2020, 2026)]
    corpus = corpus_of({path: coe("") for path in paths})
    twins = check(corpus, corpus.analyses, rules("duplicate-document-id"))
    assert [one.path for one in twins] == paths
    assert f"{paths[1]}, {paths[2]}, {paths[3]} and 2 more" in twins[0].message
    assert f"{paths[0]}, {paths[1]}, {paths[2]} and 2 more" in twins[5].message


def test_a_tenet_and_a_program_may_share_an_id() -> None:
    tenet = TENET.format("")
    program = (
        "---\nid: budgets\ntitle: Budgets\nstatus: active\nlever: education\nsponsor_team: payments\ndone_when: All.\n---\n"
    )
    corpus = corpus_of({"tenets/budgets.md": tenet, "programs/budgets.md": program})
    assert check(corpus, corpus.analyses, rules("duplicate-document-id")) == []


UNKNOWN = ("unknown-coe", "unknown-tenet", "unknown-program", "unknown-service", "unknown-team", "unknown-role")


def test_references_of_every_kind_of_document() -> None:
    files = {
        "coes/2026/2026-07-14-checkout.md": coe("owner_team: payment\nreviewers: [role:scribes, searching]\n").replace(
            "owner_team: payments\n", ""
        ),
        "tenets/budgets.md": (
            "---\nid: budgets\ntitle: Budgets\nstatus: adopted\nstatement: Keep working.\nrationale: It helps.\n"
            "supersedes: limits\nsources: [2020-01-01-old, 2026-07-14-checkout, https://example.com/2020-01-01-old]\n---\n"
        ),
        "programs/retries.md": (
            "---\nid: retries\ntitle: Retries\nstatus: active\nlever: education\nsponsor_team: payments\ndone_when: All.\n"
            "tenets: [budgets, nothing]\nadoption: [{service: chekout, status: done}]\n---\n"
        ),
        "reviews/2026-W30.md": MINUTES.format(
            "reviewed: [{coe: 2026-07-14-chekout, outcome: accepted}]\nspotlight: 2026-07-14-checkout\n"
            "decisions: [{id: D1, text: Retry budgets., program: retry}]\n"
        ),
        "catalog.yaml": CATALOG + "people: [{names: [Example Name], role: scrib}]\n",
    }
    corpus = corpus_of(files)
    assert [analysis.flaws for analysis in corpus.analyses] == [()] * 5
    wrong = check(corpus, corpus.analyses, rules(*UNKNOWN))
    assert [(one.path.split("/")[0], one.field, one.rule) for one in wrong] == [
        ("coes", "owner_team", "unknown-team"),
        ("coes", "reviewers[0]", "unknown-role"),
        ("coes", "reviewers[1]", "unknown-team"),
        ("tenets", "supersedes", "unknown-tenet"),
        ("tenets", "sources[0]", "unknown-coe"),
        ("programs", "tenets[1]", "unknown-tenet"),
        ("programs", "adoption[0].service", "unknown-service"),
        ("reviews", "reviewed[0].coe", "unknown-coe"),
        ("reviews", "decisions[0].program", "unknown-program"),
        ("catalog.yaml", "people[0].role", "unknown-role"),
    ]
    assert all(one.severity is Severity.ERROR for one in wrong)
    assert "Did you mean `payments`?" in (wrong[0].help or "")
    assert "Did you mean" not in (wrong[3].help or "")


def test_without_a_catalog_teams_services_and_roles_are_not_known() -> None:
    corpus = corpus_of({"coes/2026/2026-07-14-checkout.md": coe("services: [{id: search}]\nauthors: [role:nobody]\n")})
    assert check(corpus, corpus.analyses, rules(*UNKNOWN)) == []


def test_a_reference_to_a_document_that_cannot_be_typed_is_not_broken() -> None:
    text = coe("related: [{type: related, id: 2025-11-02-search}]\n")
    assert found(text, *UNKNOWN, more={"coes/2025/2025-11-02-search.md": "---\nid: [\n---\n"}) == []


def test_only_targets_are_reported() -> None:
    corpus = corpus_of(
        {
            "coes/2026/2026-07-14-checkout.md": coe(""),
            "coes/2026/2026-07-15-b.md": coe("owner_team: nobody\n").replace("owner_team: payments\n", ""),
            "catalog.yaml": CATALOG,
        }
    )
    assert check(corpus, corpus.analyses[:1], rules("unknown-team", "duplicate-id")) == []


def test_a_tenet_cannot_supersede_itself() -> None:
    tenet = TENET.format("supersedes: budgets\n")
    assert [one.rule for one in found(tenet, "self-reference", *UNKNOWN, path="tenets/budgets.md")] == ["self-reference"]
