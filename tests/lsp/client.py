"""A real client, that of pygls, on a real server at the other end of its standard input and output."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient
from pygls.uris import from_fs_path

ROOT = Path(__file__).parents[2]
WAIT = 30.0
"""Seconds until a test gives up: no test measures time."""
RENAMES = lsp.WorkspaceEditClientCapabilities(document_changes=True, resource_operations=[lsp.ResourceOperationKind.Rename])


class Editor:
    """An editor with open documents, and what the server told it."""

    def __init__(self) -> None:
        self.client = LanguageClient("test", "1")
        self.published: dict[str, list[lsp.PublishDiagnosticsParams]] = {}
        self.messages: list[str] = []
        self.watched: list[tuple[str, int]] = []
        self.applied: list[lsp.WorkspaceEdit] = []
        self.news = asyncio.Event()
        self.versions: dict[str, int] = {}
        self.result: lsp.InitializeResult

        @self.client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def published(params: lsp.PublishDiagnosticsParams) -> None:
            self.published.setdefault(params.uri, []).append(params)
            self.news.set()

        @self.client.feature(lsp.WINDOW_SHOW_MESSAGE)
        def shown(params: lsp.ShowMessageParams) -> None:
            self.messages.append(params.message)
            self.news.set()

        @self.client.feature(lsp.CLIENT_REGISTER_CAPABILITY)
        def registered(params: lsp.RegistrationParams) -> None:
            self.watched += [one for each in params.registrations for one in _watchers(each)]
            self.news.set()

        @self.client.feature(lsp.WORKSPACE_APPLY_EDIT)
        def apply(params: lsp.ApplyWorkspaceEditParams) -> lsp.ApplyWorkspaceEditResult:
            self.applied.append(params.edit)
            return lsp.ApplyWorkspaceEditResult(applied=True)

    async def start(
        self,
        folder: Path,
        *,
        encodings: list[str] | None = None,
        prompts: bool = False,
        edits: Any = RENAMES,
        run: tuple[str, ...] = ("-m", "coe"),
    ) -> None:
        os.environ["PYTHONPATH"] = str(ROOT)
        await self.client.start_io(sys.executable, *run, "lsp", cwd=str(folder))
        watched = lsp.DidChangeWatchedFilesClientCapabilities(dynamic_registration=True)
        capabilities = lsp.ClientCapabilities(
            workspace=lsp.WorkspaceClientCapabilities(workspace_edit=edits, did_change_watched_files=watched, apply_edit=True),
            general=lsp.GeneralClientCapabilities(position_encodings=encodings) if encodings else None,
        )
        self.result = await self.client.initialize_async(
            lsp.InitializeParams(
                capabilities=capabilities,
                root_uri=from_fs_path(str(folder)),
                initialization_options={"prompts": True} if prompts else None,
            )
        )
        self.client.initialized(lsp.InitializedParams())

    async def stop(self) -> None:
        await asyncio.wait_for(self.client.shutdown_async(None), WAIT)
        self.client.exit(None)
        server = self.client._server
        assert server
        assert await asyncio.wait_for(server.wait(), WAIT) == 0
        await asyncio.wait_for(self.client.stop(), WAIT)

    def open(self, file: Path | str, text: str | None = None) -> str:
        uri = file if isinstance(file, str) else uri_of(file)
        said = text if text is not None else Path(file).read_text("utf-8")
        self.versions[uri] = 1
        self.client.text_document_did_open(
            lsp.DidOpenTextDocumentParams(lsp.TextDocumentItem(uri, "markdown", self.versions[uri], said))
        )
        return uri

    def type(self, uri: str, start: tuple[int, int], end: tuple[int, int], text: str) -> int:
        place = lsp.Range(lsp.Position(*start), lsp.Position(*end))
        return self._change(uri, lsp.TextDocumentContentChangePartial(range=place, text=text))

    def replace(self, uri: str, text: str) -> int:
        return self._change(uri, lsp.TextDocumentContentChangeWholeDocument(text=text))

    def _change(self, uri: str, change: Any) -> int:
        self.versions[uri] += 1
        name = lsp.VersionedTextDocumentIdentifier(self.versions[uri], uri)
        self.client.text_document_did_change(lsp.DidChangeTextDocumentParams(name, [change]))
        return self.versions[uri]

    async def until(self, is_so: Callable[[], Any]) -> Any:
        async def wait() -> Any:
            while not (found := is_so()):
                self.news.clear()
                await self.news.wait()
            return found

        return await asyncio.wait_for(wait(), WAIT)

    async def found(self, uri: str, version: int | None = None) -> list[lsp.Diagnostic]:
        """Return what was published first for a version of a document."""
        wanted = version or self.versions[uri]
        await self.until(lambda: [one for one in self.published.get(uri, ()) if one.version == wanted])
        return list(self.published[uri][-1].diagnostics)

    async def finds(self, uri: str, rule: str) -> lsp.Diagnostic:
        """Return the finding of a rule once it is among what was published last."""
        return await self.until(lambda: next((one for one in self._last(uri) if one.code == rule), None))

    async def no_longer_finds(self, uri: str, rule: str) -> None:
        await self.until(lambda: self.published.get(uri) and not [one for one in self._last(uri) if one.code == rule])

    def _last(self, uri: str) -> list[lsp.Diagnostic]:
        said = self.published.get(uri)
        return list(said[-1].diagnostics) if said else []

    def at(self, uri: str, place: tuple[int, int]) -> dict[str, Any]:
        return {"text_document": lsp.TextDocumentIdentifier(uri), "position": lsp.Position(*place)}


def _watchers(one: lsp.Registration) -> list[tuple[str, int]]:
    """Return the patterns of the files that are watched, each with the kinds of events."""
    options: Any = one.register_options
    return [(str(each["globPattern"]), int(each["kind"])) for each in options["watchers"]]


def uri_of(file: Path) -> str:
    return from_fs_path(str(file)) or ""


def in_editor(folder: Path, work: Callable[[Editor], Awaitable[None]], **given: Any) -> None:
    """Run some work in an editor that has a folder open."""

    async def run() -> None:
        editor = Editor()
        await editor.start(folder, **given)
        try:
            await asyncio.wait_for(work(editor), 2 * WAIT)
        finally:
            await editor.stop()

    asyncio.run(run())


def place(text: str, words: str, *, after: int = 0) -> tuple[int, int]:
    """Return line and column, in characters, of some words in a text."""
    at = text.index(words, after)
    return text.count("\n", 0, at), at - text.rfind("\n", 0, at) - 1
