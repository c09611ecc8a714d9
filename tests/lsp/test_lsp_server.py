"""The language server as an editor meets it: a real client over standard input and output."""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException

from coe.read import MAX_BYTES
from tests.lsp.client import ROOT, WAIT, Editor, in_editor, place, uri_of

NAME = "2026-07-14-checkout-pool"
COE = f"""\
---
id: {NAME}
title: "Checkout errors in Europe: connection pool exhausted"
kind: incident
status: draft
severity: SEV2
owner_team: payments
authors:
  - role:service-owner
services:
  - id: checkout
    relation: origin
impact:
  windows:
    - id: I1
      start: 2026-07-14T13:57:40Z
      end: 2026-07-14T14:29:00Z
timeline:
  - id: E1
    at: 2026-07-14T13:57:40Z
    type: change
    milestone: introduced
    text: Version 2026.7.3 reached all cells.
  - id: E2
    at: 2026-07-14T14:02:00Z
    type: detection
    milestone: detected
    text: The canary failed after E1.
  - id: E3
    at: 2026-07-14T14:29:00Z
    type: action
    milestone: mitigated
    text: Traffic moved to the other cell.
mitigation:
  - type: shift_away
    event: E3
    outcome: effective
root_causes:
  - id: C1
    category: technical
    statement: The pool has no upper bound per tenant.
learnings:
  - id: L1
    statement: Bound a shared pool per tenant.
    audience: org
    tenet: bounded-resources
    from: [C1, E2]
related:
  - type: related
    id: 2025-11-02-search-retry-storm
---

## What happened

The pool ran dry at E1, as in [the storm](../2025/2025-11-02-search-retry-storm.md).

## What follows

Nothing yet.
"""
OTHER = COE.replace(NAME, "2025-11-02-search-retry-storm").replace("2026-07-14", "2025-11-02")
OTHER = OTHER[: OTHER.index("related:")] + "---\n\nIt was a storm.\n"
TENET = """\
---
id: bounded-resources
title: Bounded resources
status: adopted
statement: Every shared resource has a bound.
rationale: One tenant must not take all.
sources:
  - 2026-07-14-checkout-pool
---

See [ourselves](bounded-resources.md).
"""
CATALOG = """\
teams:
  - id: payments
    name: Payments
    channel: "#payments"
services:
  - id: checkout
    name: Checkout
    team: payments
    tier: 1
roles:
  - id: service-owner
    name: Service owner
    description: Answers for a service.
people:
  - names: [Example Name]
    role: service-owner
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path.resolve() / "a folder"
    for name, text in (
        ("coe.toml", ""), ("catalog.yaml", CATALOG), (f"coes/2026/{NAME}.md", COE), ("tenets/bounded-resources.md", TENET),
        ("coes/2025/2025-11-02-search-retry-storm.md", OTHER),
    ):  # fmt: skip
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return folder


@pytest.fixture
def file(root: Path) -> Path:
    return root / f"coes/2026/{NAME}.md"


def at(text: str, words: str, *, inside: int = 1) -> tuple[int, int]:
    line, column = place(text, words)
    return line, column + inside


def start_of(one: lsp.Diagnostic) -> tuple[int, int]:
    return one.range.start.line, one.range.start.character


# Findings.


def test_findings_as_one_types(root: Path, file: Path) -> None:
    async def work(editor: Editor) -> None:
        uri = editor.open(file)
        assert await editor.found(uri) == []
        line, column = place(COE, "SEV2")
        version = editor.type(uri, (line, column), (line, column + 4), "high")
        [one] = await editor.found(uri, version)
        assert (one.code, start_of(one), one.severity, one.source) == ("wrong-value", (line, column), 1, "coe")
        assert "SEV1" in one.message
        assert one.code_description
        assert one.code_description.href.endswith("/wrong-value/")
        editor.type(uri, (line, column), (line, column + 4), "SEV2")
        assert await editor.found(uri) == []
        end = COE.count("\n")
        editor.type(uri, (end, 0), (end, 0), "\nThe engineer should have checked the lag.\n")
        [one] = await editor.found(uri)
        assert (one.code, start_of(one)) == ("counterfactual", (end + 1, 13))

    in_editor(root, work)


def test_the_rules_of_the_repository_follow_and_see_unsaved_documents(root: Path, file: Path) -> None:
    async def work(editor: Editor) -> None:
        uri = editor.open(file)
        tenet = editor.open(root / "tenets/bounded-resources.md")
        await editor.found(uri)
        editor.replace(uri, COE.replace("tenet: bounded-resources", "tenet: bounded-things"))
        one = await editor.finds(uri, "unknown-tenet")
        assert start_of(one) == place(COE, "bounded-resources")
        editor.replace(tenet, TENET.replace("bounded-resources", "bounded-things"))
        await editor.no_longer_finds(uri, "unknown-tenet")
        assert await editor.finds(tenet, "id-matches-file")
        editor.client.text_document_did_close(lsp.DidCloseTextDocumentParams(lsp.TextDocumentIdentifier(tenet)))
        assert await editor.finds(uri, "unknown-tenet")
        assert list(editor.published[tenet][-1].diagnostics) == []

    in_editor(root, work)


def test_findings_are_those_of_the_command_line(tmp_path: Path) -> None:
    root = tmp_path.resolve() / "flawed"
    shutil.copytree(ROOT / "tests/fixtures/flawed", root)
    file = root / "coes/2026/2026-05-01-language.md"
    run = subprocess.run(
        [sys.executable, "-m", "coe", "check", "--output-format", "json", str(file)], cwd=root, capture_output=True, check=False
    )
    said = json.loads(run.stdout)["diagnostics"]
    wanted = sorted((one["rule"], one["range"]["start"]["line"] - 1, one["range"]["start"]["column"] - 1) for one in said)

    async def work(editor: Editor) -> None:
        uri = editor.open(file)
        await editor.until(
            lambda: (
                editor.published.get(uri)
                and sorted((one.code, *start_of(one)) for one in editor.published[uri][-1].diagnostics) == wanted
            )
        )

    assert len(wanted) > 10
    in_editor(root, work, encodings=["utf-32"])


@pytest.mark.parametrize(("encoding", "column"), [("utf-8", 4), ("utf-16", 2), ("utf-32", 1)])
def test_columns_are_counted_as_agreed(root: Path, file: Path, encoding: str, column: int) -> None:
    text = COE.replace("\n", "\r\n") + "\U0001f525 The engineer should have checked the lag.\r\n"

    async def work(editor: Editor) -> None:
        assert editor.result.capabilities.position_encoding == encoding
        uri = editor.open(file, text)
        [one] = await editor.found(uri)
        line = text.count("\n") - 1
        assert start_of(one) == (line, column + len(" The engineer "))
        editor.type(uri, (line, 0), (line, column), "\U0001f525\U0001f525")
        [one] = await editor.found(uri)
        assert start_of(one) == (line, 2 * column + len(" The engineer "))

    in_editor(root, work, encodings=[encoding])


# Bad input.


def test_what_cannot_be_parsed_is_a_finding_and_the_server_lives_on(root: Path, file: Path) -> None:
    async def work(editor: Editor) -> None:
        uri = editor.open(file, "---\nid: [\n---\n")
        assert [one.code for one in await editor.found(uri)] == ["yaml-syntax"]
        for text in (
            "",
            "---\n",
            "---\nid: x",
            "\x00\ud83d",
            "---\n" + "[" * 5000 + "\n---\n",
            "a" * (MAX_BYTES + 9),
            "- " * 9999,
        ):
            editor.replace(uri, text)
            await editor.found(uri)
            for words in ({"position": lsp.Position(0, 0)}, {"position": lsp.Position(9**6, 9**6)}):
                name = {"text_document": lsp.TextDocumentIdentifier(uri)}
                await editor.client.text_document_hover_async(lsp.HoverParams(**name, **words))
                await editor.client.text_document_completion_async(lsp.CompletionParams(**name, **words))
                await editor.client.text_document_definition_async(lsp.DefinitionParams(**name, **words))
            await editor.client.text_document_document_symbol_async(lsp.DocumentSymbolParams(lsp.TextDocumentIdentifier(uri)))
            await editor.client.text_document_folding_range_async(lsp.FoldingRangeParams(lsp.TextDocumentIdentifier(uri)))
            await editor.client.text_document_code_lens_async(lsp.CodeLensParams(lsp.TextDocumentIdentifier(uri)))
        editor.replace(uri, COE)
        assert await editor.found(uri) == []
        assert editor.messages == []

    in_editor(root, work)


def test_a_document_outside_of_any_repository(tmp_path: Path) -> None:
    notes = tmp_path.resolve() / "notes.md"
    text = "The engineer should have checked the lag.\n"

    async def work(editor: Editor) -> None:
        for uri in (editor.open(notes, text), editor.open("untitled:Untitled-1", text)):
            assert [one.code for one in await editor.found(uri)] == ["counterfactual"]
        never = uri_of(tmp_path / "other.md")
        assert await editor.client.text_document_hover_async(lsp.HoverParams(**editor.at(never, (0, 0)))) is None

    in_editor(tmp_path, work)


def test_a_file_that_is_deleted_or_changed_on_disk(root: Path, file: Path) -> None:
    tenet = root / "tenets/bounded-resources.md"

    async def work(editor: Editor) -> None:
        def tell(kind: lsp.FileChangeType) -> None:
            changes = [lsp.FileEvent(uri_of(tenet), kind)]
            editor.client.workspace_did_change_watched_files(lsp.DidChangeWatchedFilesParams(changes))

        uri = editor.open(file)
        await editor.found(uri)
        tenet.unlink()
        tell(lsp.FileChangeType.Deleted)
        assert await editor.finds(uri, "unknown-tenet")
        tenet.write_text(TENET)
        tell(lsp.FileChangeType.Created)
        await editor.no_longer_finds(uri, "unknown-tenet")
        file.unlink()
        editor.replace(uri, COE.replace("SEV2", "high"))
        assert await editor.finds(uri, "wrong-value")

    in_editor(root, work)


@pytest.mark.parametrize(
    ("broken", "line", "words"),
    [
        ("[lint]\nignor = []\n", 1, "Did you mean `ignore`?"),
        ("\n\n[lint\n", 2, "not valid TOML"),
        ('[lint]\nignore = ["counterfactuel"]\n', 1, "counterfactual"),
    ],
)
def test_a_broken_configuration_is_told_and_mended(root: Path, file: Path, broken: str, line: int, words: str) -> None:
    config = root / "coe.toml"
    config.write_text(broken)

    async def work(editor: Editor) -> None:
        uri, where = editor.open(file), uri_of(config)
        await editor.found(uri)
        await editor.until(lambda: editor.published.get(where) and editor.messages)
        [one] = editor.published[where][-1].diagnostics
        assert words in one.message
        assert one.range.start.line == line
        assert words in editor.messages[0]
        editor.replace(uri, COE.replace("SEV2", "high"))
        assert [one.code for one in await editor.found(uri)] == ["wrong-value"]
        config.write_text('[lint]\nignore = ["structure"]\n')
        editor.client.workspace_did_change_watched_files(
            lsp.DidChangeWatchedFilesParams([lsp.FileEvent(where, lsp.FileChangeType.Changed)])
        )
        await editor.until(lambda: not editor.published[where][-1].diagnostics)

    in_editor(root, work)


def test_every_deletion_is_watched_for_a_folder_goes_without_its_files(root: Path) -> None:
    async def work(editor: Editor) -> None:
        await editor.until(lambda: editor.watched)
        kinds: dict[str, int] = dict(editor.watched)
        assert kinds.pop("**/*") == lsp.WatchKind.Delete
        assert set(kinds.values()) == {lsp.WatchKind.Create | lsp.WatchKind.Change}
        assert "**/coe.toml" in kinds

    in_editor(root, work)


def test_a_file_that_is_open_at_two_addresses(root: Path, file: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(root)
    asks = "\nThe engineer should have checked the lag.\n"

    async def work(editor: Editor) -> None:
        ours = editor.open(file)
        linked = editor.open((tmp_path / "link" / file.relative_to(root)).as_uri(), COE)
        editor.open(root / "tenets/bounded-resources.md")
        assert await editor.found(ours) == await editor.found(linked) == []
        where = editor.at(linked, at(COE, "E1, as in"))
        edit = await editor.client.text_document_rename_async(lsp.RenameParams(**where, new_name="E10"))
        assert len(edits_of(edit, linked)) == 3, "it is renamed where it was asked for"
        editor.replace(ours, COE.replace("SEV2", "high"))
        editor.replace(linked, COE.replace("tenet: bounded-resources", "tenet: bounded-things") + asks)
        await editor.finds(linked, "unknown-tenet")
        assert {one.code for one in editor.published[linked][-1].diagnostics} == {"counterfactual", "unknown-tenet"}
        await editor.finds(ours, "wrong-value")
        assert {one.code for one in editor.published[ours][-1].diagnostics} == {"wrong-value"}
        editor.client.text_document_did_close(lsp.DidCloseTextDocumentParams(lsp.TextDocumentIdentifier(linked)))
        editor.replace(ours, COE.replace("tenet: bounded-resources", "tenet: bounded-thing"))
        one = await editor.finds(ours, "unknown-tenet")
        assert "bounded-thing`" in one.message
        assert not editor.published[linked][-1].diagnostics

    in_editor(root, work)


def test_what_two_copies_say_is_found_in_each(root: Path, file: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(root)

    async def work(editor: Editor) -> None:
        ours = editor.open(file, COE.replace("tenet: bounded-resources", "tenet: bounded-thing"))
        linked = editor.open((tmp_path / "link" / file.relative_to(root)).as_uri(), COE)
        one = await editor.finds(ours, "unknown-tenet")  # the other copy says otherwise, and was edited last
        assert "bounded-thing`" in one.message
        await editor.found(linked)
        editor.client.text_document_did_close(lsp.DidCloseTextDocumentParams(lsp.TextDocumentIdentifier(linked)))
        tenet = editor.open(root / "tenets/bounded-resources.md", TENET.replace("bounded-resources", "bounded-thing"))
        await editor.no_longer_finds(ours, "unknown-tenet")
        where = editor.at(tenet, at(TENET, "bounded-resources"))
        found = await editor.client.text_document_references_async(
            lsp.ReferenceParams(**where, context=lsp.ReferenceContext(include_declaration=False))
        )
        assert ours in {one.uri for one in found or ()}, "the copy that stayed open is what the file says"

    in_editor(root, work)


def test_a_document_that_was_never_saved_has_no_name_and_is_none_of_the_repository(root: Path, file: Path) -> None:
    async def work(editor: Editor) -> None:
        new = editor.open("untitled:Untitled-1", COE.replace("tenet: bounded-resources", "tenet: bounded-things"))
        uri = editor.open(file)
        await editor.finds(new, "unknown-tenet")
        assert "id-matches-file" not in {one.code for one in editor.published[new][-1].diagnostics}
        assert await editor.finds(new, "duplicate-document-id")
        editor.replace(uri, COE.replace("tenet: bounded-resources", "tenet: bounded-thing"))
        await editor.finds(uri, "unknown-tenet")
        assert "duplicate-document-id" not in {one.code for one in editor.published[uri][-1].diagnostics}

    in_editor(root, work)


def test_a_file_that_git_ignores_is_checked_alone(root: Path, file: Path) -> None:
    subprocess.run(["git", "init", "--quiet", str(root)], check=True)
    (root / ".gitignore").write_text("mine/\n")
    mine = root / "coes/mine" / file.name
    mine.parent.mkdir()
    mine.write_text(COE)

    async def work(editor: Editor) -> None:
        copy = editor.open(mine, COE.replace("tenet: bounded-resources", "tenet: bounded-things"))
        uri = editor.open(file)
        await editor.finds(copy, "unknown-tenet")
        assert await editor.finds(copy, "duplicate-document-id")
        editor.replace(uri, COE.replace("tenet: bounded-resources", "tenet: bounded-thing"))
        await editor.finds(uri, "unknown-tenet")
        assert "duplicate-document-id" not in {one.code for one in editor.published[uri][-1].diagnostics}
        unsaved = editor.open(root / "coes/2026" / f"{NAME}-copy.md", COE)
        assert await editor.finds(unsaved, "duplicate-document-id")
        assert await editor.finds(uri, "duplicate-document-id"), "a new file that git does not ignore is one of ours"

    in_editor(root, work)


def test_a_folder_that_is_gone_and_a_file_that_git_ignores(root: Path, file: Path) -> None:
    subprocess.run(["git", "init", "--quiet", str(root)], check=True)
    (root / ".gitignore").write_text("mine/\n")
    mine, ours = root / "coes/mine/copy.md", root / "coes/2026/copy.md"
    mine.parent.mkdir()

    async def work(editor: Editor) -> None:
        def tell(path: Path, kind: lsp.FileChangeType) -> None:
            changes = [lsp.FileEvent(uri_of(path), kind)]
            editor.client.workspace_did_change_watched_files(lsp.DidChangeWatchedFilesParams(changes))

        uri = editor.open(file)
        await editor.found(uri)
        where = editor.at(uri, at(COE, "bounded-resources"))
        assert await editor.client.text_document_definition_async(lsp.DefinitionParams(**where))
        mine.write_text(COE)
        tell(mine, lsp.FileChangeType.Created)
        shutil.rmtree(root / "tenets")
        tell(root / "tenets", lsp.FileChangeType.Deleted)
        await editor.finds(uri, "unknown-tenet")
        assert "duplicate-document-id" not in {one.code for one in editor.published[uri][-1].diagnostics}
        ours.write_text(COE)
        tell(ours, lsp.FileChangeType.Created)
        await editor.finds(uri, "duplicate-document-id")

    in_editor(root, work)


CRASHING = """
import sys
from coe.rule import all_rules

def crash(subject):
    crash.times = getattr(crash, "times", 0) + 1
    raise ZeroDivisionError(f"on purpose for the {crash.times}. time")
    yield

for rule in all_rules():
    if rule.name in sys.argv[1].split(","):
        object.__setattr__(rule, "check", crash)
del sys.argv[1]
from coe.__main__ import main
main()
"""


def test_a_rule_that_crashes_is_told_once_and_stops_no_other(root: Path, file: Path) -> None:
    text = f"{COE}\n<!-- coe: allow list-without-blank-line: our style -->\nThe engineer should have checked the lag:\n- one\n"
    text = text.replace("tenet: bounded-resources", "tenet: bounded-things")

    async def work(editor: Editor) -> None:
        uri = editor.open(file, text)
        assert {one.code for one in await editor.found(uri)} == {"counterfactual"}
        await editor.finds(uri, "unknown-tenet")
        for number in range(3):
            editor.type(uri, (text.count("\n"), 0), (text.count("\n"), 0), f"- {number}\n")
            assert {one.code for one in await editor.found(uri)} == {"counterfactual", "unknown-tenet"}
        tenet = editor.open(root / "tenets/bounded-resources.md", TENET.replace("Every shared", "Every shared   "))
        await editor.found(tenet)
        line, column = place(text, "SEV2")
        editor.type(uri, (line, column), (line, column + 4), "high")
        await editor.finds(uri, "wrong-value")
        await editor.no_longer_finds(uri, "unknown-tenet")  # all rules looked again
        for rule in ("list-without-blank-line", "negligence", "duplicate-document-id"):
            [told] = [one for one in editor.messages if f"`{rule}`" in one]
            assert "on purpose" in told
            assert "This is a bug: report it" in told
        assert len(editor.messages) == 3

    in_editor(root, work, run=("-c", CRASHING, "list-without-blank-line,negligence,duplicate-document-id"))


# The end.


def said(*messages: dict[str, object]) -> bytes:
    out = b""
    for one in messages:
        body = json.dumps({"jsonrpc": "2.0", **one}).encode()
        out += b"Content-Length: %d\r\n\r\n%s" % (len(body), body)
    return out


BEGIN: dict[str, object] = {"id": 1, "method": "initialize", "params": {"processId": None, "rootUri": None, "capabilities": {}}}
SHUTDOWN, EXIT = {"id": 2, "method": "shutdown"}, {"method": "exit"}


@pytest.mark.parametrize(
    ("messages", "status"),
    [
        ((), 1),
        ((BEGIN,), 1),
        ((BEGIN, EXIT), 1),
        ((EXIT,), 1),
        ((BEGIN, SHUTDOWN), 0),
        ((BEGIN, SHUTDOWN, EXIT), 0),
    ],
    ids=["nothing", "only begun", "exit too early", "exit first", "without exit", "in order"],
)
def test_the_process_ends_with_its_input_and_says_how(
    tmp_path: Path, messages: tuple[dict[str, object], ...], status: int
) -> None:
    command = [sys.executable, "-m", "coe", "lsp"]
    run = subprocess.run(command, input=said(*messages), cwd=tmp_path, capture_output=True, timeout=WAIT, check=False)
    assert run.returncode == status
    assert b"Traceback" not in run.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal there")
def test_an_interrupt_ends_the_process_though_its_input_is_open(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "coe", "lsp"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, cwd=tmp_path) as server:
        assert server.stdin
        assert server.stdout
        assert server.stderr
        server.stdin.write(said(BEGIN))
        server.stdin.flush()
        assert server.stdout.readline().startswith(b"Content-Length")
        server.send_signal(signal.SIGINT)
        try:
            server.wait(WAIT)
        finally:
            server.kill()
        assert server.returncode == -signal.SIGINT
        assert server.stderr.read() == b""


EDITOR = """
import subprocess, sys, time
held = int(sys.argv[1])
command = [sys.executable, "-m", "coe", "lsp"]
server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, pass_fds=[held])
server.stdin.write(sys.stdin.buffer.read())
server.stdin.flush()
server.stdout.readline()
print("begun", flush=True)
time.sleep(600)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="descriptors are not handed on there")
def test_an_editor_that_is_killed_leaves_no_server_behind(root: Path, file: Path) -> None:
    """A pipe that editor and server hold reads as ended once both are gone: nobody waits for the orphan's status."""
    document = {"uri": uri_of(file), "languageId": "markdown", "version": 1, "text": COE}
    opened: dict[str, object] = {"method": "textDocument/didOpen", "params": {"textDocument": document}}
    here, held = os.pipe()
    command, pipe = [sys.executable, "-c", EDITOR, str(held)], subprocess.PIPE
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, cwd=root, env=environment, pass_fds=[held]) as editor:
        os.close(held)
        assert editor.stdin
        assert editor.stdout
        editor.stdin.write(said(BEGIN, {"method": "initialized", "params": {}}, opened))
        editor.stdin.close()
        assert editor.stdout.readline() == b"begun\n"
        editor.kill()
    with os.fdopen(here, "rb") as ended:
        assert select.select([ended], [], [], WAIT)[0], "the server lives on"
        assert ended.read() == b""


def test_an_address_that_no_file_can_have(root: Path) -> None:
    async def work(editor: Editor) -> None:
        uri = editor.open("file:///a%00b.md", "The engineer should have checked the lag.\n")
        assert [one.code for one in await editor.found(uri)] == ["counterfactual"]
        assert editor.messages == []

    in_editor(root, work)


# What is shown.


HOVERS = [
    ("role:service-owner", "**Service owner** · role"),
    ("checkout\n", "**Checkout** · service of `payments`, tier 1"),
    ("payments\nauthors", "**Payments** · team"),
    ("E3\n    outcome", "**E3** · event · `2026-07-14T14:29:00Z` · `action` · `mitigated`\n\nTraffic moved"),
    ("C1, E2", "**C1** · cause · `technical`\n\nThe pool has no upper bound per tenant."),
    ("E1.\n  - id: E3", "**E1** · event"),
    ("E1, as in", "Version 2026.7.3 reached all cells."),
    ("bounded-resources\n    from", "**Bounded resources** · tenet, adopted"),
    ("2025-11-02-search-retry-storm\n", "SEV2 · incident · draft"),
    ("2025-11-02-search-retry-storm.md", "SEV2 · incident · draft"),
    ("detected", "Time to detect, TTD 4 min 20 s: impact start 2026-07-14T13:57:40Z → detected 2026-07-14T14:02:00Z"),
    ("severity:", "One of `SEV1`, `SEV2`"),
]


def test_hover(root: Path, file: Path) -> None:
    async def work(editor: Editor) -> None:
        uri = editor.open(file)
        for words, shown in HOVERS:
            card = await editor.client.text_document_hover_async(lsp.HoverParams(**editor.at(uri, at(COE, words))))
            assert card, words
            assert isinstance(card.contents, lsp.MarkupContent)
            assert shown in card.contents.value
            assert "Example Name" not in card.contents.value

    in_editor(root, work)


def test_hover_at_a_finding_explains_its_rule(root: Path, file: Path) -> None:
    text = f"{COE}\nThe engineer should have checked the lag.\n"

    async def work(editor: Editor) -> None:
        uri = editor.open(file, text)
        card = await editor.client.text_document_hover_async(lsp.HoverParams(**editor.at(uri, at(text, "should have"))))
        assert card
        assert isinstance(card.contents, lsp.MarkupContent)
        assert card.contents.value.startswith("**[counterfactual](")
        assert (card.range.start.line, card.range.start.character) == place(text, "should have") if card.range else False

    in_editor(root, work)


def test_lenses_say_how_long_it_took_and_what_is_missing(root: Path, file: Path) -> None:
    run = subprocess.run([sys.executable, "-m", "coe", "next", str(file)], capture_output=True, text=True, check=False)

    async def work(editor: Editor) -> None:
        uri = editor.open(file)
        found = await editor.client.text_document_code_lens_async(lsp.CodeLensParams(lsp.TextDocumentIdentifier(uri)))
        assert found
        titles = [one.command.title for one in found if one.command]
        assert titles[0].startswith("TTD 4 min 20 s: impact start 2026-07-14T13:57:40Z")
        assert titles[1].startswith("TTM 31 min: ")
        assert titles[2].split(":")[0] == run.stdout.splitlines()[0].split(": ")[1]
        command = found[2].command
        assert command
        told = await editor.client.workspace_execute_command_async(
            lsp.ExecuteCommandParams(command.command, arguments=command.arguments)
        )
        assert [line.split(":")[0] for line in str(told).splitlines()[1:]] == [
            line.split(". ")[1] for line in run.stdout.splitlines() if line[:3].strip().rstrip(".").isdigit()
        ]
        await editor.until(lambda: editor.messages)

    in_editor(root, work)


def test_outline_and_folding(root: Path, file: Path) -> None:
    async def work(editor: Editor) -> None:
        uri = editor.open(file)
        name = lsp.TextDocumentIdentifier(uri)
        found = await editor.client.text_document_document_symbol_async(lsp.DocumentSymbolParams(name))
        assert found
        parts = {one.name: one for one in found if isinstance(one, lsp.DocumentSymbol)}
        assert [one.name for one in parts["Timeline"].children or ()] == ["E1", "E2", "E3"]
        assert "detected · The canary failed" in str((parts["Timeline"].children or ())[1].detail)
        assert [one.name for one in parts["Root causes"].children or ()] == ["C1"]
        assert {"What happened", "What follows"} <= parts.keys()
        for one in parts.values():
            assert (one.range.start.line, one.range.start.character) <= (
                one.selection_range.start.line,
                one.selection_range.start.character,
            )
        folds = await editor.client.text_document_folding_range_async(lsp.FoldingRangeParams(name))
        lines = {(one.start_line, one.end_line) for one in folds or ()}
        first, last = place(COE, "timeline:")[0], place(COE, "Traffic moved")[0]
        assert {(first, last), (place(COE, "## What happened")[0], place(COE, "## What happened")[0] + 2)} <= lines
        assert (0, place(COE, "---\n\n##")[0]) in {(start, end + 1) for start, end in lines} | lines

    in_editor(root, work)


# What can be written.


COMPLETIONS: list[tuple[str, set[str], set[str]]] = [
    ("sever¦", {"visibility", "severity_history"}, {"title", "id"}),
    ("visibility: ¦", {"public", "internal", "restricted"}, {"draft"}),
    ("facilitator: ¦", {"role:service-owner", "payments"}, {"checkout"}),
    ("trigger:\n  event: ¦", {"E1", "E2", "E3"}, {"C1", "L1"}),
    ("trigger:\n  ¦", {"type", "event", "automated", "ref"}, {"id"}),
    ("five_whys:\n  - why: Why?\n    because: So.\n    cause: ¦", {"C1"}, {"E1"}),
    ("programs_and: ¦", set(), {"C1"}),
    ("action_items:\n  - id: A1\n    addresses: [¦", {"C1"}, {"E1", "A1"}),
    ("action_items:\n  - id: A1\n    ¦", {"title", "type", "due", "owner_team"}, {"id", "milestone"}),
    ("engagement:\n  paged_teams:\n    - ¦", {"payments"}, {"checkout"}),
    ("tags: []\n# coe: allow count¦", {"counterfactual"}, set()),
]


def test_completion(root: Path, file: Path) -> None:
    async def work(editor: Editor) -> None:
        uri = editor.open(file)
        for typed, offered, not_offered in COMPLETIONS:
            marked = COE.replace("related:", f"{typed}\nrelated:")
            line, column = place(marked, "¦")
            editor.replace(uri, COE)
            await editor.found(uri)
            editor.replace(uri, marked.replace("¦", ""))  # what could be read before is not forgotten
            found = await editor.client.text_document_completion_async(lsp.CompletionParams(**editor.at(uri, (line, column))))
            items = list(found.items if isinstance(found, lsp.CompletionList) else found or ())
            labels = {one.label for one in items}
            assert offered <= labels, typed
            assert not labels & not_offered, typed
            for one in items:
                assert isinstance(one.text_edit, lsp.TextEdit)
                assert one.text_edit.range.end == lsp.Position(line, column)

    in_editor(root, work)


def test_completion_of_other_documents(root: Path, file: Path) -> None:
    text = COE.replace("    id: 2025-11-02-search-retry-storm", "    id: 2025") + "\nSee 2025-11"

    async def work(editor: Editor) -> None:
        uri = editor.open(file, text)
        for here in (at(text, "id: 2025\n", inside=8), (text.count("\n"), len("See 2025-11"))):
            found = await editor.client.text_document_completion_async(lsp.CompletionParams(**editor.at(uri, here)))
            items = list(found.items if isinstance(found, lsp.CompletionList) else found or ())
            assert "2025-11-02-search-retry-storm" in {one.label for one in items}

    in_editor(root, work)


def applied(text: str, edits: list[lsp.TextEdit]) -> str:
    lines = text.split("\n")
    for one in sorted(edits, key=lambda one: (one.range.start.line, one.range.start.character), reverse=True):
        start = sum(len(line) + 1 for line in lines[: one.range.start.line]) + one.range.start.character
        end = sum(len(line) + 1 for line in lines[: one.range.end.line]) + one.range.end.character
        text = text[:start] + one.new_text + text[end:]
        lines = text.split("\n")
    return text


def edits_of(edit: lsp.WorkspaceEdit | None, uri: str) -> list[lsp.TextEdit]:
    steps = [one for one in (edit.document_changes or () if edit else ()) if isinstance(one, lsp.TextDocumentEdit)]
    return [one for step in steps if step.text_document.uri == uri for one in step.edits if isinstance(one, lsp.TextEdit)]


async def offered(editor: Editor, uri: str, where: lsp.Range, *only: str) -> list[lsp.CodeAction]:
    context = lsp.CodeActionContext([], only=list(only) or None)
    found = await editor.client.text_document_code_action_async(
        lsp.CodeActionParams(lsp.TextDocumentIdentifier(uri), where, context)
    )
    return [one for one in found or () if isinstance(one, lsp.CodeAction)]


def test_fixes_and_allowances(root: Path, file: Path) -> None:
    text = f"{COE}\nThe engineer should have checked the lag:\n- one\n- two\n"

    async def work(editor: Editor) -> None:
        uri = editor.open(file, text)
        found = {one.code: one for one in await editor.found(uri)}
        [fix, *_] = await offered(editor, uri, found["list-without-blank-line"].range)
        assert fix.is_preferred
        assert fix.title.startswith("Fix list-without-blank-line: insert")
        fixed = applied(text, edits_of(fix.edit, uri))
        assert "lag:\n\n- one" in fixed
        [allow] = [
            one
            for one in await offered(editor, uri, found["counterfactual"].range)
            if one.title.startswith("Allow counterfactual")
        ]
        allowed = applied(text, edits_of(allow.edit, uri))
        assert "<!-- coe: allow counterfactual:  -->\nThe engineer" in allowed
        editor.replace(uri, allowed)
        assert {one.code for one in await editor.found(uri)} >= {"counterfactual", "allowance-without-reason"}
        editor.replace(uri, allowed.replace("counterfactual: ", "counterfactual: it quotes the log"))
        assert "counterfactual" not in {one.code for one in await editor.found(uri)}
        [every] = await offered(editor, uri, lsp.Range(lsp.Position(0, 0), lsp.Position(0, 0)), "source.fixAll")
        assert "lag:\n\n- one" in edits_of(every.edit, uri)[0].new_text

    in_editor(root, work)


def test_a_fix_that_may_change_the_meaning_says_so_and_is_not_preferred(root: Path, file: Path) -> None:
    async def work(editor: Editor) -> None:
        uri = editor.open(file, COE.replace(NAME, "2026-07-14-another", 1))
        one = await editor.finds(uri, "id-matches-file")
        [fix, _] = await offered(editor, uri, one.range)
        assert fix.title.startswith("Fix id-matches-file (may change the meaning): replace")
        assert not fix.is_preferred

    in_editor(root, work)


def test_a_client_that_asks_for_the_reason(root: Path, file: Path) -> None:
    text = COE.replace("Traffic moved to the other cell.", "The engineer should have moved it.")

    async def work(editor: Editor) -> None:
        uri = editor.open(file, text)
        [one] = await editor.found(uri)
        context = lsp.CodeActionContext([])
        params = lsp.CodeActionParams(lsp.TextDocumentIdentifier(uri), one.range, context)
        [allow] = await editor.client.text_document_code_action_async(params) or ()
        # This client takes an action with a command for a command: what it holds is read from its text.
        assert allow.title == "Allow counterfactual here, with a reason"
        assert "coe.allowWithReason" in str(allow.command)
        given = [uri, "counterfactual", list(start_of(one)), "it quotes the log"]
        assert await editor.client.workspace_execute_command_async(lsp.ExecuteCommandParams("coe.allow", arguments=given))
        after = applied(text, edits_of(editor.applied[0], uri))
        assert "    # coe: allow counterfactual: it quotes the log\n    text: The engineer" in after
        editor.replace(uri, after)
        assert await editor.found(uri) == []
        assert not await editor.client.workspace_execute_command_async(
            lsp.ExecuteCommandParams("coe.allow", arguments=[*given[:-1], "it quotes the log"])
        )

    in_editor(root, work, prompts=True)


# From name to name.


def test_definition_and_references(root: Path, file: Path) -> None:
    tenet = root / "tenets/bounded-resources.md"

    async def work(editor: Editor) -> None:
        uri = editor.open(file)

        async def leads(words: str) -> tuple[str, tuple[int, int]]:
            found = await editor.client.text_document_definition_async(lsp.DefinitionParams(**editor.at(uri, at(COE, words))))
            assert isinstance(found, lsp.Location)
            return found.uri, (found.range.start.line, found.range.start.character)

        assert await leads("E3\n    outcome") == (uri, place(COE, "E3\n    at"))
        assert await leads("E1, as in") == (uri, place(COE, "E1\n"))
        assert await leads("bounded-resources\n    from") == (uri_of(tenet), place(TENET, "bounded-resources"))
        assert await leads("role:service-owner") == (uri_of(root / "catalog.yaml"), place(CATALOG, "service-owner"))
        assert (await leads("2025-11-02-search-retry-storm\n"))[0].endswith("2025-11-02-search-retry-storm.md")

        async def named(words: str) -> list[tuple[str, int]]:
            found = await editor.client.text_document_references_async(
                lsp.ReferenceParams(**editor.at(uri, at(COE, words)), context=lsp.ReferenceContext(include_declaration=True))
            )
            return sorted((one.uri.rsplit("/", 1)[1], one.range.start.line) for one in found or ())

        assert len(await named("E1\n")) == 3
        assert [name for name, _ in await named(NAME)] == [f"{NAME}.md", "bounded-resources.md"]
        assert [name for name, _ in await named("bounded-resources\n    from")] == [
            "2025-11-02-search-retry-storm.md", f"{NAME}.md", "bounded-resources.md", "bounded-resources.md",
        ]  # fmt: skip
        marks = await editor.client.text_document_document_highlight_async(
            lsp.DocumentHighlightParams(**editor.at(uri, at(COE, "C1\n")))
        )
        assert len(marks or ()) == 2

    in_editor(root, work)


def test_a_local_name_gets_another(root: Path, file: Path) -> None:
    async def work(editor: Editor) -> None:
        uri = editor.open(file)
        where = editor.at(uri, at(COE, "E1, as in"))
        assert await editor.client.text_document_prepare_rename_async(lsp.PrepareRenameParams(**where))
        edit = await editor.client.text_document_rename_async(lsp.RenameParams(**where, new_name="E10"))
        after = applied(COE, edits_of(edit, uri))
        assert after == COE.replace("E1\n", "E10\n").replace("after E1.", "after E10.").replace("E1, as", "E10, as")
        for new in ("E2", "1 E", "", "x: y"):
            with pytest.raises(JsonRpcException) as error:
                await editor.client.text_document_rename_async(lsp.RenameParams(**where, new_name=new))
            assert "Traceback" not in str(error.value)
        nowhere = editor.at(uri, at(COE, "Nothing yet"))
        assert await editor.client.text_document_prepare_rename_async(lsp.PrepareRenameParams(**nowhere)) is None

    in_editor(root, work)


LOCAL_FORM, SLUG_FORM = "a letter, then letters, digits", "lower-case words joined by"
REFUSED = [
    (NAME, "2026-13-40-x", "a month is 01 to 12"),
    (NAME, "2026-13-40-x", "the date of the event and lower-case words"),
    (NAME, "2026-07-14-" + "x" * 120, "at most 120 characters"),
    *(("E1\n    at", name, LOCAL_FORM) for name in ("NO", "true", "on", "null", "E 9", " ", "1e3", "E9 # x", "role:E9")),
    ("E1\n    at", "NO", "readers of YAML take it for the truth value false"),
    *(("bounded-resources", name, SLUG_FORM) for name in ("no", "123", "2026-01-01", "Bounds", "a b", "")),
    ("bounded-resources", "readme", "a file named `readme.md` is no tenet"),
    *(("payments", name, SLUG_FORM) for name in ("true", "1e3", "role:payers", "a: b")),
]


def test_a_name_that_the_model_refuses_is_refused_with_what_is_due(root: Path, file: Path) -> None:
    async def work(editor: Editor) -> None:
        uri = editor.open(file)
        for words, new, told in REFUSED:
            where = editor.at(uri, at(COE, words))
            with pytest.raises(JsonRpcException) as error:
                await editor.client.text_document_rename_async(lsp.RenameParams(**where, new_name=new))
            assert told in str(error.value), (new, str(error.value))
            assert "for example" in str(error.value) or "Choose" in str(error.value)

    in_editor(root, work)


@pytest.mark.parametrize("edits", [True, False], ids=["with files", "without files"])
def test_a_document_gets_another_name(root: Path, file: Path, edits: bool) -> None:
    new = "2026-07-14-checkout-outage"
    can = lsp.WorkspaceEditClientCapabilities(
        document_changes=True, resource_operations=[lsp.ResourceOperationKind.Rename] if edits else []
    )

    async def work(editor: Editor) -> None:
        uri, tenet = editor.open(file), uri_of(root / "tenets/bounded-resources.md")
        where = editor.at(uri, at(COE, NAME))
        edit = await editor.client.text_document_rename_async(lsp.RenameParams(**where, new_name=new))
        assert edit
        assert applied(COE, edits_of(edit, uri)) == COE.replace(NAME, new)
        assert applied(TENET, edits_of(edit, tenet)) == TENET.replace(NAME, new)
        moves = [one for one in edit.document_changes or () if isinstance(one, lsp.RenameFile)]
        assert [(one.old_uri, one.new_uri) for one in moves] == ([(uri, uri.replace(NAME, new))] if edits else [])
        with pytest.raises(JsonRpcException, match="the date of the event"):
            await editor.client.text_document_rename_async(lsp.RenameParams(**where, new_name="checkout"))

    in_editor(root, work, edits=can)


def test_a_name_holds_in_one_unsaved_document_and_not_in_the_next(root: Path) -> None:
    other = COE.replace("Version 2026.7.3", "Another version")

    async def work(editor: Editor) -> None:
        editor.open("untitled:1", COE)
        uri = editor.open("untitled:2", other)
        for words in ("E1, as in", "E1\n    at"):
            where = editor.at(uri, at(other, words))
            edit = await editor.client.text_document_rename_async(lsp.RenameParams(**where, new_name="E10"))
            steps = edit.document_changes or () if edit else ()
            assert [one.text_document.uri for one in steps if isinstance(one, lsp.TextDocumentEdit)] == [uri]
            card = await editor.client.text_document_hover_async(lsp.HoverParams(**where))
            assert "Another version" in str(card)

    in_editor(root, work)


def test_a_file_opened_through_a_link_is_renamed_where_it_is_open(root: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(root)

    async def work(editor: Editor) -> None:
        uri = editor.open((tmp_path / "link/tenets/bounded-resources.md").as_uri(), TENET)
        where = editor.at(uri, at(TENET, "bounded-resources"))
        edit = await editor.client.text_document_rename_async(lsp.RenameParams(**where, new_name="bounds"))
        assert edit
        [move] = [one for one in edit.document_changes or () if isinstance(one, lsp.RenameFile)]
        assert (move.old_uri, move.new_uri) == (uri, uri.replace("bounded-resources", "bounds"))

    in_editor(root, work)


def test_a_tenet_gets_another_name_in_its_links_too(root: Path, file: Path) -> None:
    async def work(editor: Editor) -> None:
        uri, tenet = editor.open(file), uri_of(root / "tenets/bounded-resources.md")
        where = editor.at(uri, at(COE, "bounded-resources"))
        edit = await editor.client.text_document_rename_async(lsp.RenameParams(**where, new_name="bounds"))
        assert applied(TENET, edits_of(edit, tenet)) == TENET.replace("bounded-resources", "bounds")
        assert applied(COE, edits_of(edit, uri)) == COE.replace("bounded-resources", "bounds")

    in_editor(root, work)


def test_without_the_extra_it_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "pygls").mkdir()
    (tmp_path / "pygls/__init__.py").write_text("raise ModuleNotFoundError('none', name='pygls')")
    run = subprocess.run(
        [sys.executable, "-m", "coe", "lsp"],
        env={"PYTHONPATH": f"{tmp_path}:{ROOT}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stdout) == (2, "")
    assert "coekit[lsp]" in run.stderr
    assert "Traceback" not in run.stderr
