"""The pure part of the language server: places, changes, names, and findings after a change."""

from __future__ import annotations

import datetime as dt
import random
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some
from lsprotocol import types as lsp

from coe.check import Selection, active_rules, check
from coe.config import find
from coe.corpus import Corpus, collect
from coe.diagnostic import Diagnostic
from coe.lsp.buffer import Change, opened
from coe.lsp.complete import complete
from coe.lsp.cursor import Cursor, cursor_at
from coe.lsp.meaning import LOCAL, meaning, occurrences, paths
from coe.lsp.names import local
from coe.lsp.repository import World
from coe.lsp.ruler import Ruler, Spot, Stretch, Unit, width
from coe.lsp.session import Session
from coe.lsp.wire.features import server
from coe.model.facts import fact, keys
from coe.model.validate import NOUNS, Analysis
from coe.parse.again import common_ends, parse_again
from coe.parse.document import Document, parse
from coe.read import MAX_BYTES, Source
from coe.rules.structure.named import named
from coe.rules.structure.unknown_local_reference import _references
from coe.text import Lines, Span

ROOT = Path(__file__).parents[2]
DAY = dt.date(2026, 7, 30)
UNITS: tuple[Unit, ...] = ("utf-8", "utf-16", "utf-32")
TEXT = "a\U0001f525é\r\nsecond \U0001f525\rthird\n\n"
PARTS = some.text(alphabet="aé\U0001f525\r\n\u2028 ", max_size=30)


# Places.


@pytest.mark.parametrize(("unit", "columns"), [("utf-8", [0, 1, 5, 7]), ("utf-16", [0, 1, 3, 4]), ("utf-32", [0, 1, 2, 3])])
def test_columns_are_counted_in_the_units_that_were_agreed_on(unit: Unit, columns: list[int]) -> None:
    ruler = Ruler(Lines(TEXT), unit)
    assert [ruler.spot(offset) for offset in range(4)] == [Spot(0, column) for column in columns]
    assert ruler.spot(TEXT.index("third")) == (2, 0)


@given(PARTS, some.sampled_from(UNITS))
def test_places_and_offsets_are_one_to_one(text: str, unit: Unit) -> None:
    ruler = Ruler(Lines(text), unit)
    for offset in range(len(text) + 1):
        if text[offset - 1 : offset + 1] != "\r\n":  # no place lies between the two characters of one line break
            assert ruler.offset(ruler.spot(offset)) == offset or text[offset - 1 : offset] in ("\r", "\n")


def test_places_outside_of_the_text_are_taken_as_its_edges() -> None:
    ruler = Ruler(Lines(TEXT), "utf-16")
    assert ruler.offset(Spot(99, 0)) == len(TEXT)
    assert ruler.offset(Spot(0, 99)) == 3  # in front of the line break
    assert ruler.offset(Spot(0, 2)) == 1  # inside a pair of surrogates: its start


def test_a_byte_order_mark_is_the_editors_and_not_the_sources() -> None:
    buffer = opened("untitled:1", None, "\ufeffab\n")
    assert buffer.source("x").text == "ab\n"
    assert buffer.source("x").bom
    assert buffer.ruler.spot(0) == (0, 1)
    assert buffer.changed([Change("X", Stretch(Spot(0, 1), Spot(0, 2)))], 2).text == "\ufeffXb\n"
    assert buffer.changed([Change("", Stretch(Spot(0, 0), Spot(0, 2)))], 2).text == "b\n"


@given(PARTS, PARTS, some.integers(0, 30), some.integers(0, 30), some.sampled_from(UNITS))
def test_changes_do_what_they_say(text: str, new: str, one: int, other: int, unit: Unit) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    if "\r\n" in (text[start - 1 : start + 1], text[end - 1 : end + 1]):
        return
    ruler = Ruler(Lines(text), unit)
    change = Change(new, Stretch(ruler.spot(start), ruler.spot(end)))
    after = opened("untitled:1", None, text, unit=unit).changed([change], 2)
    assert after.text == text[:start] + new + text[end:]
    assert after.version == 2


def test_half_a_character_and_a_whole_text_too_many() -> None:
    assert opened("untitled:1", None, "a\ud83d").text == "a\ufffd"
    assert width("a\ufffd", "utf-16") == width("a\ud83d", "utf-16")
    large = opened("untitled:1", None, "a" * (MAX_BYTES + 1)).source("x")
    assert (large.text, [flaw.rule for flaw in large.flaws]) == ("", ["unreadable"])


# What is parsed again.


@given(PARTS, PARTS)
def test_common_ends(before: str, after: str) -> None:
    start, end = common_ends(before, after)
    assert before[:start] == after[:start]
    assert before[len(before) - end :] == after[len(after) - end :]
    assert start + end <= min(len(before), len(after))
    assert start == min(len(before), len(after)) or before[start] != after[start]


def files(*folders: str) -> list[Path]:
    return sorted(file for folder in folders for file in (ROOT / folder).rglob("*.md") if file.name != "README.md")


EDITED = files("examples/coes/2011", "examples/coes/2021", "tests/fixtures/flawed/coes", "tests/fixtures/good/coes")


def edits(text: str, seed: int, *, count: int) -> Iterator[str]:
    """Yield a text after one change and another: what people type, and what breaks a document."""
    draw = random.Random(seed)  # noqa: S311 (a test's)
    words = (
        "x",
        "\n",
        "---\n",
        "```\n",
        "- ",
        "\n\n## A heading\n\n",
        "  ",
        ": ",
        "#",
        "<!-- ",
        "role:x",
        "\U0001f525",
        "\r\n",
        "|",
    )
    for _ in range(count):
        at = draw.randrange(len(text) + 1)
        text = text[:at] + (draw.choice(words) if draw.random() < 0.7 else "") + text[at + draw.choice((0, 0, 1, 9)) :]
        yield text


def same(one: Document, other: Document) -> None:
    assert one.flaws == other.flaws
    assert one.front == other.front
    assert one.body == other.body
    assert one.leaves == other.leaves
    assert one.mask == other.mask
    assert one.allowances == other.allowances


@pytest.mark.parametrize("file", EDITED, ids=lambda file: file.stem)
def test_a_document_parsed_again_is_the_same(file: Path) -> None:
    text = file.read_bytes().decode("utf-8", "replace")
    document = parse(Source(file.name, text))
    for number, after in enumerate(edits(text, 1, count=40)):
        assert document.body is not None
        document = parse_again(document, Source(file.name, after))
        same(document, parse(Source(file.name, after)))
        if number % 8 == 0:  # what was broken stays broken: begin anew
            document = parse(Source(file.name, text))


# What is found.


def session(root: Path) -> Session:
    return Session(root, World(lambda _: DAY, lambda _: (), lambda _: None))


def thoroughly(made: Session) -> None:
    for repository in made.repositories:
        for _ in repository.load():
            pass
        for _ in made.thorough(repository):
            pass


def shown(found: tuple[Diagnostic, ...] | list[Diagnostic]) -> list[tuple[object, ...]]:
    return [(one.rule, one.severity, one.span, one.message, one.help, one.field, one.fix) for one in found]


@pytest.mark.parametrize("root", ["tests/fixtures/flawed", "tests/fixtures/good", "examples"])
def test_findings_are_those_of_the_command_line(root: str, tmp_path: Path) -> None:
    folder = tmp_path / "repository"
    shutil.copytree(ROOT / root, folder, ignore=shutil.ignore_patterns("site", ".coe"))
    repository = find(folder)
    corpus = collect(repository, folder, as_of=DAY)
    rules = active_rules(repository.config, Selection())
    made = session(folder)
    documents = [one for one in corpus.analyses if not one.document.source.flaws]
    for analysis in documents:
        source = analysis.document.source
        assert source.file
        made.open(source.file.as_uri(), source.file, source.text, version=1)
    thoroughly(made)
    for analysis in documents:
        source = analysis.document.source
        assert source.file
        view = made.view(source.file.as_uri())
        assert view
        assert shown(view.found) == shown(check(corpus, [analysis], rules)), source.path


@pytest.mark.parametrize("file", EDITED, ids=lambda file: file.stem)
def test_after_a_keystroke_the_rules_of_the_document_say_what_they_say_of_the_whole(file: Path, tmp_path: Path) -> None:
    """What is found at once is what is found after a while, but for rules of the corpus and of allowances, which follow."""
    root = next(folder for folder in file.parents if (folder / "coe.toml").is_file())
    text = file.read_bytes().decode("utf-8", "replace")
    made, uri = session(root), file.as_uri()
    made.open(uri, file, text, version=1)
    thoroughly(made)
    repository = made.around(file)
    late = {rule.name for rule in (*repository.rules.shared, *repository.rules.unused)}
    for number, after in enumerate(edits(text, 2, count=12)):
        made.change(uri, [Change(after)], number)
        soon = made.view(uri)
        for _ in made.thorough(repository):
            pass
        exact = made.view(uri)
        assert soon
        assert exact
        assert shown([one for one in soon.found if one.rule not in late]) == shown(
            [one for one in exact.found if one.rule not in late]
        )


REASONED = """\
The engineer should have checked the lag.

<!-- coe: allow counterfactual:¦ -->
The engineer should have checked the pool.

The engineer should have checked the queue.
"""


@pytest.mark.parametrize(
    ("start", "keys"),
    [
        (REASONED, " why"),
        (REASONED.replace("<!--", "<!¦-", 1).replace(":¦", ": why"), "-"),
        (REASONED.replace(":¦", ": why"), ""),
    ],
)
def test_an_allowance_holds_from_the_keystroke_that_completes_it(tmp_path: Path, start: str, keys: str) -> None:
    text, uri = start, "untitled:1"
    made = session(tmp_path)
    made.open(uri, None, text.replace("¦", ""), version=1)
    thoroughly(made)
    typed = ""
    for number, key in enumerate([*keys, ""]):
        typed += key
        made.change(uri, [Change(text.replace("¦", typed))], number)
        soon = made.view(uri)
        thoroughly(made)
        exact = made.view(uri)
        assert soon
        assert exact
        assert shown(soon.found) == shown(exact.found)
    lines = [one.source.lines.position(one.span.start).line for one in soon.found if one.rule == "counterfactual"]
    assert lines == [1, 6]


# Names.


def analyses() -> list[Analysis]:
    out: list[Analysis] = []
    for root in (ROOT / "examples", ROOT / "tests/fixtures/good", ROOT / "tests/fixtures/flawed"):
        out += collect(find(root), root).analyses
    return out


def test_the_editor_follows_the_references_that_the_checker_follows() -> None:
    seen = 0
    for root in (ROOT / "examples", ROOT / "tests/fixtures/good", ROOT / "tests/fixtures/flawed"):
        corpus = collect(find(root), root)
        for reference in corpus.references:
            document = reference.analysis.document
            at = [one for one in occurrences(document, reference.analysis.kind) if one.path == reference.path]
            assert [one.id for one in at] == [reference.id], (reference.path, reference.id)
            assert reference.target in at[0].kinds
            seen += 1
    assert seen > 300


def test_the_editor_knows_the_local_names_that_the_checker_knows() -> None:
    seen = 0
    for analysis in analyses():
        if analysis.noun is None or analysis.kind == "catalog":
            continue
        known = {(one.kind, one.id) for one in named(analysis.noun) if one.written}
        assert {(one.kinds[0], one.id) for one in local(analysis).values()} <= known
        assert {one.id for one in local(analysis).values()} == {name for _, name in known}
        for path, name, kinds in _references(analysis.noun):
            [one] = [one for one in occurrences(analysis.document, analysis.kind) if one.path == path]
            assert (one.id, set(one.kinds)) == (name, set(kinds))
            seen += 1
    assert seen > 100


def test_every_path_of_the_table_is_one_of_the_model() -> None:
    for kind in NOUNS:
        for path in paths(kind):  # type: ignore[arg-type]
            assert fact(kind, tuple(path.split("."))), (kind, path)  # type: ignore[arg-type]


def test_every_id_of_the_model_has_a_meaning() -> None:
    """A new field that holds an id must say what it names; these hold ids that nothing defines, or of other systems."""
    besides = {"incident_refs.id", "tags"}
    missing = []

    def walk(kind: str, names: tuple[str, ...]) -> None:
        for one in keys(kind, names):  # type: ignore[arg-type]
            here = (*names, one.name)
            if one.shape in ("fields", "list of fields") and "whys" not in names:
                walk(kind, here)
            is_id = one.form and ("letter, then" in one.form or "joined by" in one.form)
            if is_id and meaning(kind, here) is None and ".".join(here) not in besides:  # type: ignore[arg-type]
                missing.append(f"{kind}: {'.'.join(here)}")

    for kind in NOUNS:
        walk(kind, ())
    assert not missing
    assert {"event", "cause"} <= LOCAL


# Cursors.


def at(marked: str) -> Cursor | None:
    offset = marked.index("¦")
    text = marked.replace("¦", "")
    return cursor_at(Lines(text), Span(0, len(text)), offset)


@pytest.mark.parametrize(
    ("marked", "names", "is_key", "typed"),
    [
        ("¦\n", (), True, ""),
        ("id: x\nsta¦\n", (), True, "sta"),
        ("status: dr¦\n", ("status",), False, "dr"),
        ("status: 'dr¦'\n", ("status",), False, "dr"),
        ("timeline:\n  - id: E1\n    ¦\n", ("timeline",), True, ""),
        ("timeline:\n- id: E1\n  ty¦\n", ("timeline",), True, "ty"),
        ("timeline:\n  - id: E1\n    text: >-\n      One.\n      Two.\n    type: ¦\n", ("timeline", "type"), False, ""),
        ("timeline:\n  - id: E1\n    evidence:\n      - x\n    t¦\n", ("timeline",), True, "t"),
        ("authors:\n  - role:¦\n", ("authors",), True, "role:"),
        ("authors: [role:a, te¦\n", ("authors",), False, "te"),
        ("services:\n  - {id: checkout, rel¦}\n", ("services",), True, "rel"),
        ("services:\n  - {id: checkout, relation: o¦}\n", ("services", "relation"), False, "o"),
        ("five_whys:\n  - why: a\n    whys:\n      - why: b\n        cause: ¦\n", ("five_whys", "whys", "cause"), False, ""),
        ("impact:\n  windows:\n    - id: I1\n  ¦\n", ("impact",), True, ""),
        ('"impact":\n  ¦\n', ("impact",), True, ""),
    ],
)
def test_where_a_cursor_stands(marked: str, names: tuple[str, ...], is_key: bool, typed: str) -> None:
    cursor = at(marked)
    assert cursor
    assert (cursor.names, cursor.is_key, cursor.typed) == (names, is_key, typed)


@pytest.mark.parametrize("marked", ["id: x # a¦\n", "# stat¦\n", "text: |\n  foo ¦\n", "a: {b: c}}}¦\n"])
def test_nothing_is_offered_in_comments_and_texts(marked: str) -> None:
    assert at(marked) is None


@given(some.text(alphabet="ab-:{}[],'\"#|> \n\r", max_size=40), some.integers(0, 40))
def test_a_cursor_stands_anywhere_without_an_error(text: str, offset: int) -> None:
    cursor_at(Lines(text), Span(0, len(text)), min(offset, len(text)))


@pytest.mark.parametrize("file", EDITED[:3], ids=lambda file: file.stem)
def test_at_each_place_of_a_document_there_is_an_answer(file: Path) -> None:
    from coe.lsp.hover import hover
    from coe.lsp.names import definition, thing_at, uses

    corpus = collect(find(file), file.parent)
    analysis = next(one for one in corpus.analyses if one.document.source.file == file)
    for offset in range(0, len(analysis.document.text) + 1, 31):
        complete(corpus, analysis, analysis, offset)
        hover(corpus, analysis, (), offset)
        found = thing_at(corpus, analysis, offset)
        if found:
            assert found[1].start - 5 <= offset <= found[1].end
            places = list(uses(corpus, found[0]))
            assert places
            assert all(use.analysis.document.text[use.span.start : use.span.end] == found[0].id for use in places)
            use = definition(corpus, found[0])
            assert use is None or use.defines or use.span == (0, 0)


def test_the_corpus_is_not_needed() -> None:
    repository = find(ROOT / "examples")
    analysis = collect(repository, ROOT).analyses[0]
    assert complete(Corpus(repository, (analysis,)), analysis, analysis, 4)


# Bugs.


def test_a_rule_that_crashes_stops_no_other_rule(tmp_path: Path) -> None:
    def crash(_: object) -> Iterator[None]:
        raise ZeroDivisionError("on purpose")
        yield

    made, uri = session(tmp_path), "untitled:1"
    repository = made.around(None)
    first, *rest = repository.rules.own
    repository.rules = replace(repository.rules, own=(replace(first, check=crash), *rest))  # type: ignore[arg-type]
    made.open(uri, None, "The engineer should have checked the lag.\n", version=1)
    thoroughly(made)
    view = made.view(uri)
    assert view
    assert [one.rule for one in view.found] == ["counterfactual"]
    [told] = made.take_bugs()
    assert f"`{first.name}`" in told
    assert "report it" in told
    assert "on purpose" in told
    assert made.take_bugs() == ()


def test_a_policy_that_names_no_field_is_told(tmp_path: Path) -> None:
    (tmp_path / "coe.toml").write_text('[[policy.require]]\nstatus = "in_review"\nfields = ["titel"]\n')
    file = tmp_path / "coes/2026/2026-01-02-x.md"
    file.parent.mkdir(parents=True)
    file.write_text((ROOT / "examples/coes/2021/2021-06-08-fastly-global.md").read_text("utf-8"), "utf-8")
    made = session(tmp_path)
    made.open(file.as_uri(), file, file.read_text("utf-8"), version=1)
    thoroughly(made)
    view = made.view(file.as_uri())
    assert view
    assert "id-matches-file" in {one.rule for one in view.found}
    assert any("`titel`" in told for told in made.take_bugs())


def test_nothing_stays_of_a_notification(tmp_path: Path) -> None:
    made = server(tmp_path, World(lambda _: DAY, lambda _: (), lambda _: None))
    name = lsp.VersionedTextDocumentIdentifier(2, "untitled:1")
    change = lsp.DidChangeTextDocumentParams(name, [lsp.TextDocumentContentChangeWholeDocument("a")])
    for _ in range(3):
        made.protocol._handle_notification(lsp.TEXT_DOCUMENT_DID_CHANGE, change)
    assert made.protocol._request_futures == {}
