"""What is taken out of a text for the public, and that nothing can make it slow."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from coe.config import Redaction
from coe.parse.marks import lone_marks, marked, unmarked
from coe.site.asread import AsRead
from coe.site.hosts import Hosts
from coe.site.redaction import BAR, Cut, Words, compiled, without


def redacted(words: str, entry: dict[str, str]) -> str:
    found = Redaction(**entry)
    return without(words, (Cut(*match.span(), found.replacement) for match in compiled(found).finditer(words)))


@pytest.mark.parametrize(
    ("text", "entry", "left"),
    [
        ("For ACME  corp. only", {"text": "Acme Corp"}, f"For {BAR}. only"),
        ("For Acme\ncorp", {"text": "Acme Corp", "replacement": "a customer"}, "For █redacted: a customer█"),
        ("db-7.example.net fell", {"pattern": "db-[0-9]*.example.net"}, f"{BAR} fell"),
        ("db-x.example.net fell", {"pattern": "db-[0-9]*.example.net"}, "db-x.example.net fell"),
        ("(host_12)", {"pattern": "host_??"}, f"({BAR})"),
        ("a.b", {"pattern": "a.b"}, BAR),
        ("axb", {"pattern": "a.b"}, "axb"),
        ("ab[z", {"pattern": "ab[z"}, BAR),
        ("x-[9-0]-y", {"pattern": "x-[9-0]-y"}, BAR),
        ("key=abc123", {"pattern": "key=*"}, BAR),
    ],
)
def test_entries_take_out_what_they_mean(text: str, entry: dict[str, str], left: str) -> None:
    assert redacted(text, entry) == left


@pytest.mark.parametrize(
    "entry", [{}, {"text": "ab", "pattern": "ab"}, {"pattern": "*"}, {"pattern": "*[a-z]?*"}, {"text": "a"}]
)
def test_an_entry_that_says_too_little_is_refused(entry: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Redaction(**entry)


def test_a_pattern_of_many_stars_meets_each_letter_a_bounded_number_of_times() -> None:
    """A backtracking engine would not end: 40 stars over a text that almost matches."""
    pattern = compiled(Redaction(pattern="a*" * 40 + "ab!"))
    assert pattern.search("a" * 100_000) is None


@given(st.text(alphabet="ab*?[]!-^\\ .", min_size=2, max_size=30), st.text(alphabet="ab-^\\. ", max_size=60))
def test_any_pattern_can_be_used(pattern: str, text: str) -> None:
    try:
        entry = Redaction(pattern=pattern)
    except ValidationError:
        return
    compiled(entry).search(text)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("see https://grafana.corp.example/d/1(a)?x=y.", f"see {BAR}"),
        ("see https://grafana.example.com/d/1", "see https://grafana.example.com/d/1"),
        ("(http://localhost:3000/)", f"({BAR})"),
        ("http://wiki/page and https://user:pw@10.0.0.1/x", f"{BAR} and {BAR}"),
        ("https://[fd00::1]:8080/x", BAR),
        ("db-7.eu.internal, DB.Svc.Cluster.Local:5432", f"{BAR}, {BAR}"),
        ("10.0.0.1 and 192.168.1.0/24 and 100.64.0.1, not 8.8.8.8", f"{BAR} and {BAR} and {BAR}, not 8.8.8.8"),
        ("fe80::1 and fd12:3456:789a:1::1 at 14:03:20", f"{BAR} and {BAR} at 14:03:20"),
        ("from 2026-07-14T13:57:40Z on, version 2026.7.3", "from 2026-07-14T13:57:40Z on, version 2026.7.3"),
        ("mail anna.k+x@example.com now", f"mail {BAR} now"),
        ("the file local.yaml", "the file local.yaml"),
        ("ssh://git@code.corp.example/x.git", BAR),
    ],
)
def test_internal_addresses_are_found_and_others_left(text: str, left: str) -> None:
    assert without(text, Hosts(["corp.example"]).found(text)) == left


@given(st.text(alphabet=string.ascii_lowercase[:4] + ".:/@-%[]0123456789", max_size=200))
def test_any_text_can_be_searched_for_addresses(text: str) -> None:
    assert all(0 <= start < end <= len(text) for start, end in Hosts([]).found(text))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a <redact>b</redact> c", f"a {BAR} c"),
        ("a <REDACT >b <redact>c</redact> d</ redact> e", f"a {BAR} e"),
        ("a <redact>b c", f"a {BAR}"),
        ("a</redact> b", "a</redact> b"),
        ("<redact>a</redact> <redact>b</redact>", f"{BAR} {BAR}"),
    ],
)
def test_what_stands_between_marks_is_taken_out_and_an_open_mark_takes_the_rest(text: str, left: str) -> None:
    assert without(text, (Cut(*one.span) for one in marked(text))) == left


def test_a_mark_alone_is_told_and_other_audiences_read_the_words() -> None:
    assert [opens for _, opens in lone_marks("<redact>a<redact>b</redact></redact></redact> <redact>")] == [False, True]
    assert unmarked("On <redact>db-7</redact> it failed") == "On db-7 it failed"


def test_words_are_found_whole_and_across_lines() -> None:
    find = Words(["Anna Kern", "@akern", "#payments-call"])
    text = "anna\n  kern, @akern and x@akern in #payments-call; Anna Kernel"
    assert [text[cut.start : cut.end] for cut in find(text)] == ["anna\n  kern", "@akern", "@akern", "#payments-call"]


@given(
    st.lists(
        st.sampled_from(["ac", "me", "**", "*", "`", "&amp;", "&#97;", "\\-", " ", "x", "é", "&notanentity;"]), max_size=12
    )
)
def test_what_a_reader_meets_is_found_at_its_place_in_the_source(parts: list[str]) -> None:
    source = "".join(parts)
    read = AsRead(source)
    for start in range(len(read.text)):
        for end in range(start + 1, len(read.text) + 1):
            [cut] = read.in_source([Cut(start, end)])
            assert 0 <= cut.start < cut.end <= len(source)
            left = AsRead(source[: cut.start] + "\n" + source[cut.end :]).text
            assert left.replace("\\", "") == f"{read.text[:start]}\n{read.text[end:]}" or "&" in source
