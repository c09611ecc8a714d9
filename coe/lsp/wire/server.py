"""The server: what comes in is taken at once, what is found goes out soon, and the long work yields to the keyboard."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Iterable
from pathlib import Path

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, default_converter
from pygls.protocol.language_server import lsp_method

from coe import __version__
from coe.lsp.buffer import Buffer
from coe.lsp.repository import OpenRepository, Problem, World
from coe.lsp.session import Session, View
from coe.lsp.wire import values

SOON = 0.002
"""Seconds after which a change is checked: those that come in one burst are checked once."""
QUIET = 0.5
"""Seconds without a change after which all rules look at all documents: a pause of the author, not one between two letters."""
BREATH = 0.002
"""Seconds between two slices of work. A message takes four steps between two threads to come in: with no time to breathe, each
of them would wait for a slice."""
_WATCHED = ("**/*.md", "**/*.markdown", "**/*.yaml", "**/coe.toml", "**/pyproject.toml")
_GONE = "**/*"
"""What is watched for deletion: of a folder that is deleted, clients tell the folder and none of the files in it."""


class Protocol(LanguageServerProtocol):
    """The protocol without a second copy of each document: ours ends lines only where the specification does."""

    @lsp_method(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: lsp.DidChangeTextDocumentParams):  # type: ignore[no-untyped-def]  # noqa: ANN201
        """Hand a change to the server."""
        yield self.fm.features[lsp.TEXT_DOCUMENT_DID_CHANGE], (params,), None

    def _execute_handler(self, msg_id, *args, **given):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN002, ANN003, ANN202
        """Let go of what was carried out: the library keeps the future of each notification, one for every keystroke."""
        super()._execute_handler(msg_id, *args, **given)
        held = self._request_futures.get(msg_id)
        if held is not None and held.done():
            self._request_futures.pop(msg_id)


class Server(LanguageServer):
    """The language server of one editor."""

    def __init__(self, folder: Path, world: World) -> None:
        super().__init__("coe", __version__, protocol_cls=Protocol, converter_factory=default_converter)
        self.session = Session(folder, world)
        self.prompts = False
        self.was_told_to_end = False
        self._soon: dict[str, asyncio.TimerHandle] = {}
        self._quiet: asyncio.TimerHandle | None = None
        self._work: asyncio.Task[None] | None = None
        self._loading: dict[OpenRepository, asyncio.Task[None]] = {}
        self._told: frozenset[Problem] = frozenset()
        self._sent: dict[str, list[lsp.Diagnostic]] = {}

    def start(self, params: lsp.InitializeParams) -> None:
        """Begin with what a client says of itself."""
        self.session.unit = str(getattr(self.workspace.position_encoding, "value", self.workspace.position_encoding))  # type: ignore[assignment]
        given = params.initialization_options
        self.prompts = bool(given.get("prompts")) if isinstance(given, dict) else bool(getattr(given, "prompts", False))
        roots = [one.uri for one in params.workspace_folders or ()] or [params.root_uri or ""]
        folder = values.file_of(roots[0])
        if folder:
            self.session.folder = folder

    def watch(self) -> None:
        """Ask the client to tell of files that change on disk, where it can."""
        workspace = self.client_capabilities.workspace
        watched = workspace.did_change_watched_files if workspace else None
        if watched and watched.dynamic_registration:
            written = lsp.WatchKind.Create | lsp.WatchKind.Change
            globs = [lsp.FileSystemWatcher(glob, written) for glob in _WATCHED]
            globs.append(lsp.FileSystemWatcher(_GONE, lsp.WatchKind.Delete))
            options = lsp.DidChangeWatchedFilesRegistrationOptions(globs)
            one = lsp.Registration("coe-files", lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
            self.client_register_capability(lsp.RegistrationParams([one]))

    # When something changes.

    def soon(self, uri: str) -> None:
        """Check a document in a moment, and all when it is quiet."""
        self._pause()
        if uri not in self._soon:
            self._soon[uri] = asyncio.get_running_loop().call_later(SOON, self._check, uri)

    def later(self) -> None:
        """Check all documents when it is quiet."""
        self._pause()
        self._quiet = asyncio.get_running_loop().call_later(QUIET, self._begin)

    def _pause(self) -> None:
        if self._quiet:
            self._quiet.cancel()
        if self._work:
            self._work.cancel()
        self._quiet = self._work = None

    def _check(self, uri: str) -> None:
        self._soon.pop(uri, None)
        buffer = self.session.buffer(uri)
        if buffer:
            self.session.quick(buffer)
            self._publish(buffer, always=True)
            self._tell()
        self.later()

    def _begin(self) -> None:
        self._work = asyncio.get_running_loop().create_task(self._thorough())

    async def _thorough(self) -> None:
        """Check everything, in slices between which the server answers."""
        for repository in self.session.repositories:
            await self._loaded(repository)
            for _ in self.session.thorough(repository):
                await asyncio.sleep(BREATH)
            self._publish_all(repository)
        self._tell()

    async def ready(self, uri: str) -> View | None:
        """Return a document as it is now, among all documents of its repository; absent when it is not open."""
        buffer = self.session.buffer(uri)
        if buffer:
            await self._loaded(self.session.around(buffer.file))
        return self.session.view(uri)

    async def _loaded(self, repository: OpenRepository) -> None:
        """Go on when the files of a repository are read; that happens once, however much is typed meanwhile."""
        if repository.is_loaded:
            return
        if repository not in self._loading:
            self._loading[repository] = asyncio.get_running_loop().create_task(_load(repository))
        await asyncio.shield(self._loading[repository])
        self._loading.pop(repository, None)

    # What goes out.

    def _publish_all(self, repository: OpenRepository) -> None:
        for buffer in self.session.buffers:
            if self.session.around(buffer.file) is repository:
                self._publish(buffer)

    def _publish(self, buffer: Buffer, *, always: bool = False) -> None:
        found = [values.diagnostic(buffer.ruler, one) for one in self.session.quick(buffer).found]
        if always or self._sent.get(buffer.uri) != found:
            self._send(buffer.uri, found, buffer.version)

    def _send(self, uri: str, found: list[lsp.Diagnostic], version: int | None = None) -> None:
        self._sent[uri] = found
        self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, found, version))

    def withdraw(self, uri: str) -> None:
        """Take back what was said of a document that was closed."""
        waiting = self._soon.pop(uri, None)
        if waiting:
            waiting.cancel()
        self._send(uri, [])
        self._sent.pop(uri, None)

    def _tell(self) -> None:
        """Say what is wrong with configurations, at their place and once as a message, and which rules crashed."""
        problems = frozenset(self.session.problems())
        for one in self._told - problems:
            if one.file:
                self._send(values.uri_of(one.file), [])
        for one in problems - self._told:
            if one.file:
                self._send(values.uri_of(one.file), [values.problem(one)])
            self.say(f"{one.file or 'configuration'}: {one.message}", lsp.MessageType.Error)
        self._told = problems
        self._say_all(self.session.take_bugs())

    def _say_all(self, texts: Iterable[str]) -> None:
        for text in texts:
            self.say(text, lsp.MessageType.Error)

    def say(self, text: str, kind: lsp.MessageType = lsp.MessageType.Info) -> None:
        """Show a message to the author."""
        self.window_show_message(lsp.ShowMessageParams(kind, text))


async def _load(repository: OpenRepository) -> None:
    for _ in repository.load():
        await asyncio.sleep(BREATH)
    # A thousand documents stay to the end: looking through them for cycles would take a keystroke's time.
    gc.collect()
    gc.freeze()
