"""`coe add` and `coe set`: the edit is there, and every other byte is where it was."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from coe.config import Config, Repository
from coe.corpus import analyse
from coe.errors import CoeError
from coe.format.address import path_of
from coe.format.canonical import plain
from coe.format.edit import add_item, next_id, set_value
from coe.model.validate import Analysis
from coe.parse.tree import locate
from coe.read import Source
from tests.test_new import draft, write_draft

ROOT = Path(__file__).parent.parent
REPOSITORY = Repository(Path("/example"), Config())
FILE = Path("/example/coes/2026/2026-07-14-pool.md")
BODY = "\n## What\n\n- x\n- y  \n\n\ttab \n"
HEAD = """\
# A head
id: 2026-07-14-pool
title: "Checkout errors in Europe: pool exhausted" # short
kind: incident
status: draft   # soon
severity: SEV2
owner_team: payments
impact:
  windows:
    # the first
    - id: I1
      start: 2026-07-14T13:57:40Z # seen
      # worst
      level: outage
"""
EVENTS = """\
timeline: # all of it
  # before the first
  - id: E1
    at: 2026-07-14T14:00:00Z
    type: detection
    text: >-
      An alarm
      fired.

    # about the text
  # before the second
  - id: E2
    at: 2026-07-14T15:00:00+02:00
    type: note
    text: "14:03" # quoted
"""
# 15:00+02:00 is before 14:00Z: a list out of order stays as it is.


def opened(front: str, newline: str = "\n") -> Analysis:
    text = f"---\n{front}---\n{BODY}".replace("\n", newline)
    return analyse(Source("pool.md", text, FILE), REPOSITORY)


def assigned(front: str, where: str, value: str) -> str:
    analysis = opened(front)
    text = set_value(analysis, path_of(analysis.document, where), value)
    assert text.endswith(f"---\n{BODY}")
    return text[4 : -len(BODY) - 4]


@pytest.mark.parametrize(
    ("where", "value", "old", "new"),
    [
        ("status", "in_review", "status: draft   # soon", "status: in_review   # soon"),
        ("title", "Checkout errors: pool", '"Checkout errors in Europe: pool exhausted"', '"Checkout errors: pool"'),
        ("impact.windows[I1].level", "degraded", "level: outage", "level: degraded"),
        ("impact.windows[0].end", "2026-07-14T15:00:00Z", "# seen\n", "# seen\n      end: 2026-07-14T15:00:00Z\n"),
        ("visibility", "public", "severity: SEV2\n", "severity: SEV2\nvisibility: public\n"),
        ("detection.method", "canary", "level: outage\n", "level: outage\ndetection:\n  method: canary\n"),
        ("impact.blast_radius.unit", "cell", "level: outage\n", "level: outage\n  blast_radius:\n    unit: cell\n"),
        ("summary", "14:03", "kind: incident\n", 'summary: "14:03"\nkind: incident\n'),
        ("x-limit", "12", "level: outage\n", "level: outage\nx-limit: 12\n"),
        ("x-own.deep", "a\nb", "level: outage\n", 'level: outage\nx-own:\n  deep: "a\\nb"\n'),
    ],
)
def test_set(where: str, value: str, old: str, new: str) -> None:
    assert HEAD.count(old) == 1
    assert assigned(HEAD, where, value) == HEAD.replace(old, new)


@pytest.mark.parametrize(
    ("front", "where", "value", "after"),
    [
        ("tags: [a, b] # c\n", "tags[1]", "c-d", "tags: [a, c-d] # c\n"),
        ("scope: {regions: [a]}\n", "scope.regions[0]", "a, b", 'scope: {regions: ["a, b"]}\n'),
        ("trigger: {type: config}\n", "trigger.ref", "#812", 'trigger: {type: config, ref: "#812"}\n'),
        ("trigger: {ref: x}\n", "trigger.type", "config", "trigger: {type: config, ref: x}\n"),
        ("x-own: {}\n", "x-own.a.b", "c", "x-own: {a: {b: c}}\n"),
        ("summary: >- # why\n  one\n  two\n\n# end\n", "summary", "three", "summary: three # why\n\n# end\n"),
        ("summary:\nkind: incident\n", "summary", "three", "summary: three\nkind: incident\n"),
        ("summary: 'a''b'\n", "summary", "it's", "summary: it's\n"),
        ("services:\n- id: a\n  relation: origin\n- relation: origin\n  id: b\n", "services[b].relation", "impacted",
         "services:\n- id: a\n  relation: origin\n- relation: impacted\n  id: b\n"),
        ("x-a: &one 1\nx-b: *one\ntags: [a]\n", "tags[0]", "b", "x-a: &one 1\nx-b: *one\ntags: [b]\n"),
    ],
)  # fmt: skip
def test_set_in_many_styles(front: str, where: str, value: str, after: str) -> None:
    assert assigned(front, where, value) == after


def test_long_text_is_folded_where_it_may_be() -> None:
    prose = "word: and word " * 10 + "end"
    assert assigned("summary: x\nkind: incident\n", "summary", prose).startswith("summary: >-\n  word: and word")
    assert assigned("summary: x # c\n", "summary", prose) == f'summary: "{prose}" # c\n'


@pytest.mark.parametrize(
    ("front", "where", "value", "why"),
    [
        (HEAD, "status", "finished", "not one of the allowed values"),
        (HEAD, "impact.windows[I1].end", "14:03", "is not a time"),
        (HEAD, "statuz", "draft", "not a known field"),
        (HEAD, "impact", "x", "holds fields"),
        (HEAD, "impact.windows", "x", "holds a list"),
        (HEAD, "impact.windows[I7].end", "x", "has no item `I7`"),
        (HEAD, "impact.windows[1].end", "x", "has no item `1`"),
        (HEAD, "tags", "x", "must be a list"),
        (HEAD, "a..b", "x", "no path"),
        (HEAD, "", "x", "is missing"),
        ("x-a: &one 1\nx-b: *one\n", "x-b", "2", "other values as well"),
        ("x-a: &one {b: 1}\nx-b: *one\n", "x-b.c", "2", "other values as well"),
        ("kind: [incident\n", "status", "draft", "pool.md:2"),
        ("kind: incident\nkind: exercise\n", "status", "draft", "stands twice"),
    ],
)
def test_refused(front: str, where: str, value: str, why: str) -> None:
    analysis = opened(front)
    with pytest.raises(CoeError, match=re.escape(why)):
        set_value(analysis, path_of(analysis.document, where), value)


def added(front: str, at: str, newline: str = "\n") -> str:
    analysis = opened(front, newline)
    item = {"text": "It: began", "type": "note", "at": at, "id": next_id(analysis, "E")}
    text = add_item(analysis, "timeline", item)
    assert text.endswith(f"---\n{BODY}".replace("\n", newline))
    return text[3 + len(newline) : -len(BODY.replace("\n", newline)) - 3 - len(newline)]


ITEM = '  - id: E{}\n    at: {}\n    type: note\n    text: "It: began"\n'


def test_events_are_put_in_the_order_of_time() -> None:
    for at, above in (
        ("2026-07-14T12:00:00Z", "timeline: # all of it\n"),
        ("2026-07-14T14:00:00Z", 'text: "14:03" # quoted\n'),
    ):
        assert added(HEAD + EVENTS, at) == (HEAD + EVENTS).replace(above, above + ITEM.format(3, at))
    ordered = EVENTS.replace("15:00:00+02:00", "17:00:00+02:00")
    above = "    # about the text\n"
    between = "2026-07-14T14:30:00Z"
    made = added(HEAD + ordered, between)
    assert made.replace(ITEM.format(3, between), "") == HEAD + ordered
    assert "fired.\n" + ITEM.format(3, between) in made or above + ITEM.format(3, between) in made


@pytest.mark.parametrize(
    ("front", "after"),
    [
        ("kind: incident\ntags: [a]\n", "kind: incident\ntimeline:\n" + ITEM + "tags: [a]\n"),
        ("kind: incident\ntimeline: []\n", "kind: incident\ntimeline:\n" + ITEM),
        ("kind: incident\ntimeline: [] # c\n",
         'kind: incident\ntimeline: [{{id: E{}, at: "{}", type: note, text: "It: began"}}] # c\n'),
        ("timeline: ~\nkind: incident\n", "timeline:\n" + ITEM + "kind: incident\n"),
        ("timeline:\nkind: incident\n", "timeline:\n" + ITEM + "kind: incident\n"),
        ("kind: incident\n# Times.\n#timeline:\n#  - id: E9\ntags: [a]\n",
         "kind: incident\n# Times.\ntimeline:\n" + ITEM + "#timeline:\n#  - id: E9\ntags: [a]\n"),
        ("x-a: {id: E4}\ntimeline: [{id: E7, at: 2026-07-14T12:00:00Z, type: note, text: x}]\n",
         'x-a: {{id: E4}}\ntimeline: [{{id: E7, at: 2026-07-14T12:00:00Z, type: note, text: x}}, '  # noqa: ISC004
         '{{id: E{}, at: "{}", type: note, text: "It: began"}}]\n'),
        ("timeline:\n- id: E1\n  at: 2026-07-14T12:00:00Z\n  type: note\n  text: x\n# end\n",
         "timeline:\n- id: E1\n  at: 2026-07-14T12:00:00Z\n  type: note\n  text: x\n"  # noqa: ISC004
         '- id: E{}\n  at: {}\n  type: note\n  text: "It: began"\n# end\n'),
    ],
)  # fmt: skip
def test_add_in_many_styles(front: str, after: str) -> None:
    at = "2026-07-14T13:00:00Z"
    numbers = [int(number) for number in re.findall(r"(?<!#  - )\bid: E(\d+)", front)]
    expected = after.format(max(numbers, default=0) + 1, at)
    assert added(front, at) == expected
    assert added(front, at, "\r\n") == expected.replace("\n", "\r\n")


@pytest.mark.parametrize("kind", ["incident", "near_miss", "exercise"])
def test_drafts_take_events_actions_and_learnings(kind: str) -> None:
    text = write_draft(draft(kind=kind))
    for key, item in (
        ("timeline", {"id": "E1", "at": "2026-07-14T14:00:00Z", "type": "note", "text": "x"}),
        ("action_items", {"id": "A1", "title": "x", "type": "prevent", "status": "open", "owner_team": "payments"}),
        ("learnings", {"id": "L1", "statement": "x", "audience": "org", "from": ["E1"]}),
    ):
        new = add_item(analyse(Source("x.md", text, FILE), REPOSITORY), key, item)  # type: ignore[arg-type]
        at = common(text, new)
        assert new[:at] + new[at + len(new) - len(text) :] == text, "one insertion and nothing else"
        text = new
    noun = analyse(Source("x.md", text, FILE), REPOSITORY).coe
    assert noun
    assert (len(noun.timeline), len(noun.action_items), len(noun.learnings)) == (1, 1, 1)


def common(one: str, other: str) -> int:
    pairs = zip(one, other, strict=False)
    return next((at for at, (left, right) in enumerate(pairs) if left != right), min(len(one), len(other)))


PATHS = st.sampled_from(
    ["status", "summary", "title", "tags[0]", "tags[1]", "x-own.a", "x-own.b.c", "x-new", "timeline[E1].text",
     "timeline[0].actor", "timeline[E2].text", "scope.regions[0]", "trigger.ref", "impact.windows[I1].end",
     "x-list[0]", "x-list[1].z"]
)  # fmt: skip
WORDS = st.text("ab :#-'\"é?,[]{}&*!|>%@\\0.1_=~\n", max_size=20).map(str.strip)
PARTS = [
    "# coe: allow late: reason\nid: 2026-07-14-pool\n", "title: 'It''s: errors'   # t\n", "summary: >-\n  one\n  two\n\n",
    "summary: |\n  one\n\n    two\n", "summary: plain\n  continued\n", "tags: [a, b] # two\n", "tags:\n- a\n-   b # b\n",
    "x-own: {a: '1', b: {c: d}}\n", "x-own:\n    a: 1 # one\n    b:\n      c:\n", "scope: {regions: [\n  x, # in\n  y]}\n",
    "timeline:\n  - id: E1\n    text: \"x\"\n\n  # second\n  - text: >\n      fold\n    id: E2\n", "trigger: {}\n",
    "timeline: [{id: E1, text: x}, {text: y, id: E2}]\n", "impact:\n  windows:\n  - id: I1\n#    end: x\n",
    "x-list:\n  - - a\n  - y: 1\n", "x-list: [1, {y: 2}]\n", "\n# alone\n",
]  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=6, unique_by=lambda part: part.split(":")[0]), PATHS, WORDS,
       st.sampled_from(["\n", "\r\n"]))  # fmt: skip
def test_random_edits(parts: list[str], where: str, value: str, newline: str) -> None:
    analysis = opened("".join(parts), newline)
    assume(not analysis.document.flaws)
    before = analysis.document.text
    try:
        path = path_of(analysis.document, where)
        after = set_value(analysis, path, value)
    except CoeError:
        return
    again = analyse(Source("pool.md", after, FILE), REPOSITORY).document
    assert not again.flaws
    wanted = plain(analysis.document.tree)
    here = wanted
    for step, following in pairwise(path):
        if isinstance(here, dict) and here.get(step) is None:
            here[step] = [] if isinstance(following, int) else {}
        here = here[step]  # type: ignore[index]
    here[path[-1]] = value  # type: ignore[index]
    assert plain(again.tree) == wanted
    head = common(before, after)
    tail = common(before[head:][::-1], after[head:][::-1])
    old = before[head : len(before) - tail]
    _, span, known = locate(analysis.document.tree, path)
    if known == len(path) and span:
        assert head >= span.start or not old
        assert len(before) - tail <= max(span.end, head)
    else:
        assert not old, "a new field is one insertion"
    for comment in ("# coe: allow late: reason", "# t", "# two", "# b", "# one", "# in", "# second", "#    end", "# alone"):
        assert after.count(comment) >= before.count(comment)
    front = after[: again.body_start].replace("\r\n", "\n")[4:-4]
    assert "\r" not in front
    assert YAML(typ="base").load(front) is not None


@settings(max_examples=150, deadline=None)
@given(st.lists(st.integers(0, 86_399), max_size=6).map(sorted), st.integers(0, 86_399), st.booleans())
def test_random_events(seconds: list[int], new: int, flow: bool) -> None:
    def moment(second: int) -> str:
        return f"2026-07-14T{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}Z"

    if flow:
        held = ", ".join(f'{{id: E{n}, at: "{moment(at)}", type: note, text: x}}' for n, at in enumerate(seconds))
        front = f"kind: incident\ntimeline: [{held}] # all\ntags: [a]\n"
    else:
        held = "".join(
            f"  # of {n}\n  - id: E{n}\n    at: {moment(at)}\n    type: note\n    text: x\n" for n, at in enumerate(seconds)
        )
        front = f"kind: incident\ntimeline:\n{held}tags: [a]\n"
    made = added(front, moment(new))
    at = common(front, made)
    assert any(made[:k] + made[k + len(made) - len(front) :] == front for k in range(at, -1, -1)), "one insertion"
    events = YAML(typ="base").load(made)["timeline"]
    assert [event["at"] for event in events] == sorted([*map(moment, seconds), moment(new)])


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
    command = [sys.executable, "-m", "coe", *arguments]
    return subprocess.run(command, check=False, cwd=folder, capture_output=True, text=True, env=environment)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "coe.toml").write_text('[review]\ntimezone = "Europe/Berlin"\n')
    file = tmp_path / "coes" / "2026-07-14-pool.md"
    file.parent.mkdir()
    file.write_bytes(b"\xef\xbb\xbf" + f"---\n{HEAD}---\n{BODY}".replace("\n", "\r\n").encode())
    file.chmod(0o600)
    return file


def test_commands(file: Path) -> None:
    before = file.read_bytes()
    done = run(file.parent, "set", file.name, "status", "in_review")
    assert (done.returncode, done.stdout) == (0, "")
    assert file.read_bytes() == before.replace(b"status: draft ", b"status: in_review ")
    assert file.stat().st_mode & 0o777 == 0o600
    done = run(
        file.parent, "add", "event", file.name, "--text", "An alarm fired.", "--type", "detection", "--milestone", "detected"
    )
    assert (done.returncode, done.stdout) == (0, "E1\n")
    assert re.search(rb"at: \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0[12]:00\r\n", file.read_bytes())
    done = run(file.parent, "add", "action", file.name, "--title", "Bound the pool", "--type", "prevent", "--due", "2026-08-15")
    assert (done.returncode, done.stdout) == (0, "A1\n")
    assert b"    owner_team: payments\r\n" in file.read_bytes()
    done = run(file.parent, "add", "learning", file.name, "--statement", "Bound shared pools.", "--from", "E1")
    assert (done.returncode, done.stdout) == (0, "L1\n")
    assert run(file.parent, "fmt", "--check", file.name).returncode == 0


def test_commands_refuse(file: Path) -> None:
    before = file.read_bytes()
    for arguments, why in (
        (("set", file.name, "status", "finished"), "not one of the allowed values"),
        (("set", "none.md", "status", "draft"), "cannot read none.md"),
        (("set", ".", "status", "draft"), "is a folder"),
        (("add", "event", file.name, "--text", "x", "--at", "14:03"), "is not a time"),
        (("add", "event", file.name, "--text", "x", "--at", "2026-07-14T14:03:00"), "has no offset"),
        (("add", "event", file.name, "--text", "x", "--id", "I1"), "the id `I1` is taken"),
        (("add", "action", file.name, "--title", "x", "--type", "hope"), "not one of the allowed values"),
    ):
        done = run(file.parent, *arguments)
        assert (done.returncode, done.stdout) == (2, ""), arguments
        assert why in done.stderr
        assert "Traceback" not in done.stderr
    assert file.read_bytes() == before


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everything")
def test_read_only_file_is_an_error(file: Path) -> None:
    file.chmod(0o400)
    before = file.read_bytes()
    done = run(file.parent, "set", file.name, "status", "in_review")
    assert done.returncode == 2
    assert "cannot write" in done.stderr
    assert file.read_bytes() == before
