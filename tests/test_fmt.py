"""`coe fmt`: one form, the same values, every comment, and not a byte of the body."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from coe.cli.console import show_diff
from coe.cli.fmt import _write
from coe.config import Config, Repository
from coe.errors import CoeError
from coe.format.canonical import Formatted, format_source, plain
from coe.format.scalar import folded, is_plain, quoted, written
from coe.parse.document import parse
from coe.parse.yaml_reader import parse_yaml
from coe.read import Source, decode, markdown_files, read
from coe.rule import all_rules
from coe.scaffold.draft import KINDS
from coe.write import write_text
from tests.test_cli_check import coe
from tests.test_new import draft, write_draft

ROOT = Path(__file__).parent.parent
REPOSITORY = Repository(Path("/example"), Config())
FILE = Path("/example/coes/2026/2026-07-14-pool.md")
BODY = "\n## What\n\n| a |b|\n|-|-|\n- x\n- y  \n\n\ttab \n"
HEAD = """\
id: 2026-07-14-pool
title: "Checkout errors in Europe: pool exhausted"
kind: incident
status: draft
severity: SEV2
owner_team: payments
"""


def formatted(front: str, body: str = BODY, **more: object) -> Formatted:
    made = format_source(Source("pool.md", f"---\n{front}---\n{body}", FILE, **more), REPOSITORY)  # type: ignore[arg-type]
    assert made is not None
    return made


def front_of(made: Formatted) -> str:
    assert made.left is None
    assert made.text.endswith(f"---\n{BODY}")
    return made.text[4 : -len(BODY) - 4]


def run(folder: Path, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
    command = [sys.executable, "-m", "coe", *arguments]
    return subprocess.run(command, check=False, cwd=folder, capture_output=True, input=stdin, env=environment)


def test_fields_stand_in_the_order_of_the_model_and_take_their_comments_along() -> None:
    made = formatted(
        "# coe: allow late: a reason\nstatus: draft # soon\n# about the kind\nkind: incident\nid: 2026-07-14-pool\n"
    )
    assert front_of(made) == (
        "id: 2026-07-14-pool\n# about the kind\nkind: incident\n# coe: allow late: a reason\nstatus: draft # soon\n"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("tags: [a, b] # two\n", "# two\ntags:\n  - a\n  - b\n"),
        ("tags: [] # c\nx-none: {}\n", "tags: [] # c\nx-none: {}\n"),
        ("tags: [\n  a, # first\n  # then\n  b\n]\n", "tags:\n  - a # first\n  # then\n  - b\n"),
        ("tags:\n- a\n-   b\n# end\n", "tags:\n  - a\n  - b\n# end\n"),
        ("timeline: [{text: x, id: E1}]\n", "timeline:\n  - id: E1\n    text: x\n"),
        ("x-own: {b: {c: 'd'}, a: [[1, 2], [3]]}\n",
         "x-own:\n  b:\n    c: 'd'\n  a:\n    - - 1\n      - 2\n    - - 3\n"),
        ("tags: [NO, 2026-07-14, 0123, 1e3, '=', ok]\n",
         "tags:\n  - \"NO\"\n  - \"2026-07-14\"\n  - \"0123\"\n  - \"1e3\"\n  - '='\n  - ok\n"),
        ("x-own: NO\ncreated: 2026-07-15\n", "created: 2026-07-15\nx-own: NO\n"),
        ("summary:\n", "summary:\n"),
        ("summary:   'it''s'\n", "summary: 'it''s'\n"),
        ("summary: >2-\n    one\n     two\n", 'summary: "  one\\n   two"\n'),
        ("summary: |  # why\n     one\n\n     two\n", "# why\nsummary: |\n  one\n\n  two\n"),
        ("impact:\n  windows:\n  - id: I1\n#     end: later\n    # deeper\n  # of impact\n# of kind\nkind: incident\n",
         "# of kind\nkind: incident\nimpact:\n  windows:\n    - id: I1\n#     end: later\n      # deeper\n  # of impact\n"),
        ("kind: incident\n\n\n\n# a\n\n\nstatus: draft\n\n\n", "kind: incident\n\n# a\n\nstatus: draft\n"),
    ],
)  # fmt: skip
def test_form(before: str, after: str) -> None:
    made = formatted(before)
    assert front_of(made) == after
    assert not formatted(after).changed


def test_long_prose_is_folded_and_long_links_are_not() -> None:
    prose, link = "word: and #more " * 12 + "end", "https://example.com/" + "x" * 150
    made = formatted(f'summary: "{prose}" # why\ntags: [{link}]\n')
    lines = front_of(made).splitlines()
    assert lines[:2] == ["# why", "summary: >-"]
    assert lines[-1] == f"  - {link}"
    assert max(len(line) for line in lines[:-1]) <= 100
    assert not formatted(front_of(made)).changed


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\n"])
def test_line_endings_and_bytes_of_the_body_stay(newline: str) -> None:
    body = "\ntext\r\nmore\n\x0cend"
    text = newline.join(["---", "status: draft", "tags: [a]", "kind: incident", "---", ""]) + body
    made = format_source(Source("pool.md", text, FILE), REPOSITORY)
    assert made is not None
    assert made.text == newline.join(["---", "kind: incident", "status: draft", "tags:", "  - a", "---", ""]) + body


@pytest.mark.parametrize(
    ("front", "why"),
    [
        ("kind: &a incident\nx-b: *a\n", "anchors"),
        ("kind: !!str incident\n", "tag"),
        ("kind: incident\nkind: exercise\n", "stands twice"),
        ("kind: [incident\n", "line 2"),
    ],
)
def test_what_cannot_be_formatted_is_left_alone(front: str, why: str) -> None:
    made = formatted(front)
    assert not made.changed
    assert why in (made.left or "")


EXAMPLES = list(markdown_files(ROOT / "examples"))  # not what a build left there


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_examples_are_in_canonical_form(file: Path) -> None:
    made = format_source(decode(file.name, file.read_bytes(), file=file), Repository(ROOT / "examples", Config()))
    assert made is None or (made.left, made.changed) == (None, False)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("services", [(), ("checkout",)])
def test_drafts_are_in_canonical_form(kind: str, services: tuple[str, ...]) -> None:
    made = format_source(Source("x.md", write_draft(draft(kind=kind, services=services)), FILE), REPOSITORY)
    assert made is not None
    assert (made.left, made.changed) == (None, False)


def test_examples_of_all_rules_are_formatted_without_a_doubt() -> None:
    from coe.example import example

    seen = 0
    for rule in all_rules():
        for shown in rule.examples:
            document = example(rule, shown).analysis.document
            made = format_source(document.source, Repository(Path("/example"), Config()))
            if made is None or made.broken:
                continue
            seen += 1
            assert "report" not in (made.left or ""), (rule.name, made.left)
    assert seen > 50


TEXT = st.text("ab :#-'\"é?,[]{}&*!|>%@`\\0.:_=~\t", min_size=0, max_size=14)


@given(TEXT, st.booleans(), st.booleans())
def test_what_is_written_is_read_back(text: str, is_text: bool, flow: bool) -> None:
    value = written(text, is_text=is_text, flow=flow)
    tree, flaws = parse_yaml(f"k: [{value}, z]\n" if flow else f"k: {value}\n")
    assert not flaws
    assert plain(tree) == {"k": [text, "z"] if flow else text}
    assert YAML(typ="base").load(f"k: {value}\n") == {"k": text}
    assert value == text if is_plain(text, flow=flow) and not is_text else True


@given(st.text(max_size=60))
def test_any_text_can_be_quoted(text: str) -> None:
    text = text.encode("utf-8", "ignore").decode()
    tree, flaws = parse_yaml(f"k: {quoted(text)}\n")
    assert (plain(tree), flaws) == ({"k": text}, ())


@given(st.lists(st.sampled_from(["word", "a", "# b", "c: d", "- e", "x" * 99, "---", " two"]), max_size=60).map(" ".join))
def test_folding_keeps_the_text(text: str) -> None:
    lines = folded(text, 4)
    if lines is not None:
        tree, flaws = parse_yaml("a:\n  k: " + "\n".join(lines) + "\n")
        assert (plain(tree), flaws) == ({"a": {"k": text}}, ())


KEYS = ("status", "kind", "summary", "x-a", "tags", "timeline", "impact", "id", "title")
VALUES = st.sampled_from(
    ["draft", "NO", "14:03", '"a: b"', "'it''s'", "[a, b]", "{c: [1, {d: e}]}", "[]", "", "~", ">-\n  folded\n  text",
     "|\n  literal\n\n    # no comment", "|+\n  kept\n\n", "plain\n  continued", '"x\n  y"', "\n- a\n-  b",
     "\n  - id: E1\n    # in\n    text: x",
     "\n    k: v\n    l:\n    - m # n", "long " * 40 + "end", "[a, # c\n  b]", "\n  # first\n  z: 1\n  y: 2"]
)  # fmt: skip
BETWEEN = st.sampled_from(["", "", "", "# note\n", "\n", "\n\n", "  # deep\n", "#off: 1\n", "# coe: allow late: reason\n"])


@st.composite
def fronts(draw: st.DrawFn) -> str:
    keys = draw(st.permutations(KEYS).map(lambda keys: keys[: draw(st.integers(1, 6))]))
    out = ""
    for key in keys:
        value = draw(VALUES)
        behind = draw(st.sampled_from(["", "", " # behind"])) if "\n" not in value else ""
        out += f"{draw(BETWEEN)}{key}: {value}{behind}\n"
    return out + draw(BETWEEN)


@settings(max_examples=150, deadline=None)
@given(fronts(), st.sampled_from(["\n", "\r\n"]))
def test_random_front_matter(front: str, newline: str) -> None:
    source = Source("pool.md", f"---\n{front}---\n{BODY}".replace("\n", newline), FILE)
    made = format_source(source, REPOSITORY)
    assert made is not None
    before = parse(source)
    if made.broken:
        assert before.flaws
        return
    assert "report" not in (made.left or ""), (made.left, front)
    after = parse(Source("pool.md", made.text, FILE))
    assert not after.flaws
    assert plain(before.tree) == plain(after.tree)
    for comment in ("# note", "# behind", "# c\n", "# in", "# n\n", "#off", "# first", "# deep", "# coe:"):
        assert made.text.replace("\r", "").count(comment) == source.text.replace("\r", "").count(comment), comment
    assert made.text[after.body_start :] == source.text[before.body_start :]
    again = format_source(Source("pool.md", made.text, FILE), REPOSITORY)
    assert again is not None
    assert again.text == made.text, "a second run must have nothing left to change"


def test_command_writes_only_what_changes(tmp_path: Path) -> None:
    (tmp_path / "coe.toml").write_text("")
    folder = tmp_path / "coes"
    folder.mkdir()
    good, bad = folder / "2026-07-14-good.md", folder / "2026-07-15-bad.md"
    good.write_text(f"---\n{HEAD}---\n{BODY}")
    bad.write_bytes(b"\xef\xbb\xbf---\r\nkind: incident\r\nid: x\r\n---\r\nbody\r\n")
    bad.chmod(0o640)
    before = good.stat().st_mtime_ns, bad.read_bytes()
    checked = run(tmp_path, "fmt", "--check")
    assert (checked.returncode, checked.stdout) == (1, b"coes/2026-07-15-bad.md\n")
    assert b"+id: x" in run(tmp_path, "fmt", "--diff").stdout
    assert (good.stat().st_mtime_ns, bad.read_bytes()) == before
    assert run(tmp_path, "fmt").returncode == 0
    assert good.stat().st_mtime_ns == before[0]
    assert bad.read_bytes() == b"\xef\xbb\xbf---\r\nid: x\r\nkind: incident\r\n---\r\nbody\r\n"
    assert bad.stat().st_mode & 0o777 == 0o640
    assert run(tmp_path, "fmt", "--check").returncode == 0


def test_command_says_what_it_cannot_format(tmp_path: Path) -> None:
    (tmp_path / "coe.toml").write_text("")
    (tmp_path / "coes").mkdir()
    file = tmp_path / "coes" / "2026-07-14-open.md"
    file.write_text("---\nkind: incident\n")
    done = run(tmp_path, "fmt", str(file))
    assert done.returncode == 2
    assert b"line 1: the front matter is not closed" in done.stderr
    assert file.read_text() == "---\nkind: incident\n"
    assert run(tmp_path, "fmt", "none.md").returncode == 2


def test_standard_input_comes_back(tmp_path: Path) -> None:
    text = b"---\nkind: incident\nid: x\n---\nbody\n"
    done = run(tmp_path, "fmt", "-", "--stdin-filename", "coes/2026-07-14-x.md", stdin=text)
    assert (done.returncode, done.stdout) == (0, b"---\nid: x\nkind: incident\n---\nbody\n")
    page = b"# A page\n"
    assert run(tmp_path, "fmt", "-", stdin=page).stdout == page


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everything")
def test_read_only_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "coe.toml").write_text("")
    (tmp_path / "coes").mkdir()
    file = tmp_path / "coes" / "2026-07-14-x.md"
    file.write_text("---\nkind: incident\nid: x\n---\n")
    file.chmod(0o444)
    done = run(tmp_path, "fmt")
    assert done.returncode == 2
    assert b"cannot write" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="no file of such a name there")
@pytest.mark.parametrize("words", [(), ("--check",)])
def test_a_name_is_no_command_for_what_reads_the_log(tmp_path: Path, words: tuple[str, ...]) -> None:
    name = "::error::a\n\x1b[31m.md"
    (tmp_path / "tenets").mkdir()
    (tmp_path / "coe.toml").touch()
    (tmp_path / "tenets" / name).write_text('---\nid:   x\ntitle: "a"\n---\n')
    run = coe("fmt", *words, cwd=tmp_path / "tenets")
    assert run.stdout == "\\u003a:error::a\\u000a\\u001b[31m.md\n"


def test_a_file_that_cannot_be_written_stands_in_the_way_of_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(file: Path, text: str, *, bom: bool = False) -> None:
        if file.name == "a.md":
            raise CoeError(f"cannot write {file}: Permission denied")
        write_text(file, text, bom=bom)

    monkeypatch.setattr("coe.write.write_text", refuse)
    files = [tmp_path / name for name in ("a.md", "b.md")]
    for file in files:
        file.write_text("old")
    with pytest.raises(CoeError, match=r"cannot write .*a\.md"):
        _write([Formatted(read(file), "new") for file in files])
    assert [file.read_text() for file in files] == ["old", "new"]
    assert capsys.readouterr().out == f"{files[1]}\n"


def test_a_line_of_a_diff_is_one_line_in_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    show_diff("-a\x1b[2J\n+a\u2028b\n")
    show_diff("")
    assert capsys.readouterr().out == "-a\\u001b[2J\n+a\\u2028b\n"
