"""`--add-allow`: where an allowance is written, and that nothing else of a document changes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from test_cli_check import coe

from coe.format.allowance import allowance_for, allowed, applied
from coe.parse.allow import MAX_ALLOWANCES
from coe.parse.document import parse, parse_data
from coe.parse.tree import to_data
from coe.read import Source
from coe.text import Span

FLAWED = Path(__file__).parent / "fixtures" / "flawed"
REASON = "written before there was a guide"


def written(text: str, words: str, rule: str = "negligence") -> str:
    document = parse(Source("notes.md", text))
    start = text.index(words)
    return allowed(document, [(Span(start, start + len(words)), rule)], REASON)


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("We forgot it.\n", "<!-- coe: allow negligence: {} -->\nWe forgot it.\n"),
        ("We forgot it.", "<!-- coe: allow negligence: {} -->\nWe forgot it."),
        ("# We forgot it\n\nText.\n", "<!-- coe: allow negligence: {} -->\n# We forgot it\n\nText.\n"),
        ("- one\n- We forgot it.\n", "- one\n- We forgot it. <!-- coe: allow negligence: {} -->\n"),
        ("> We forgot it\n> today.\n", "> We forgot it\n> today. <!-- coe: allow negligence: {} -->\n"),
        ("One.\r\n\r\nWe forgot it.\r\n", "One.\r\n\r\n<!-- coe: allow negligence: {} -->\r\nWe forgot it.\r\n"),
        ("| a |\n|---|\n| We forgot it |\n", "<!-- coe: allow negligence: {} -->\n| a |\n|---|\n| We forgot it |\n"),
    ],
)
def test_in_a_body_an_allowance_stands_above_its_block_or_ends_a_nested_paragraph(text: str, after: str) -> None:
    assert written(text, "forgot") == after.format(REASON)


@pytest.mark.parametrize(
    ("fields", "words", "after"),
    [
        ("a: We forgot it\n", "forgot", "# coe: allow negligence: {}\na: We forgot it\n"),
        (
            "a:\n  - b: |\n      One.\n      We forgot it.\n",
            "forgot",
            "a:\n  # coe: allow negligence: {}\n  - b: |\n      One.\n      We forgot it.\n",
        ),
        ("a: [{b: We forgot it}]\n", "forgot", "# coe: allow negligence: {}\na: [{{b: We forgot it}}]\n"),
    ],
)
def test_in_front_matter_an_allowance_stands_above_its_entry(fields: str, words: str, after: str) -> None:
    assert written(f"---\n{fields}---\n", words) == f"---\n{after.format(REASON)}---\n"


def test_where_no_field_stands_the_whole_file_is_allowed() -> None:
    document = parse(Source("notes.md", "---\n---\n\nText.\n"))
    edit = allowance_for(document, document.value_span(()), "missing-field", REASON)
    assert edit is not None
    assert applied(document, edit).text == f"---\n---\n\nText.\n\n<!-- coe: allow-file missing-field: {REASON} -->\n"


def test_data_take_a_comment_that_keeps_them_as_they_are() -> None:
    document = parse_data(Source("catalog.yaml", "teams:\n  - {id: a}\n"))
    edit = allowance_for(document, document.key_span(("teams",)), "unknown-team", REASON)
    assert edit is not None
    after = applied(document, edit)
    assert after.text == f"# coe: allow unknown-team: {REASON}\nteams:\n  - {{id: a}}\n"
    assert to_data(after.tree) == to_data(document.tree)


def test_what_is_covered_takes_no_second_allowance() -> None:
    text = f"<!-- coe: allow negligence: {REASON} -->\nWe forgot it.\n"
    assert written(text, "forgot") == text


def test_a_repository_is_silenced_and_its_data_stay(tmp_path: Path) -> None:
    repository = shutil.copytree(FLAWED, tmp_path / "flawed")
    before = {file: file.read_bytes() for file in repository.rglob("*") if file.is_file()}
    done = coe("check", "--add-allow", REASON, "--output-format", "concise", "--fail-on", "note", cwd=repository)
    left = {line.rpartition("[")[2] for line in done.stdout.splitlines()}
    assert left == {"yaml-syntax]", "front-matter]", "unreadable]"}
    again = coe("check", "--add-allow", REASON, "--output-format", "concise", "--fail-on", "note", cwd=repository)
    assert again.stdout == done.stdout
    for file, old in before.items():
        lines = set(file.read_bytes().splitlines())
        kept = [line for line in old.splitlines() if line not in lines and not any(one.startswith(line) for one in lines)]
        assert kept == [], file


def test_bytes_that_are_no_text_are_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "notes.md"
    file.write_bytes(b"Caf\xe9: the engineer forgot to renew it.\n")
    coe("lint", "--add-allow", REASON, "notes.md", cwd=tmp_path)
    assert file.read_bytes() == b"Caf\xe9: the engineer forgot to renew it.\n"


@pytest.mark.parametrize("reason", ["", "  ", "ends --> here", "two\nlines", "bell \a"])
def test_a_reason_that_no_comment_can_hold_is_refused(tmp_path: Path, reason: str) -> None:
    (tmp_path / "notes.md").write_text("We forgot to ask.\n", "utf-8")
    done = coe("lint", "--add-allow", reason, "notes.md", cwd=tmp_path)
    assert done.returncode == 2
    assert "cannot be the reason" in done.stderr
    assert (tmp_path / "notes.md").read_text("utf-8") == "We forgot to ask.\n"


def test_standard_input_comes_back_with_the_allowance(tmp_path: Path) -> None:
    done = coe("lint", "-", "--add-allow", REASON, cwd=tmp_path, stdin=b"The engineer forgot to renew it.\n")
    assert done.stdout == f"<!-- coe: allow negligence: {REASON} -->\nThe engineer forgot to renew it.\n"


def test_a_comment_that_would_cut_a_value_in_two_stands_elsewhere() -> None:
    """The line on which the entry begins is the end of a text without quotes, and a comment ends such a text."""
    text = "---\na: [One\n  two, {b: We forgot it}]\n---\n"
    after = written(text, "forgot")
    assert after == f"{text}\n<!-- coe: allow-file negligence: {REASON} -->\n"
    assert data(after) == data(text) == {"a": ("One two", {"b": "We forgot it"})}


def test_a_comment_that_would_be_a_heading_stands_elsewhere() -> None:
    """Front matter that never ends is body as well: a comment on top of it is a heading there, and one below it no block."""
    text = "---\n# We forgot it\n"
    after = written(text, "forgot")
    kinds = [[block.kind for block in parse(Source("notes.md", one)).body.blocks] for one in (text, after)]
    assert after != text
    assert kinds[0] == kinds[1]


def test_a_comment_that_would_not_reach_the_words_stands_elsewhere() -> None:
    """Above the line of the value it would be one more line of the key."""
    text = "---\n? |\n: We forgot it\n---\n"
    after = written(text, "forgot")
    assert after == f"{text}\n<!-- coe: allow-file negligence: {REASON} -->\n"
    assert data(after) == data(text)


def test_an_allowance_that_would_push_another_out_of_reach_is_not_written() -> None:
    """Only so many allowances are read."""
    text = "We forgot it.\n\n" + "".join(f"<!-- coe: allow rule-{number}: {REASON} -->\n" for number in range(MAX_ALLOWANCES))
    assert len(parse(Source("notes.md", text)).allowances) == MAX_ALLOWANCES
    assert written(text, "forgot") == text
    less = text[: text.rindex("<!--")]
    assert written(less, "forgot") == f"<!-- coe: allow negligence: {REASON} -->\n{less}"


def data(text: str) -> object:
    return to_data(parse(Source("notes.md", text)).tree)
